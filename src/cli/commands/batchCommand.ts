/** `gogs-backup-upgrade batch INPUT… --out-dir DIR`: upgrades a whole archive of backups. */
import { NeedsHandError, SomeFailedError, UsageError } from '../../core/errors.js';
import { printable, printableJson } from '../../core/printable.js';
import type { BatchReport } from '../../reports/BatchReport.js';
import { layoutFor } from '../../reports/TextPage.js';
import { defineCommand } from '../Command.js';
import { printResult } from '../printResult.js';
import { texts } from '../texts.js';
import { GROUPS, pickUpgradeOptions, RUN_OPTIONS, UPGRADE_OPTIONS } from '../upgradeOptions.js';

export const batchCommand = defineCommand({
  name: 'batch',
  brief: () => texts().batch.brief,
  summary: () => texts().batch.summary,
  arguments: {
    inputs: {
      many: true,
      describe: () => texts().batch.inputs,
    },
  },
  options: {
    'out-dir': {
      type: 'string',
      value: 'FOLDER',
      demandOption: true,
      describe: () => texts().batch.outDir,
    },
    'from-file': {
      type: 'string',
      value: 'FILE',
      describe: () => texts().batch.fromFile,
    },
    base: {
      type: 'string',
      value: 'FOLDER',
      describe: () => texts().batch.base,
    },
    jobs: { type: 'number', value: 'NUMBER', alias: 'j', describe: () => texts().batch.jobs },
    'max-memory': {
      type: 'string',
      value: 'SIZE',
      describe: () => texts().batch.maxMemory,
    },
    'max-open': {
      type: 'number',
      value: 'NUMBER',
      describe: () => texts().batch.maxOpen,
    },
    shard: { type: 'string', value: 'I/N', describe: () => texts().batch.shard },
    report: { type: 'string', value: 'FILE', describe: () => texts().batch.report },
    'fail-fast': { type: 'boolean', describe: () => texts().batch.failFast },
    ...UPGRADE_OPTIONS,
    sql: {
      group: GROUPS.output,
      type: 'boolean',
      describe: () => texts().batch.sql,
    },
    ...RUN_OPTIONS,
  },
  examples: [
    [() => texts().batch.examples.folder, '$0 batch backups --out-dir upgraded'],
    [() => texts().batch.examples.pattern, '$0 batch "backups/*/gogs-*.zip" --out-dir new --to 0.14'],
    [() => texts().batch.examples.list, 'find /old -print0 | $0 batch - --base /old --out-dir /new'],
    [() => texts().batch.examples.share, '$0 batch /mnt/old --out-dir /mnt/new --shard 3/16'],
  ],
  exitCodes: [6, 7, 9],

  async run({ inputs }, options, signal) {
    const { jobs, maxOpen, fromFile, base, shard, tempdir, quiet } = options;
    if (inputs.length === 0 && fromFile === undefined) {
      throw new UsageError(texts().batch.needsInputs);
    }
    const maxMemory = options.maxMemory === undefined ? undefined : parseSize(options.maxMemory);
    // Loaded on demand, so that help and usage errors appear at once.
    const { batch } = await import('../../batch/batch.js');
    const { BatchProgress } = await import('../BatchProgress.js');
    const { describeBatch } = await import('../../reports/describeBatch.js');
    const { renderBatch } = await import('../../reports/renderBatch.js');
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
      if (options.json === true) await printResult(`${printableJson(report)}\n`);
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
      failure === null ? [] : [`${printable(texts().batch.failed({ input, message: failure.message }))}\n`],
    )
    .join('');

/** Converts `512M` to bytes. */
function parseSize(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(digits) * 1024 ** ' KMGT'.indexOf(unit === '' ? ' ' : unit.toUpperCase()));
  if (bytes >= 1) return bytes;
  throw new UsageError(texts().batch.badSize({ size: text }));
}
