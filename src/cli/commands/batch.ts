/** `gogs-backup-upgrade batch INPUT… --out-dir DIR`: upgrades a whole archive of backups. */
import { NeedsHandError, SomeFailedError, UsageError } from '../../core/errors.js';
import { printable } from '../../core/printable.js';
import type { BatchReport } from '../../reports/BatchReport.js';
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
      value: 'FOLDER',
      demandOption: true,
      describe: 'Folder for the outputs, under the names of their inputs, with SHA256SUMS [required]',
    },
    'from-file': {
      type: 'string',
      value: 'FILE',
      describe: 'Read a list of inputs, one a line or with NUL between them; - is standard input',
    },
    base: {
      type: 'string',
      value: 'FOLDER',
      describe: 'Name outputs by the path of their input within this folder [default: the folder given]',
    },
    jobs: { type: 'number', value: 'NUMBER', alias: 'j', describe: 'Inputs at once [default: one a core]' },
    'max-memory': {
      type: 'string',
      value: 'SIZE',
      describe: 'Memory for everything together, such as 512M or 2G [default: three quarters of what there is]',
    },
    'max-open': {
      type: 'number',
      value: 'NUMBER',
      describe: 'Files of backups open at once, everything together [default: 1024]',
    },
    shard: { type: 'string', value: 'I/N', describe: 'Do the I-th of N shares, I/N, of the same archive' },
    report: { type: 'string', value: 'FILE', describe: 'Write a report: .csv, .json or .html; several with commas' },
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
    const maxMemory = options.maxMemory === undefined ? undefined : parseSize(options.maxMemory);
    // Loaded on demand, so that help and usage errors appear at once.
    const { batch } = await import('../../batch/batch.js');
    const { BatchProgress } = await import('../BatchProgress.js');
    const progress = quiet === true ? undefined : new BatchProgress(process.stderr);
    try {
      const report = await batch(inputs, {
        outDir: options.outDir,
        failFast: options.failFast,
        force: options.force,
        upgrade: { ...pickUpgradeOptions(options), withSql: options.sql === true },
        reports: options.report?.split(',') ?? [],
        signal,
        base,
        jobs,
        maxMemory,
        maxOpen,
        shard,
        tempdir,
        fromFiles: fromFile === undefined ? [] : [fromFile],
        onEvent: progress?.show,
      });
      progress?.stop();
      const verdict = describeBatch(report);
      if (quiet !== true) process.stderr.write(renderBatch(report, layoutFor(process.stderr, options.verbose)));
      else if (verdict.severity !== 'good') process.stderr.write(`${failuresOf(report)}${verdict.text}\n`);
      if (options.json === true) await printResult(`${JSON.stringify(report, undefined, 2)}\n`);
      const { failed, 'not begun': notBegun } = report.totals;
      if (failed + notBegun > 0) throw new SomeFailedError(verdict.text);
      if (report.needHand > 0) throw new NeedsHandError(verdict.text);
    } catch (error) {
      if (signal.aborted) progress?.interrupted();
      throw error;
    } finally {
      progress?.stop();
    }
  },
});

/** One line for each failed input. */
const failuresOf = ({ inputs }: BatchReport): string =>
  inputs
    .flatMap(({ input, failure }) =>
      failure === null ? [] : [`failed ${printable(`${input}: ${failure.message}`)}\n`],
    )
    .join('');

/** Converts `512M` to bytes. */
function parseSize(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(digits) * 1024 ** ' KMGT'.indexOf(unit === '' ? ' ' : unit.toUpperCase()));
  if (bytes >= 1) return bytes;
  throw new UsageError(`--max-memory ${text} is not a size: give one such as 512M or 2G.`);
}
