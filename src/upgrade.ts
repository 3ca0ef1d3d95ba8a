/**
 * The whole of an upgrade: an input becomes rows, rows go through the steps of each release, and come out as a backup that
 * the target restores. Everything that is no table goes round the outside, as the compressed bytes it came in.
 */
import type { Readable, Writable } from 'node:stream';
import { AtomicFile } from './backups/AtomicFile.js';
import { afterRestorePath } from './backups/afterRestorePath.js';
import type { Destination } from './backups/Destination.js';
import { InputState } from './backups/InputState.js';
import { formatOf, openDestination } from './backups/openDestination.js';
import { openSource } from './backups/openSource.js';
import type { OutputFormat } from './backups/outputFormats.js';
import type { Source } from './backups/Source.js';
import { explainSystemError } from './backups/systemErrors.js';
import { TemporaryFolder } from './backups/TemporaryFolder.js';
import type { Check } from './checks/Check.js';
import { REHEARSAL_NOTICE } from './checks/rehearsal.js';
import { RefusedError } from './errors.js';
import { FileSummary } from './FileSummary.js';
import { Findings } from './findings.js';
import type { Engine } from './gogs/engines.js';
import { filesToUpgrade } from './gogs/releases/release0_10.js';
import { TARGETS, type TargetName } from './gogs/targets.js';
import { identify } from './identify.js';
import { nextSteps } from './nextSteps.js';
import { nextStepsPage } from './nextStepsPage.js';
import { OutputVerification } from './OutputVerification.js';
import { type Progress, ProgressMeter } from './ProgressMeter.js';
import { prepareChecks } from './prepareChecks.js';
import { prepareFiles } from './prepareFiles.js';
import { TOOL } from './tool.js';
import type { UpgradeReport } from './UpgradeReport.js';
import { upgradeTables } from './upgradeTables.js';

