/**
 * The whole upgrade: the rows of an input pass through the steps of each release and become a backup that the target restores.
 * Everything that is not a table bypasses them in compressed form.
 */

import { dirname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Names } from '../checks/Names.js';
import { rowPlaces } from '../checks/placeOf.js';
import { checkArgument, checkOptions, PATH_OR_STREAM } from '../core/checkOptions.js';
import { RefusedError } from '../core/errors.js';
import { Findings } from '../core/findings.js';
import { itemized, statements } from '../core/language.js';
import { explainSystemError } from '../core/systemErrors.js';
import { afterRestorePath, checklistPath } from '../files/companionPaths.js';
import { OutputGate } from '../files/OutputGate.js';
import { syncFolder } from '../files/syncFolder.js';
import { TemporaryFolder } from '../files/TemporaryFolder.js';
import { GOGS } from '../gogs/gogsHistory.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { shellOf } from '../gogs/settings/shellOf.js';
import { InputState } from '../inputs/InputState.js';
import { identify } from '../inputs/identify.js';
import { openSource } from '../inputs/openSource.js';
import type { Source } from '../inputs/Source.js';
import { type OutputPlan, planOutput } from '../outputs/OutputPlan.js';
import { type OutputContent, openDestination } from '../outputs/openDestination.js';
import { findingSteps } from '../reports/steps/findingSteps.js';
import type { UpgradeReport } from '../reports/UpgradeReport.js';
import { buildReport, type UpgradeResult } from './buildReport.js';
import { Companions } from './Companions.js';
import { carryOver } from './carryOver.js';
import { planUpgrade, type UpgradePlan } from './planUpgrade.js';
import { refuseUnfitValues } from './refuseUnfitValues.js';
import { stepsAfter } from './stepsAfter.js';
import { texts } from './texts.js';
import { type AnyUpgradeOptions, UPGRADE_RULES } from './UpgradeOptions.js';
import type { StartVerification } from './Verification.js';

/** What an upgrade is given by code, not by its user. */
export interface UpgradeParts {
  /** Carries out the option `verify`. */
  readonly startVerification?: StartVerification;
  /** Describes the releases of Gogs. */
  readonly history?: GogsHistory;
  /** Instead of a folder in that of the option `tempdir`. */
  readonly temporary?: TemporaryFolder;
}

/**
 * Upgrades a backup. `input` is a path or a stream; `output` is a path, or a stream that receives the archive once it is whole.
 * Throws one of the errors of errors.ts; the output then does not exist, or is unchanged.
 */
export async function upgrade(
  input: string | Readable,
  output: string | Writable,
  options: AnyUpgradeOptions = {},
  parts: UpgradeParts = {},
): Promise<UpgradeReport> {
  // `performance.now()` would load ten modules of Node.
  const started = process.uptime();
  checkArgument('upgrade', 'input', input, PATH_OR_STREAM);
  checkArgument('upgrade', 'output', output, PATH_OR_STREAM);
  checkOptions('upgrade', options, UPGRADE_RULES);
  const { startVerification, history = GOGS, temporary = new TemporaryFolder(options.tempdir) } = parts;
  if (options.verify === true && startVerification === undefined) throw new Error('nothing is there to verify with');
  const target = history.targetNamed(options.to);
  const findings = new Findings();
  const notice = findings.add.bind(findings);
  let source: Source | undefined;
  try {
    const inputState = typeof input === 'string' ? InputState.of(input) : undefined;
    const gate = await OutputGate.open({ inputs: inputsOf(input, options), replace: options.force ?? false });
    const outputPlan = planOutput(output, options);
    for (const path of outputPaths(outputPlan)) await gate.check(path);
    const keeps = outputPlan.format === 'zip' || outputPlan.format === 'files' ? 'contents' : 'config';
    source = await openSource(input, { ...options, keeps, history, temporary, notice });
    const origin = await identify(source, target, options.signal);
    const plan = await planUpgrade(source, origin, target, outputPlan, options);
    for (const known of plan.notices) notice(known);
    const context = { options, startVerification, inputState, gate, temporary, findings };
    const result = await writeOutput(plan, outputPlan, context);
    return buildReport(plan, outputPlan, { ...result, milliseconds: 1000 * (process.uptime() - started) });
  } catch (error) {
    throw explainSystemError(typeof input === 'string' ? input : texts().theInput, error);
  } finally {
    await source?.close();
    await temporary.remove();
  }
}

