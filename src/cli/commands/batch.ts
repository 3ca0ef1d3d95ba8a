/** `gogs-backup-upgrade batch INPUT… --out-dir DIR`: a whole archive of backups. */
import { NeedsHandError, SomeFailedError, UsageError } from '../../core/errors.js';
import { describeBatch } from '../../reports/batchVerdict.js';
import { renderBatch } from '../../reports/renderBatch.js';
import { layoutFor } from '../../reports/TextPage.js';
import { defineCommand } from '../Command.js';
import { printResult } from '../printResult.js';
import { GROUPS, pickUpgradeOptions, RUN_OPTIONS, UPGRADE_OPTIONS } from '../upgradeOptions.js';

export const batchCommand = defineCommand({
  name: 'batch',
  brief: 'Upgrade a whole archive of backups',
  summary: 'Upgrade a whole archive of backups; run it again to do what is missing or changed',
  arguments: {
    inputs: {
      many: true,
      describe: 'Folders (all of their backups), files, patterns in quotes; - reads a list from standard input',
    },
  },
  options: {
    'out-dir': {
      type: 'string',
      demandOption: true,
      describe: 'Folder for the outputs, under the names of their inputs, with SHA256SUMS [required]',
    },
    'from-file': {
      type: 'string',
      describe: 'Read a list of inputs, one a line or with NUL between them; - is standard input',
    },
    base: {
      type: 'string',
      describe: 'Name outputs by the path of their input within this folder [default: the folder given]',
    },
    jobs: { type: 'number', alias: 'j', describe: 'Inputs at once [default: one a core]' },
    'max-memory': {
      type: 'string',
      describe: 'Memory for everything together, such as 512M or 2G [default: three quarters of what there is]',
    },
    'max-open': {
      type: 'number',
      describe: 'Files of backups open at once, everything together [default: 1024]',
    },
    shard: { type: 'string', describe: 'Do the I-th of N shares, I/N, of the same archive' },
    report: { type: 'string', describe: 'Write a report: .csv, .json or .html; several with commas' },
    'fail-fast': { type: 'boolean', describe: 'Begin no more inputs once one has failed' },
    ...UPGRADE_OPTIONS,
    sql: {
      group: GROUPS.output,
      type: 'boolean',
      describe: 'Write each database as SQL beside its zip, which then holds the files alone',
    },
    ...RUN_OPTIONS,
  },
  examples: [
    ['Every backup in a folder and its folders', '$0 batch backups --out-dir upgraded'],
    ['By pattern', '$0 batch "backups/*/gogs-*.zip" --out-dir new --to 0.14'],
    ['From a list', 'find /old -print0 | $0 batch - --base /old --out-dir /new'],
    ['The third of sixteen machines', '$0 batch /mnt/old --out-dir /mnt/new --shard 3/16'],
  ],
  exitCodes: [6, 7, 9],

  async run({ inputs }, options, signal) {
    const { jobs, maxOpen, fromFile, base, shard, tempdir, quiet } = options;
    if (inputs.length === 0 && fromFile === undefined) {
      throw new UsageError('batch needs inputs: folders, files, patterns in quotes, or a list with --from-file.');
    }
    requireCount('--jobs', jobs);
    requireCount('--max-open', maxOpen);
    const maxMemory = options.maxMemory === undefined ? undefined : parseSize(options.maxMemory);
    // Loaded when it is needed: help and usage errors come at once.
    const [{ batch }, { BatchProgress }] = await Promise.all([
      import('../../batch/batch.js'),
      import('../BatchProgress.js'),
    ]);
    const progress = quiet === true ? undefined : new BatchProgress(process.stderr);
    try {
      const report = await batch(inputs, {
        outDir: options.outDir,
        failFast: options.failFast,
        force: options.force,
        upgrade: { ...pickUpgradeOptions(options), withSql: options.sql === true },
        reports: options.report?.split(',') ?? [],
        signal,
        ...{ base, jobs, maxMemory, maxOpen, shard, tempdir },
        fromFiles: fromFile === undefined ? [] : [fromFile],
        onEvent: progress?.show,
      });
      progress?.stop();
      if (options.quiet !== true) process.stderr.write(renderBatch(report, layoutFor(process.stderr, options.verbose)));
      if (options.json === true) await printResult(`${JSON.stringify(report, undefined, 2)}\n`);
      const { failed, 'not begun': notBegun } = report.totals;
      if (failed + notBegun === 0) {
        if (report.needHand === 0) return;
        const verdict = describeBatch(report).text;
        if (quiet === true) process.stderr.write(`${verdict}\n`);
        throw new NeedsHandError(verdict);
      }
      const rest = notBegun === 0 ? '' : `, and ${notBegun} were not begun`;
      throw new SomeFailedError(
        `${failed} of ${report.inputs.length} inputs failed${rest}. Their errors are above and in the report; ` +
          'run the same command again to try them again.',
      );
    } catch (error) {
      if (signal.aborted) progress?.interrupted();
      throw error;
    } finally {
      progress?.stop();
    }
  },
});

function requireCount(option: string, value: number | undefined): void {
  if (value === undefined || (Number.isInteger(value) && value > 0)) return;
  throw new UsageError(`${option} takes a whole number from 1.`);
}

/** `512M` → bytes. */
function parseSize(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?$/i.exec(text) ?? [];
  if (digits === undefined) throw new UsageError(`--max-memory ${text} is no size: give one such as 512M or 2G.`);
  return Number(digits) * 1024 ** ' KMGT'.indexOf(unit === '' ? ' ' : unit.toUpperCase());
}