export interface UpgradeOptions {
  /** The Gogs that is to restore the output. Default 0.13. */
  readonly to?: TargetName | undefined;
  /** Engine of the new server; default is what the archive's app.ini names. */
  readonly engine?: Engine | undefined;
  /** What to write; default is what the output's name says. */
  readonly format?: OutputFormat | undefined;
  /** Also write the database as SQL to this path, and a zip that holds the files alone. */
  readonly sql?: string | undefined;
  /** Let the SQL drop tables that exist. */
  readonly dropExisting?: boolean | undefined;
  /** Replace an output that exists. */
  readonly force?: boolean | undefined;
  /** Rehearse the restore of what was written before it gets its name; see verify.ts. */
  readonly verify?: boolean | undefined;
  /** Refuse when something would be lost or needs a hand. */
  readonly strict?: boolean | undefined;
  /** Leave app.ini as it is. */
  readonly keepConfig?: boolean | undefined;
  /** Values for the new server's app.ini: `section.KEY=value`. */
  readonly set?: readonly string[] | undefined;
  /** Also write SQL, to be loaded after the restore, that puts right what `gogs restore` itself overwrites. */
  readonly exact?: boolean | undefined;
  /** Store tokens so that the archive holds no usable one. */
  readonly redactTokens?: boolean | undefined;
  /** Leave out rows that belong to something that is gone. */
  readonly dropOrphans?: boolean | undefined;
  /** An output for a test server: it reaches out to nobody. No backup to keep. */
  readonly rehearsal?: boolean | undefined;
  /** Where temporary files go. Default is the system's place. */
  readonly tempdir?: string | undefined;
  /** Longest row that is accepted, in bytes. Default 256 MiB. */
  readonly maxRowBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Upgrades a backup. `input` is a path or a stream; `output` is a path, or a stream that gets the archive once it is whole.
 * Throws one of the errors of errors.ts; the output then does not exist, or is what it was before.
 */
export async function upgrade(
  input: string | Readable,
  output: string | Writable,
  options: UpgradeOptions = {},
): Promise<UpgradeReport> {
  const started = performance.now();
  const { signal, force: replace = false } = options;
  const target = TARGETS[options.to ?? '0.13'];
  const outputName = typeof output === 'string' ? output : '-';
  const findings = new Findings();
  const notice = findings.add.bind(findings);
  const temporary = new TemporaryFolder(options.tempdir);
  let source: Source | undefined;
  let destination: Destination | undefined;
  let checklist: AtomicFile | undefined;
  try {
    const inputState = typeof input === 'string' ? await InputState.of(input) : undefined;
    for (const path of outputPaths(output, options.sql)) await inputState?.refuseAsOutput(path);
    source = await openSource(input, { ...options, temporary });
    const { schema } = await identify(source, target, signal);
    for (const found of filesToUpgrade(schema)) notice(found);
    const prepared = prepareFiles(source, target, options, notice);
    const { metadata, config, engine, settings, facts } = prepared;
    const { exact = false, format = formatOf(output), sql, dropExisting = false } = options;
    destination = await openDestination({
      ...{ exact, source, format, sql, dropExisting },
      ...{ output, replace, target, engine, metadata, config, temporary, notice, signal },
    });
    // An older one is about an output that is gone, or is being replaced.
    if (typeof output === 'string') checklist = await AtomicFile.create(checklistPath(output), { replace: true });
    const { dropOrphans = false, redactTokens = false, rehearsal = false } = options;
    // Rows that go as SQL meet no restore.
    const restores = format === 'zip' && sql === undefined;
    if (rehearsal) notice(REHEARSAL_NOTICE);
    const checks = await prepareChecks(source, prepared, { target, restores, exact, deep: false, dropOrphans, notice });
    const progress = new ProgressMeter(source.bytesToRead, options.onProgress);
    const verification = options.verify ? OutputVerification.of(destination, outputName, target) : undefined;
    const rows = { source, schema, target, redactTokens, rehearsal, signal };
    const tables = await upgradeTables({ ...rows, sink: verification?.sink ?? destination, checks, progress });
    for (const check of checks) check.finish?.();
    const files = new FileSummary();
    await destination.writeFiles((bytes, name) => {
      files.add(name, bytes);
      progress.add('files', bytes);
    });
    const { afterRestoreSql } = await destination.finish();
    refuseIfStrict(options, findings);
    signal?.throwIfAborted();
    const silent = { target, restores, exact, deep: false, dropOrphans, notice: () => undefined };
    const startChecks = (): Promise<Check[]> => prepareChecks(source as Source, prepared, silent);
    const verified = await verification?.run({ ...rows, startChecks }, engine, temporary);
    const steps = nextSteps({
      ...{ target: target.name, engine, format, exact, facts, files, tables, rehearsal },
      output: outputName,
      sql: sql ?? (format === 'sql' ? outputName : null),
      hasConfig: config !== undefined || source.files?.config !== undefined,
      afterRestoreSql,
    });
    await checklist?.handle.appendFile(nextStepsPage(outputName, target.name, steps));
    await checklist?.seal();
    await inputState?.refuseIfChanged();
    signal?.throwIfAborted();
    // From here on everything is on disk under temporary names, and only gets its own.
    const written = await destination.commit();
    await checklist?.commit();
    return {
      format: 1,
      tool: TOOL,
      input: {
        path: source.input,
        form: source.form,
        bytes: source.bytes,
        gogsVersion: source.gogsVersion ?? null,
        schemaVersion: schema,
      },
      output: {
        path: outputName,
        bytes: written.bytes,
        target: target.name,
        engine: engine ?? null,
        afterRestoreSql,
        nextSteps: checklist?.path ?? null,
      },
      tables,
      settings,
      files: written.files,
      verification: verified ?? null,
      findings: findings.list(),
      nextSteps: steps,
      seconds: Math.round(performance.now() - started) / 1000,
    };
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

/** `gogs.zip` → `gogs.next-steps.md`, `gogs.sql` → `gogs.sql.next-steps.md` */
const checklistPath = (output: string): string => `${output.replace(/(?:\.zip|[/\\]+)$/i, '')}.next-steps.md`;

function refuseIfStrict({ strict = false }: UpgradeOptions, findings: Findings): void {
  const pressing = findings.list().filter(({ needsHand }) => needsHand);
  if (!strict || pressing.length === 0) return;
  throw new RefusedError(
    `Refused, because --strict is given and ${pressing.length} finding(s) need a hand: ` +
      `${pressing.map(({ title, examples }) => `${title} (${examples.join('; ')})`).join('. ')}. Nothing was written.`,
  );
}
