/**
 * Looks at an input without writing anything: what it is, what an upgrade would change, and every danger that is known. It
 * takes the very path of an upgrade, to a sink that keeps nothing, so that what it says is what an upgrade does.
 */
import type { Readable } from 'node:stream';
import type { Check } from '../checks/Check.js';
import { UNSUPPORTED_VERSION } from '../checks/unsupportedVersion.js';
import { VersionError } from '../core/errors.js';
import { Findings } from '../core/findings.js';
import { type Progress, ProgressMeter } from '../core/ProgressMeter.js';
import { explainSystemError } from '../core/systemErrors.js';
import { TOOL } from '../core/tool.js';
import { TemporaryFolder } from '../files/TemporaryFolder.js';
import { IniDocument } from '../formats/ini/IniDocument.js';
import type { Engine } from '../gogs/engines.js';
import { isEngine } from '../gogs/engines.js';
import { FileSummary } from '../gogs/FileSummary.js';
import { CONFIG } from '../gogs/layout.js';
import { readMetadata } from '../gogs/metadata.js';
import { filesToUpgrade } from '../gogs/releases/release0_10.js';
import { parseRepositoryPath } from '../gogs/repositoryPaths.js';
import { readFacts } from '../gogs/settings/facts.js';
import { readsInlineComments } from '../gogs/settings/settings.js';
import { TABLE_MEANINGS } from '../gogs/tableMeanings.js';
import { TARGETS, type Target, type TargetName } from '../gogs/targets.js';
import { type Origin, originOf, refuseOtherVersions } from '../inputs/identify.js';
import { openRepositories } from '../inputs/openRepositories.js';
import { openSource } from '../inputs/openSource.js';
import type { Source } from '../inputs/Source.js';
import { DiscardingSink } from '../outputs/DiscardingSink.js';
import type { InspectedTable, InspectReport } from '../reports/InspectReport.js';
import { nextSteps } from '../reports/nextSteps.js';
import type { TableReport } from '../reports/TableReport.js';
import { prepareChecks } from '../upgrade/prepareChecks.js';
import { prepareFiles } from '../upgrade/prepareFiles.js';
import { upgradeTables } from '../upgrade/upgradeTables.js';
import { inspectionPlan } from './inspectionPlan.js';

