/**
 * The whole upgrade: the rows of an input pass through the steps of each release and become a backup that the target restores.
 * Everything that is not a table bypasses them in compressed form.
 */

import { basename, dirname, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Names } from '../checks/Names.js';
import { rowPlaces } from '../checks/placeOf.js';
import { checkArgument, checkOptions, PATH_OR_STREAM } from '../core/checkOptions.js';
import { RefusedError } from '../core/errors.js';
import { Findings } from '../core/findings.js';
import { itemized, statements } from '../core/language.js';
import { explainSystemError } from '../core/systemErrors.js';
import type { AtomicFile } from '../files/AtomicFile.js';
import { afterRestorePath, checklistPath } from '../files/companionPaths.js';
import { OutputGate } from '../files/OutputGate.js';
import { syncFolder } from '../files/syncFolder.js';
import { TemporaryFolder } from '../files/TemporaryFolder.js';
import { GOGS } from '../gogs/gogsHistory.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { InputState } from '../inputs/InputState.js';
import { identify } from '../inputs/identify.js';
import { openSource } from '../inputs/openSource.js';
import type { Source } from '../inputs/Source.js';
import type { Destination } from '../outputs/Destination.js';
import { type OutputPlan, planOutput } from '../outputs/OutputPlan.js';
import { openDestination } from '../outputs/openDestination.js';
import { composeFile } from '../reports/composeFile.js';
import { containerPorts } from '../reports/containerPorts.js';
import { findingSteps } from '../reports/steps/findingSteps.js';
import { shellOf } from '../reports/steps/Situation.js';
import type { UpgradeReport } from '../reports/UpgradeReport.js';
import { buildReport } from './buildReport.js';
import { Checklist } from './Checklist.js';
import { carryOver } from './carryOver.js';
import { describeTarget } from './describeTarget.js';
import { planUpgrade, type UpgradePlan } from './planUpgrade.js';
import { refuseUnfitValues } from './refuseUnfitValues.js';
import { stepsAfter } from './stepsAfter.js';
import { texts } from './texts.js';
import { type AnyUpgradeOptions, UPGRADE_RULES } from './UpgradeOptions.js';
import type { StartVerification } from './Verification.js';

/**
 * Upgrades a backup. `input` is a path or a stream; `output` is a path, or a stream that receives the archive once it is whole.
 * `startVerification` carries out the option `verify`; `history` describes the releases of Gogs. Throws one of the errors of
 * errors.ts; the output then does not exist, or is unchanged.
 */
export async function upgrade(
  input: string | Readable,
  output: string | Writable,
  options: AnyUpgradeOptions = {},
  startVerification?: StartVerification,
  history: GogsHistory = GOGS,
): Promise<UpgradeReport> {
  const started = performance.now();
  checkArgument('upgrade', 'input', input, PATH_OR_STREAM);
  checkArgument('upgrade', 'output', output, PATH_OR_STREAM);
  checkOptions('upgrade', options, UPGRADE_RULES);
  const { signal, verify = false, onProgress } = options;
  if (verify && startVerification === undefined) throw new Error('nothing is there to verify the output with');
  const target = history.targetNamed(options.to);
  const temporary = new TemporaryFolder(options.tempdir);
  const findings = new Findings();
  const notice = findings.add.bind(findings);
  const names = new Names();
  let source: Source | undefined;
  let destination: Destination | undefined;
  let checklist: Checklist | undefined;
  let compose: AtomicFile | undefined;
  try {
    const inputState = typeof input === 'string' ? InputState.of(input) : undefined;
    const gate = await OutputGate.open({ inputs: inputPaths(input, options), replace: options.force ?? false });
    const outputPlan = planOutput(output, options);
    for (const path of outputPaths(outputPlan)) await gate.check(path);
    const keeps = outputPlan.format === 'zip' || outputPlan.format === 'files' ? 'contents' : 'config';
    source = await openSource(input, { ...options, keeps, history, temporary, notice });
    const origin = await identify(source, target, signal);
    const plan = await planUpgrade(source, origin, target, outputPlan, options);
    for (const known of plan.notices) notice(known);
    const { engine, metadata, config } = plan;
    const content = {
      source,
      files: plan.files,
      target,
      engine,
      metadata,
      config: config.content,
      exact: plan.rows.exact,
      layout: plan.layout,
      scriptType: config.scriptType,
    };
    destination = await openDestination(outputPlan, content, {
      temporary,
      gate,
      notice,
      placeOf: rowPlaces(names),
      signal,
    });
    if (options.checklist !== false) checklist = await Checklist.open(outputPlan, describeTarget(target), gate);

    if (outputPlan.composeFile !== undefined) {
      compose = await gate.file(outputPlan.composeFile);
    }

    const verification = verify ? await startVerification?.(plan, destination, outputPlan.name) : undefined;
    const sink = verification?.sink ?? destination;
    const carried = await carryOver(plan, { destination, sink, names, findings, temporary, onProgress });
    refuseUnfitValues(plan, findings);
    const { afterRestoreSql } = await destination.finish();
    if (options.strict === true) refuseIfPressing(findings);
    signal?.throwIfAborted();
    const verified = await verification?.run(temporary);
    const steps = [...findingSteps(findings.list()), ...stepsAfter(plan, outputPlan, carried, afterRestoreSql)];
    await checklist?.write({ steps, findings: findings.list(), settings: config.settings, shell: shellOf(config) });
    await compose?.handle.appendFile(composedServer(plan, outputPlan));
    await compose?.seal();
    inputState?.refuseIfChanged();
    signal?.throwIfAborted();

    // From here on everything is on disk under temporary names, which only have to be renamed. One flush of the folder then
    // makes the last names durable: the archive is whole with or without its checklist.
    const written = await destination.commit();
    await compose?.commit();
    await checklist?.commit();
    if (typeof output === 'string') syncFolder(dirname(output));
    return buildReport(plan, outputPlan, {
      written,
      tables: carried.tables,
      findings,
      steps,
      afterRestoreSql,
      verified,
      checklist: checklist?.path,
      milliseconds: performance.now() - started,
    });
  } catch (error) {
    throw explainSystemError(typeof input === 'string' ? input : texts().theInput, error);
  } finally {
    await checklist?.abort();
    await compose?.abort();
    await destination?.abort();
    await source?.close();
    await temporary.remove();
  }
}

/** Every path that is read. */
function inputPaths(input: string | Readable, { databaseDump, repositories }: AnyUpgradeOptions): string[] {
  return [input, databaseDump, repositories].filter((path) => typeof path === 'string');
}

/** Every path that may be written. */
function outputPaths({ output, sql, composeFile: compose }: OutputPlan): string[] {
  const paths = typeof output === 'string' ? [output, afterRestorePath(output), checklistPath(output)] : [];
  return [...paths, ...[sql, compose].filter((path) => path !== undefined)];
}

function composedServer({ target, config }: UpgradePlan, { name }: OutputPlan): string {
  return composeFile({ target: target.name, folder: basename(resolve(name)), ports: containerPorts(config.facts) });
}

function refuseIfPressing(found: Findings): void {
  const pressing = found.list().filter(({ needsHand }) => needsHand);
  if (pressing.length === 0) return;
  const findings = statements(
    pressing.map(({ title, examples }) => texts().titleAt({ title, places: itemized(examples) })),
  );
  throw new RefusedError(texts().refused({ count: pressing.length, findings }));
}