interface WriteContext {
  readonly options: AnyUpgradeOptions;
  readonly startVerification: StartVerification | undefined;
  /** The input when it was opened; undefined for a stream. */
  readonly inputState: InputState | undefined;
  readonly gate: OutputGate;
  readonly temporary: TemporaryFolder;
  readonly findings: Findings;
}

/** Carries out a plan: writes the output and the files beside it under temporary names, and renames all once all are whole. */
async function writeOutput(
  plan: UpgradePlan,
  outputPlan: OutputPlan,
  { options, startVerification, inputState, gate, temporary, findings }: WriteContext,
): Promise<Omit<UpgradeResult, 'milliseconds'>> {
  const { signal, verify = false, onProgress } = options;
  const names = new Names();
  const notice = findings.add.bind(findings);
  const context = { temporary, gate, notice, placeOf: rowPlaces(names), signal };
  const destination = await openDestination(outputPlan, contentOf(plan), context);
  let companions: Companions | undefined;
  try {
    companions = await Companions.open(plan, outputPlan, { gate, hasChecklist: options.checklist !== false });
    const verification = verify ? await startVerification?.(plan, destination, outputPlan.name) : undefined;
    const sink = verification?.sink ?? destination;
    const carried = await carryOver(plan, { destination, sink, names, findings, temporary, onProgress });
    refuseUnfitValues(plan, findings);
    const { afterRestoreSql } = await destination.finish();
    if (options.strict === true) refuseIfNeedsHand(findings);
    signal?.throwIfAborted();
    const verified = await verification?.run(temporary);
    const steps = [...findingSteps(findings.list()), ...stepsAfter(plan, outputPlan, carried, afterRestoreSql)];
    const { settings } = plan.config;
    await companions.write({ steps, findings: findings.list(), settings, shell: shellOf(plan.config) });
    inputState?.refuseIfChanged();
    signal?.throwIfAborted();

    // From here on everything is on disk under temporary names, which only have to be renamed. One flush of the folder then
    // makes the last names durable: the archive is whole with or without its checklist.
    const written = await destination.commit();
    await companions.commit();
    if (typeof outputPlan.output === 'string') syncFolder(dirname(outputPlan.output));
    const { tables } = carried;
    return { written, tables, findings, steps, afterRestoreSql, verified, checklist: companions.checklist };
  } finally {
    await companions?.abort();
    await destination.abort();
  }
}

function contentOf({ source, files, target, engine, metadata, config, rows, layout }: UpgradePlan): OutputContent {
  return {
    source,
    files,
    target,
    engine,
    metadata,
    config: config.content,
    exact: rows.exact,
    layout,
    scriptType: config.scriptType,
  };
}

/** Everything that is read. */
function inputsOf(input: string | Readable, { databaseDump, repositories }: AnyUpgradeOptions): (string | Readable)[] {
  return [input, databaseDump, repositories].filter((each) => each !== undefined);
}

/** Every path that may be written. */
function outputPaths({ output, sql, composeFile: compose }: OutputPlan): string[] {
  const paths = typeof output === 'string' ? [output, afterRestorePath(output), checklistPath(output)] : [];
  return [...paths, ...[sql, compose].filter((path) => path !== undefined)];
}

function refuseIfNeedsHand(found: Findings): void {
  const needHand = found.list().filter(({ needsHand }) => needsHand);
  if (needHand.length === 0) return;
  const findings = statements(
    needHand.map(({ title, examples }) => texts().titleAt({ title, places: itemized(examples) })),
  );
  throw new RefusedError(texts().refused({ count: needHand.length, findings }));
}
