/**
 * Examines an input without writing anything: reports what it is, what an upgrade would change, and every known danger. It
 * plans an upgrade and runs it into an output that keeps nothing, so that its report matches what an upgrade does.
 */
import type { Readable } from 'node:stream';
import { Names } from '../checks/Names.js';
import { rowPlaces } from '../checks/placeOf.js';
import { UNSUPPORTED_VERSION } from '../checks/unsupportedVersion.js';
import {
  checkArgument,
  checkOptions,
  FLAG,
  FUNCTION,
  type OptionRules,
  PATH_OR_STREAM,
  TEXT,
} from '../core/checkOptions.js';
import { VersionError } from '../core/errors.js';
import { Findings, isReady } from '../core/findings.js';
import type { Progress } from '../core/ProgressMeter.js';
import { explainSystemError } from '../core/systemErrors.js';
import { TOOL } from '../core/tool.js';
import { TemporaryFolder } from '../files/TemporaryFolder.js';
import { GOGS, type TargetName } from '../gogs/gogsHistory.js';
import type { GogsHistory, Target } from '../gogs/releases/foldReleases.js';
import { tableMeaning } from '../gogs/tableMeaning.js';
import { SOURCE_RULES, type SourceOptions } from '../inputs/InputOptions.js';
import { type Origin, originOf, refuseOtherVersions } from '../inputs/identify.js';
import { openSource } from '../inputs/openSource.js';
import type { Source } from '../inputs/Source.js';
import { DiscardingDestination } from '../outputs/DiscardingDestination.js';
import { planOutput } from '../outputs/OutputPlan.js';
import type { InspectedTable, InspectReport } from '../reports/InspectReport.js';
import type { TableReport } from '../reports/TableReport.js';
import { isChanged } from '../reports/wording.js';
import { CONTENT_RULES, type ContentOptions } from '../upgrade/ContentOptions.js';
import { carryOver } from '../upgrade/carryOver.js';
import { describeInput } from '../upgrade/describeInput.js';
import { planUpgrade } from '../upgrade/planUpgrade.js';
import { stepsAfter } from '../upgrade/stepsAfter.js';
import { texts } from '../upgrade/texts.js';
import { inspectionPlan } from './inspectionPlan.js';

/** The options of an inspection. */
export interface InspectOptions extends SourceOptions, Pick<ContentOptions, 'engine' | 'set'> {
  /** The Gogs that will restore it. Default 0.13. */
  readonly to?: TargetName | undefined;
  /** Examine only the files: the input may lack its database. */
  readonly filesOnly?: boolean | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const RULES: OptionRules<InspectOptions> = {
  ...SOURCE_RULES,
  to: TEXT,
  engine: CONTENT_RULES.engine,
  set: CONTENT_RULES.set,
  filesOnly: FLAG,
  onProgress: FUNCTION,
};

/** The output of the trial upgrade. */
const OUTPUT = planOutput('OUTPUT.zip', {});
const FILES_OUTPUT = planOutput('OUTPUT.zip', { filesOnly: true });

/**
 * Reports what an upgrade would find and do, without writing an output. Throws InputError if the input cannot be read at all;
 * everything else is a finding.
 */
export async function inspect(input: string | Readable, options: InspectOptions = {}): Promise<InspectReport> {
  return inspectWith(GOGS, input, options);
}

/** Like `inspect`, with another list of releases. */
export async function inspectWith(
  history: GogsHistory,
  input: string | Readable,
  options: Omit<InspectOptions, 'to'> & { readonly to?: string | undefined },
): Promise<InspectReport> {
  const started = performance.now();
  checkArgument('inspect', 'input', input, PATH_OR_STREAM);
  checkOptions('inspect', options, RULES);
  const { signal, onProgress, engine, set, filesOnly } = options;
  const output = filesOnly === true ? FILES_OUTPUT : OUTPUT;
  const target = history.targetNamed(options.to);
  const temporary = new TemporaryFolder(options.tempdir);
  const findings = new Findings();
  const notice = findings.add.bind(findings);
  const names = new Names();
  let source: Source | undefined;
  try {
    source = await openSource(input, { ...options, keeps: 'names', history, temporary, notice });
    const origin = await originOf(source, history, signal);
    const canUpgrade = reportVersion(source, origin, target, findings);
    const plan = await planUpgrade(source, origin, target, output, { engine, set, deep: true, signal });
    for (const known of plan.notices) notice(known);
    const destination = new DiscardingDestination(
      { target, files: plan.files, name: OUTPUT.name },
      { notice, placeOf: rowPlaces(names), signal },
    );
    const carried = await carryOver(plan, { destination, sink: destination, names, findings, temporary, onProgress });
    const { afterRestoreSql } = await destination.finish();
    const found = findings.list();
    const described = describeInput(plan);
    const { settings } = plan.config;
    const needsUpgrade =
      !described.isAtTarget ||
      afterRestoreSql !== null ||
      settings.some(({ kind }) => kind !== 'unread') ||
      carried.tables.some(isChanged);
    const after = stepsAfter(plan, needsUpgrade ? output : { ...output, name: source.input }, carried, afterRestoreSql);
    return {
      reportVersion: 1,
      tool: TOOL,
      input: described,
      target: { name: target.name, engine: plan.engine ?? null },
      canUpgrade,
      ready: canUpgrade && isReady(found),
      needsUpgrade,
      tables: inspectedTables(source, carried.tables),
      otherTables: source.foreignTables.map(({ name, place }) => ({ name, place })),
      settings,
      files: carried.files.list(),
      repositories: carried.repositories ?? null,
      findings: found,
      plan: inspectionPlan({
        input: source.input,
        target: target.name,
        canUpgrade,
        needsUpgrade,
        findings: found,
        after,
      }),
      seconds: Math.round(performance.now() - started) / 1000,
    };
  } catch (error) {
    throw explainSystemError(typeof input === 'string' ? input : texts().theInput, error);
  } finally {
    await source?.close();
    await temporary.remove();
  }
}

/** Returns whether an upgrade accepts the version. */
function reportVersion(source: Source, origin: Origin, target: Target, findings: Findings): boolean {
  try {
    refuseOtherVersions(source, origin, target);
    return true;
  } catch (error) {
    if (!(error instanceof VersionError)) throw error;
    findings.add({ ...UNSUPPORTED_VERSION, remedy: error.message });
    return false;
  }
}

function inspectedTables(source: Source, reports: readonly TableReport[]): InspectedTable[] {
  const bytes = new Map<string, number>();
  for (const from of source.tables) bytes.set(from.table.name, (bytes.get(from.table.name) ?? 0) + from.bytes);
  return reports
    .map((report) => ({
      ...report,
      bytes: bytes.get(report.table) ?? 0,
      meaning: tableMeaning(report.table),
    }))
    .sort((a, b) => b.bytes - a.bytes);
}
