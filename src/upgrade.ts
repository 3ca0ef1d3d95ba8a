/**
 * The whole of an upgrade: an input becomes rows, rows go through the steps of each release, and come out as a backup that
 * the target restores. Everything that is no table goes round the outside, as the compressed bytes it came in.
 */
import type { Readable, Writable } from 'node:stream';
import type { Destination } from './backups/Destination.js';
import { isSameFile } from './backups/isSameFile.js';
import { openDestination } from './backups/openDestination.js';
import { openSource } from './backups/openSource.js';
import type { OutputFormat } from './backups/outputFormats.js';
import type { Source } from './backups/Source.js';
import { TemporaryFolder } from './backups/TemporaryFolder.js';
import { OutputError, RefusedError } from './errors.js';
import { Findings } from './findings.js';
import type { Engine } from './gogs/engines.js';
import { TARGETS, type TargetName } from './gogs/targets.js';
import { identify } from './identify.js';
import { nextSteps } from './nextSteps.js';
import { type Progress, ProgressMeter } from './ProgressMeter.js';
import { prepareFiles } from './prepareFiles.js';
import { TOOL } from './tool.js';
import type { UpgradeReport } from './UpgradeReport.js';
import { upgradeTables } from './upgradeTables.js';

export interface UpgradeOptions {
  /** The Gogs that is to restore the output. Default 0.13. */
  readonly to?: TargetName;
  /** Engine of the new server; default is what the archive's app.ini names. */
  readonly engine?: Engine;
  /** What to write; default is what the output's name says. */
  readonly format?: OutputFormat;
  /** Also write the database as SQL to this path, and a zip that holds the files alone. */
  readonly sql?: string;
  /** Let the SQL drop tables that exist. */
  readonly dropExisting?: boolean;
  /** Replace an output that exists. */
  readonly force?: boolean;
  /** Refuse when something would be lost or needs a hand. */
  readonly strict?: boolean;
  /** Leave app.ini as it is. */
  readonly keepConfig?: boolean;
  /** Values for the new server's app.ini: `section.KEY=value`. */
  readonly set?: readonly string[];
  /** Also write SQL, to be loaded after the restore, that puts right what `gogs restore` itself overwrites. */
  readonly exact?: boolean;
  /** Store tokens so that the archive holds no usable one. */
  readonly redactTokens?: boolean;
  /** Where temporary files go. Default is the system's place. */
  readonly tempdir?: string;
  /** Longest row that is accepted, in bytes. Default 256 MiB. */
  readonly maxRowBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
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
  try {
    await refuseOntoInput(input, output);
    source = await openSource(input, { ...options, temporary });
    const origin = await identify(source, target, signal);
    const { metadata, config, engine, settings } = prepareFiles(source, target, options, notice);
    const { exact = false, format, sql, dropExisting = false } = options;
    destination = await openDestination({
      ...{ exact, source, format, sql, dropExisting },
      ...{ output, replace, target, engine, metadata, config, temporary, notice, signal },
    });
    const context = { target, engine, restores: true, notice };
    const progress = new ProgressMeter(source.bytesToRead, options.onProgress);
    const { schema } = origin;
    const redactTokens = options.redactTokens ?? false;
    const tables = await upgradeTables({ source, sink: destination, schema, context, redactTokens, progress, signal });
    await destination.writeFiles((bytes) => progress.add('files', bytes));
    await destination.finish();
    refuseIfStrict(options, findings);
    signal?.throwIfAborted();
    const written = await destination.commit();
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
        afterRestoreSql: written.afterRestoreSql,
      },
      tables,
      settings,
      files: written.files,
      findings: findings.list(),
      nextSteps: nextSteps(outputName, written, engine),
      seconds: Math.round(performance.now() - started) / 1000,
    };
  } finally {
    await destination?.abort();
    await source?.close();
    await temporary.remove();
  }
}

/** Replacing the input would leave nothing to go back to. */
async function refuseOntoInput(input: string | Readable, output: string | Writable): Promise<void> {
  if (typeof input !== 'string' || typeof output !== 'string' || !(await isSameFile(input, output))) return;
  throw new OutputError(`Cannot write ${output}: it is the input. Choose another name.`);
}

function refuseIfStrict({ strict = false }: UpgradeOptions, findings: Findings): void {
  const pressing = findings.list().filter(({ needsHand }) => needsHand);
  if (!strict || pressing.length === 0) return;
  throw new RefusedError(
    `Refused, because --strict is given and ${pressing.length} finding(s) need a hand: ` +
      `${pressing.map(({ title, examples }) => `${title} (${examples.join('; ')})`).join('. ')}. Nothing was written.`,
  );
}
