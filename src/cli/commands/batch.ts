/** `gogs-backup-upgrade batch INPUT… --out-dir DIR`: a whole archive of backups. */
import type { ArgumentsCamelCase, Argv, CommandModule } from 'yargs';
import { SomeFailedError, UsageError } from '../../core/errors.js';
import { printResult } from '../printResult.js';
import { dashOf } from '../standardStreams.js';
import { GROUPS, pickUpgradeOptions, RUN_OPTIONS, UPGRADE_OPTIONS } from '../upgradeOptions.js';

type Options = ReturnType<typeof builder> extends Argv<infer Parsed> ? Parsed : never;

export function batchCommand(signal: AbortSignal): CommandModule<object, Options> {
  return {
    command: 'batch [inputs..]',
    describe: 'Upgrade a whole archive of backups; run it again to do what is missing or changed',
    builder,
    handler: (options) => run(options, signal),
  };
}

const builder = (yargs: Argv) =>
  yargs
    .positional('inputs', {
      type: 'string',
      array: true,
      default: [] as string[],
      coerce: (places: readonly string[]) => places.map(dashOf),
      describe: 'Folders (all of their backups), files, patterns in quotes; - reads a list from standard input',
    })
    .options({
      'out-dir': {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'Folder for the outputs, under the names of their inputs, with SHA256SUMS',
      },
      'from-file': {
        type: 'string',
        coerce: dashOf,
        requiresArg: true,
        describe: 'Read a list of inputs, one a line or with NUL between them; - is standard input',
      },
      base: {
        type: 'string',
        requiresArg: true,
        describe: 'Name outputs by the path of their input within this folder [default: the folder given]',
      },
      jobs: { type: 'number', alias: 'j', requiresArg: true, describe: 'Inputs at once [default: one a core]' },
      'max-memory': {
        type: 'string',
        requiresArg: true,
        coerce: parseSize,
        describe: 'Memory for everything together, such as 512M or 2G [default: three quarters of what there is]',
      },
      'max-open': {
        type: 'number',
        requiresArg: true,
        describe: 'Files of backups open at once, everything together [default: 1024]',
      },
      shard: { type: 'string', requiresArg: true, describe: 'Do the I-th of N shares, I/N, of the same archive' },
      report: {
        type: 'string',
        requiresArg: true,
        describe: 'Write a report: .csv, .json or .html; several with commas',
      },
      'fail-fast': { type: 'boolean', default: false, describe: 'Begin no more inputs once one has failed' },
    })
    .options(UPGRADE_OPTIONS)
    .options({
      sql: {
        group: GROUPS.output,
        type: 'boolean',
        describe: 'Write each database as SQL beside its zip, which then holds the files alone',
      },
    })
    .options(RUN_OPTIONS)
    .check(({ jobs, maxOpen }) => {
      requireCount('--jobs', jobs);
      requireCount('--max-open', maxOpen);
      return true;
    })
    .example('$0 batch backups --out-dir upgraded', 'Every backup in a folder and its folders')
    .example('$0 batch "backups/*/gogs-*.zip" --out-dir upgraded --to 0.14 --report done.html', 'By pattern')
    .example('find /mnt/old -mtime -7 -print0 | $0 batch - --base /mnt/old --out-dir upgraded', 'From a list')
    .example('$0 batch /mnt/old --out-dir /mnt/new --shard 3/16', 'The third of sixteen machines');

async function run(options: ArgumentsCamelCase<Options>, signal: AbortSignal): Promise<void> {
  const { jobs, maxMemory, maxOpen, fromFile, base, shard, tempdir, quiet } = options;
  // Loaded when it is needed: help and usage errors come at once.
  const [{ batch }, { BatchProgress }] = await Promise.all([
    import('../../batch/batch.js'),
    import('../BatchProgress.js'),
  ]);
  const progress = quiet ? undefined : new BatchProgress(process.stderr);
  try {
    const report = await batch(options.inputs, {
      outDir: options.outDir,
      failFast: options.failFast,
      force: options.force,
      upgrade: { ...pickUpgradeOptions(options), sql: options.sql === true },
      reports: options.report?.split(',') ?? [],
      signal,
      ...{ base, jobs, maxMemory, maxOpen, shard, tempdir },
      lists: fromFile === undefined ? [] : [fromFile],
      onEvent: progress?.show,
    });
    progress?.end(report);
    if (options.json) await printResult(`${JSON.stringify(report, undefined, 2)}\n`);
    const { failed, 'not begun': notBegun } = report.totals;
    if (failed + notBegun === 0) return;
    const rest = notBegun === 0 ? '' : `, and ${notBegun} were not begun`;
    throw new SomeFailedError(
      `${failed} of ${report.inputs.length} inputs failed${rest}. Their errors are above and in the report; ` +
        'run the same command again to try them again.',
    );
  } finally {
    progress?.stop();
  }
}

function requireCount(option: string, value: unknown): void {
  if (value === undefined || (typeof value === 'number' && Number.isInteger(value) && value > 0)) return;
  throw new UsageError(`${option} takes a whole number from 1.`);
}

/** `512M` → bytes. */
function parseSize(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?$/i.exec(text) ?? [];
  if (digits === undefined) throw new UsageError(`--max-memory ${text} is no size: give one such as 512M or 2G.`);
  return Number(digits) * 1024 ** ' KMGT'.indexOf(unit === '' ? ' ' : unit.toUpperCase());
}
