/**
 * The whole of an upgrade: an input becomes rows, rows go through the steps of each release, and come out as a backup that
 * the target restores. Everything that is no table goes round the outside, as the compressed bytes it came in.
 */
import type { Readable, Writable } from 'node:stream';
import { RefusedError } from '../core/errors.js';
import { explainSystemError } from '../core/systemErrors.js';
import { TemporaryFolder } from '../files/TemporaryFolder.js';
import { InputState } from '../inputs/InputState.js';
import { openSource } from '../inputs/openSource.js';
import type { Source } from '../inputs/Source.js';
import { afterRestorePath } from '../outputs/afterRestorePath.js';
import type { Destination } from '../outputs/Destination.js';
import { openDestination } from '../outputs/openDestination.js';
import { nextSteps } from '../reports/nextSteps.js';
import type { UpgradeReport } from '../reports/UpgradeReport.js';
import { buildReport } from './buildReport.js';
import { Checklist, checklistPath } from './Checklist.js';
import { carryOver } from './carryOver.js';
import { planUpgrade, type UpgradePlan } from './planUpgrade.js';
import type { UpgradeOptions } from './UpgradeOptions.js';
import type { StartVerification } from './Verification.js';

/**
 * Upgrades a backup. `input` is a path or a stream; `output` is a path, or a stream that gets the archive once it is whole.
 * `startVerification` does what the option `verify` asks for. Throws one of the errors of errors.ts; the output then does not
 * exist, or is what it was before.
 */
export async function upgrade(
  input: string | Readable,
  output: string | Writable,
  options: UpgradeOptions = {},
  startVerification?: StartVerification,
): Promise<UpgradeReport> {
  const started = performance.now();
  const { signal, verify = false, onProgress } = options;
  if (verify && startVerification === undefined) throw new Error('nothing is there to verify the output with');
  const temporary = new TemporaryFolder(options.tempdir);
  let source: Source | undefined;
  let destination: Destination | undefined;
  let checklist: Checklist | undefined;
  try {
    const inputState = typeof input === 'string' ? await InputState.of(input) : undefined;
    for (const path of outputPaths(output, options.sql)) await inputState?.refuseAsOutput(path);
    source = await openSource(input, { ...options, temporary });
    const plan = await planUpgrade(source, output, options);
    destination = await openDestination({ ...plan, temporary });
    checklist = await Checklist.open(plan);

    const verification = verify ? await startVerification?.(plan, destination) : undefined;
    const { tables, files } = await carryOver(plan, destination, {
      sink: verification?.sink ?? destination,
      onProgress,
    });
    const { afterRestoreSql } = await destination.finish();
    if (options.strict === true) refuseIfPressing(plan);
    signal?.throwIfAborted();
    const verified = await verification?.run(temporary);
    const steps = nextSteps(situationOf(plan, { afterRestoreSql, files, tables }));
    await checklist?.write(steps);
    await inputState?.refuseIfChanged();
    signal?.throwIfAborted();

    // From here on everything is on disk under temporary names, and only gets its own.
    const written = await destination.commit();
    await checklist?.commit();
    return buildReport(plan, written, {
      ...{ tables, steps, afterRestoreSql, verified },
      checklist: checklist?.path,
      milliseconds: performance.now() - started,
    });
  } catch (error) {
    throw explainSystemError(typeof input === 'string' ? input : 'the input', error);
  } finally {
    await checklist?.abort();
    await destination?.abort();
    await source?.close();
    await temporary.remove();
  }
}

/** Every path that may be written to. */
function outputPaths(output: string | Writable, sql: string | undefined): string[] {
  const paths = typeof output === 'string' ? [output, afterRestorePath(output), checklistPath(output)] : [];
  return sql === undefined ? paths : [...paths, sql];
}

type Situation = Parameters<typeof nextSteps>[0];

function situationOf(plan: UpgradePlan, outcome: Pick<Situation, 'afterRestoreSql' | 'files' | 'tables'>): Situation {
  const { source, outputName: output, target, engine, format, exact, facts, config, rehearsal } = plan;
  return {
    ...outcome,
    ...{ output, target: target.name, engine, format, exact, facts, rehearsal },
    sql: plan.sql ?? (format === 'sql' ? output : null),
    hasConfig: config !== undefined || source.files?.config !== undefined,
  };
}

function refuseIfPressing({ findings }: UpgradePlan): void {
  const pressing = findings.list().filter(({ needsHand }) => needsHand);
  if (pressing.length === 0) return;
  throw new RefusedError(
    `Refused, because --strict is given and ${pressing.length} finding(s) need a hand: ` +
      `${pressing.map(({ title, examples }) => `${title} (${examples.join('; ')})`).join('. ')}. Nothing was written.`,
  );
}