export interface InspectOptions {
  /** The Gogs that is to restore it one day. Default 0.13. */
  readonly to?: TargetName | undefined;
  /** Engine of the new server; default is what the archive's app.ini names. */
  readonly engine?: Engine | undefined;
  /** Settings that the upgrade would be given: `section.KEY=value`. */
  readonly set?: readonly string[] | undefined;
  /** Where temporary files go: room for repositories.zip is needed. Default is the system's place. */
  readonly tempdir?: string | undefined;
  /** Longest row that is accepted, in bytes. Default 256 MiB. */
  readonly maxRowBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Throws InputError when the input cannot be read at all; everything else is a finding. */
export async function inspect(input: string | Readable, options: InspectOptions = {}): Promise<InspectReport> {
  const started = performance.now();
  const { signal } = options;
  const target = TARGETS[options.to ?? '0.13'];
  const findings = new Findings();
  const notice = findings.add.bind(findings);
  const temporary = new TemporaryFolder(options.tempdir);
  let source: Source | undefined;
  try {
    source = await openSource(input, { ...options, temporary });
    const progress = new ProgressMeter(source.bytesToRead, options.onProgress);
    const origin = await originOf(source, signal);
    const canUpgrade = tellVersion(source, origin, target, findings);
    const prepared = prepareFiles(source, target, options, notice);
    const checks = await prepareChecks(source, prepared, {
      ...{ target, restores: true, exact: false, deep: true, dropOrphans: false, notice },
    });
    const repositories = await lookIntoRepositories(source, checks, temporary, signal);
    const { schema } = origin;
    for (const found of filesToUpgrade(schema)) notice(found);
    const sink = new DiscardingSink({ target, notice });
    const tables = await upgradeTables({
      ...{ source, sink, schema, target, checks, redactTokens: false, rehearsal: false, progress, signal },
    });
    const files = await lookIntoFiles(source, checks);
    for (const check of checks) check.finish?.();
    const { engine, facts } = prepared;
    const after = nextSteps({
      ...{ output: 'OUTPUT.zip', target: target.name, engine, afterRestoreSql: leftoversOf(findings), facts },
      ...{ format: 'zip' as const, sql: null, exact: false },
      ...{
        hasConfig: prepared.config !== undefined || source.files?.config !== undefined,
        files,
        tables,
        rehearsal: false,
      },
    });
    return {
      format: 1,
      tool: TOOL,
      input: {
        path: source.input,
        form: source.form,
        bytes: source.bytes,
        gogsVersion: source.gogsVersion ?? null,
        schemaVersion: schema,
        date: dateOf(source) ?? null,
        engine: engineOf(source) ?? null,
      },
      target: { name: target.name, engine: engine ?? null },
      canUpgrade,
      tables: inspectedTables(source, tables),
      otherTables: source.foreignTables.map(({ name, place }) => ({ name, place })),
      settings: prepared.settings,
      files: files.list(),
      repositories: repositories ?? null,
      findings: findings.list(),
      plan: inspectionPlan({ input: source.input, target: target.name, canUpgrade, findings: findings.list(), after }),
      seconds: Math.round(performance.now() - started) / 1000,
    };
  } catch (error) {
    throw explainSystemError(typeof input === 'string' ? input : 'the input', error);
  } finally {
    await source?.close();
    await temporary.remove();
  }
}

function tellVersion(source: Source, origin: Origin, target: Target, findings: Findings): boolean {
  try {
    refuseOtherVersions(source, origin, target);
    return true;
  } catch (error) {
    if (!(error instanceof VersionError)) throw error;
    findings.add({ ...UNSUPPORTED_VERSION, remedy: error.message });
    return false;
  }
}

async function lookIntoRepositories(
  source: Source,
  checks: readonly Check[],
  temporary: TemporaryFolder,
  signal: AbortSignal | undefined,
): Promise<{ count: number; files: number; bytes: number } | undefined> {
  if (source.files === undefined) return undefined;
  const zip = await openRepositories(source.files, temporary, signal);
  if (zip === undefined) return undefined;
  try {
    let last = '';
    const found = { count: 0, files: 0, bytes: 0 };
    for await (const entry of zip.entries()) {
      signal?.throwIfAborted();
      const { name, mode, uncompressedSize: bytes } = entry;
      const file = { name, mode, bytes, read: () => zip.readBuffer(entry, bytes) };
      for (const check of checks) await check.seeRepositoryFile?.(file);
      const repository = parseRepositoryPath(name)?.repository ?? last;
      // Archives list a repository's entries together.
      if (repository !== last && !repository.endsWith('.wiki.git')) found.count++;
      last = repository;
      if (!entry.isDirectory) found.files++;
      found.bytes += bytes;
    }
    return found;
  } finally {
    await zip.close();
  }
}

async function lookIntoFiles({ files }: Source, checks: readonly Check[]): Promise<FileSummary> {
  const summary = new FileSummary();
  if (files === undefined) return summary;
  for await (const { entry, name } of files.carried()) {
    const file = { name, bytes: entry.uncompressedSize };
    summary.add(name, file.bytes);
    for (const check of checks) check.judgeFile?.(file);
  }
  if (files.config !== undefined) summary.add(CONFIG, files.config.content.length);
  return summary;
}

/** The upgrade would write these beside the output. */
const leftoversOf = (findings: Findings): string | null =>
  findings.list().some(({ code }) => code === 'long-row') ? 'OUTPUT.after-restore.sql' : null;

function inspectedTables(source: Source, reports: readonly TableReport[]): InspectedTable[] {
  const bytes = new Map<string, number>();
  for (const from of source.tables) bytes.set(from.table.name, (bytes.get(from.table.name) ?? 0) + from.bytes);
  return reports
    .map((report) => ({
      ...report,
      bytes: bytes.get(report.table) ?? 0,
      meaning: TABLE_MEANINGS[report.table] ?? '',
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

function dateOf({ files }: Source): string | undefined {
  if (files?.metadata === undefined) return undefined;
  const { dateTime } = readMetadata(
    IniDocument.parse(files.metadata.content, { inlineComments: true }, 'metadata.ini'),
  );
  // Go adds nanoseconds, and its own clock behind the time: `m=+0.0137`.
  return dateTime?.replace(/ m=[+-][\d.]+$/, '').replace(/(:\d\d)\.\d+/, '$1');
}

function engineOf({ engine, files, gogsVersion }: Source): Engine | undefined {
  if (engine !== undefined || files?.config === undefined) return engine;
  const options = { inlineComments: readsInlineComments(gogsVersion) };
  const named = readFacts(IniDocument.parse(files.config.content, options, 'app.ini')).engine;
  return named !== undefined && isEngine(named) ? named : undefined;
}
