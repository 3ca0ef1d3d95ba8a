/**
 * Upgrades a whole archive of backups: finds the inputs, takes this machine's share, lets workers upgrade what is not done yet,
 * and writes the manifest and the reports.
 */
import { access, constants, lstat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import {
  COUNT,
  checkArgument,
  checkOptions,
  FLAG,
  FUNCTION,
  OBJECT,
  type OptionRules,
  PATH,
  SIGNAL,
  STREAM,
  TEXT,
  TEXTS,
} from '../core/checkOptions.js';
import { UsageError } from '../core/errors.js';
import { currentLanguage } from '../core/language.js';
import type { OutputFormat } from '../core/outputFormats.js';
import { outputError } from '../core/systemErrors.js';
import { TOOL } from '../core/tool.js';
import { refuseExisting } from '../files/AtomicFile.js';
import { OutputGate } from '../files/OutputGate.js';
import { linkStatOf } from '../files/statOf.js';
import { GOGS } from '../gogs/gogsHistory.js';
import type { BatchReport, BatchResult } from '../reports/BatchReport.js';
import { checkCombination } from '../upgrade/checkCombination.js';
import { BatchState } from './BatchState.js';
import { findInputs } from './findInputs.js';
import { foreignFile, MANIFEST, updateManifest } from './manifest.js';
import { BATCH_UPGRADE_RULES, type BatchUpgradeOptions } from './messages.js';
import { nameOutputs, outputNameOf, sqlNameOf } from './outputNames.js';
import { PassedOverFiles } from './PassedOverFiles.js';
import { ResultQueue } from './ResultQueue.js';
import { planResources, type ResourceLimits } from './resources.js';
import { countResults } from './results.js';
import { type BatchEvent, runInputs } from './runInputs.js';
import { isInShard, parseShard } from './Shard.js';
import { texts } from './texts.js';
import { checkReportPath, writeBatchReport } from './writeBatchReport.js';

/** The options of a batch. */
export interface BatchOptions extends ResourceLimits {
  /** Folder for the outputs, which get the names of their inputs. Created if missing. */
  readonly outDir: string;
  /** Files with lists of inputs, one per line or separated by NUL; `-` is standard input. */
  readonly fromFiles?: readonly string[] | undefined;
  /** The stream for `-`. Default: standard input. */
  readonly stdin?: Readable | undefined;
  /** Outputs are named by the path of their input relative to this folder. Default: relative to the given folder. */
  readonly base?: string | undefined;
  /** `I/N`: this batch takes the I-th of N shares. */
  readonly shard?: string | undefined;
  /** Start no more inputs after the first failure. */
  readonly failFast?: boolean | undefined;
  /** Replace outputs that no batch wrote. */
  readonly force?: boolean | undefined;
  /** Folder for temporary files. Default: the system's folder. */
  readonly tempdir?: string | undefined;
  /** Paths of the reports to write; the ending determines the kind: `.csv`, `.json`, `.html`. */
  readonly reports?: readonly string[] | undefined;
  /** Options of each upgrade. */
  readonly upgrade?: BatchUpgradeOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: BatchEvent) => void) | undefined;
}

const RULES: OptionRules<BatchOptions> = {
  outDir: PATH,
  fromFiles: TEXTS,
  stdin: STREAM,
  base: PATH,
  shard: TEXT,
  failFast: FLAG,
  force: FLAG,
  tempdir: PATH,
  reports: TEXTS,
  upgrade: OBJECT,
  jobs: COUNT,
  maxMemory: COUNT,
  maxOpen: COUNT,
  signal: SIGNAL,
  onEvent: FUNCTION,
};

/** A running batch: a promise of its report, and an iterable of its results as they arrive. */
export interface BatchRun extends Promise<BatchReport>, AsyncIterable<BatchResult> {}

/**
 * Upgrades every backup in the given folders, files, patterns and lists (`-` is a list on standard input). Outputs of an
 * earlier batch are kept if they are intact and their inputs are unchanged. A failing input is reported and does not stop the
 * others. Rejects with UsageError, with OutputError for the output folder itself, and when the signal is aborted; so does
 * iteration, after the available results. Leaving the iteration does not end the batch: use the signal for that.
 */
export function batch(inputs: readonly string[], options: BatchOptions): BatchRun {
  const results = new ResultQueue<BatchResult>();
  const report = runBatch(inputs, options, results.add);
  report.then(results.end, results.fail);
  return Object.assign(report, { [Symbol.asyncIterator]: () => results.read() });
}

/** Throws UsageError for options that no input can be upgraded with. */
function checkUpgrade({ withSql = false, ...options }: BatchUpgradeOptions): void {
  const output = outputNameOf('backup', formatOf(options));
  const sql = withSql ? sqlNameOf(output) : undefined;
  checkCombination(output, GOGS.targetNamed(options.to), { ...options, format: formatOf(options), sql });
}

const formatOf = ({ format, layout }: BatchUpgradeOptions): OutputFormat =>
  format ?? (layout === undefined ? 'zip' : 'files');

async function runBatch(
  inputs: readonly string[],
  options: BatchOptions,
  onResult: (result: BatchResult) => void,
): Promise<BatchReport> {
  const started = performance.now();
  checkArguments(inputs, options);
  const { outDir, tempdir, signal, force = false, failFast = false, reports = [] } = options;
  const onEvent = (event: BatchEvent): void => {
    if (event.type === 'finished') onResult(event.result);
    options.onEvent?.(event);
  };
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const plan = planResources(options);
  reports.forEach(checkReportPath);
  const passedOver = new PassedOverFiles();
  const found = await findInputs(inputs, { ...options, onPassedOver: passedOver.add });
  const format = formatOf(options.upgrade ?? {});
  const named = nameOutputs(found, format);
  refuseInPlace(outDir, named);
  const gate = await OutputGate.open({ inputs: named.map(({ path }) => path), replace: force });
  await refuseInputs(outDir, named, gate);
  const share = named.filter(({ name }) => shard === undefined || isInShard(name, shard));
  const state = await BatchState.open(outDir, tempdir);
  const written = [state.pathOf(MANIFEST), ...reports];
  gate.refuseSame(written);
  const refuseForeign = async (): Promise<void> => {
    for (const path of written) await refuseForeignFile(path, gate, state);
  };
  await refuseForeign();
  await state.sweep();
  onEvent({
    type: 'planned',
    inputs: share.length,
    bytes: share.reduce((sum, { bytes }) => sum + bytes, 0),
    workers: Math.min(plan.jobs, share.length),
  });
  await reserveOutputs(state, share, signal);
  const settings = {
    outDir: resolve(outDir),
    language: currentLanguage(),
    tempdir: tempdir === undefined ? undefined : resolve(tempdir),
    force,
    upgrade: { ...options.upgrade, format },
  };
  const results = await runInputs(share, { state, settings, plan, signal, onEvent, failFast });
  await state.flush(
    results.flatMap(({ status, output }) => (status === 'upgraded' && output !== null ? [output] : [])),
  );
  for (const result of results) if (result.status === 'not begun') onResult(result);
  results.sort(byInput);
  const files = results.flatMap((result) => result.files);
  if (files.length > 0) await updateManifest(state, files, { replace: force, signal });
  const report = reportOf(results, options, passedOver, started);
  await refuseForeign();
  for (const path of reports) {
    await writeBatchReport(path, report, gate);
    await state.note(path);
  }
  return report;
}

/** Throws UsageError for what programs that are not written in TypeScript may pass. */
function checkArguments(inputs: readonly string[], options: BatchOptions): void {
  checkArgument('batch', 'inputs', inputs, TEXTS);
  checkOptions('batch', options, RULES);
  checkArgument('batch', 'outDir', options.outDir, PATH);
  checkOptions('batch, upgrade', options.upgrade ?? {}, BATCH_UPGRADE_RULES);
  checkUpgrade(options.upgrade ?? {});
}

/** `started`: when the batch began, by `performance.now()`. */
function reportOf(
  results: readonly BatchResult[],
  { outDir, shard }: BatchOptions,
  passedOver: PassedOverFiles,
  started: number,
): BatchReport {
  return {
    reportVersion: 1,
    tool: TOOL,
    outDir,
    shard: shard ?? null,
    inputs: results,
    passedOver: passedOver.list(),
    totals: countResults(results),
    needHand: results.filter(({ summary }) => summary?.ready === false).length,
    seconds: Math.round(performance.now() - started) / 1000,
    finishedAt: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  };
}

/** Throws OutputError if a report or the manifest would replace an input or a file that no batch wrote, or has no folder. */
async function refuseForeignFile(path: string, gate: OutputGate, state: BatchState): Promise<void> {
  await gate.check(path);
  if ((await lstat(path).catch(() => undefined)) === undefined) {
    await access(dirname(resolve(path)), constants.W_OK).catch((error: unknown) => {
      throw outputError(path, error);
    });
    return;
  }
  if (!gate.replace && !(await state.isOwn(path))) throw foreignFile(path);
  // Fail before the work if there is a link, or anything else that must not be replaced.
  refuseExisting(path, true);
}

/** Many at a time, because each flush takes as long as upgrading a small backup. What exists is left to `upgradeInput`. */
async function reserveOutputs(
  state: BatchState,
  named: readonly { output: string }[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let i = 0; i < named.length; i += RESERVED_AT_ONCE) {
    const outputs = named.slice(i, i + RESERVED_AT_ONCE).map(({ output }) => output);
    state.reserve(outputs.filter((output) => linkStatOf(state.pathOf(output)) === undefined));
    // Lets signals through.
    await setImmediate();
    signal?.throwIfAborted();
  }
}

const RESERVED_AT_ONCE = 500;

/** Links in the output folder may lead to inputs. */
async function refuseInputs(outDir: string, named: readonly { output: string }[], gate: OutputGate): Promise<void> {
  if ((await lstat(outDir).catch(() => undefined)) === undefined) return;
  for (let i = 0; i < named.length; i += AT_ONCE) {
    await Promise.all(named.slice(i, i + AT_ONCE).map(({ output }) => gate.check(join(outDir, output))));
  }
}

const AT_ONCE = 32;

function refuseInPlace(outDir: string, inputs: readonly { path: string; output: string }[]): void {
  const outputs = new Set(inputs.map(({ output }) => resolve(outDir, output)));
  const clash = inputs.find(({ path }) => outputs.has(resolve(path)));
  if (clash !== undefined) {
    throw new UsageError(texts().replacesInput({ input: clash.path }));
  }
}

const byInput = (a: BatchResult, b: BatchResult): number => (a.input < b.input ? -1 : a.input > b.input ? 1 : 0);
