/**
 * Proves that a backup restores: reads it as the target's restore does, tries its rows on a real database, and compares what
 * would be there with what should be. Restores nothing, and changes nothing but scratch databases of its own.
 */
import { access, constants, open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { placeOfFolder, REPOSITORIES_FOLDER, repositoriesFolderName } from '../checks/files/repositoriesFolder.js';
import { NO_USERS } from '../checks/rows/noUsers.js';
import {
  COUNT,
  checkArgument,
  checkOptions,
  FLAG,
  FUNCTION,
  type OptionRules,
  oneOf,
  PATH,
  PATH_OR_STREAM,
  SIGNAL,
  TEXT,
  TEXTS,
} from '../core/checkOptions.js';
import { InputError, UsageError } from '../core/errors.js';
import { Findings, type Notice } from '../core/findings.js';
import { formatMonth } from '../core/format.js';
import { type Progress, ProgressMeter } from '../core/ProgressMeter.js';
import { explainSystemError, inputError } from '../core/systemErrors.js';
import { TOOL } from '../core/tool.js';
import { ENGINES, type Engine, isEngine } from '../engines/Engine.js';
import { afterRestorePath } from '../files/companionPaths.js';
import { readFully } from '../files/readFully.js';
import { TemporaryFolder } from '../files/TemporaryFolder.js';
import { IniDocument } from '../formats/ini/IniDocument.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import { ZipReader } from '../formats/zip/ZipReader.js';
import { GOGS, type TargetName } from '../gogs/gogsHistory.js';
import { CONFIG, DATABASE, MAX_CONFIG_BYTES, METADATA, REPOSITORIES } from '../gogs/layout.js';
import type { GogsHistory, Target } from '../gogs/releases/foldReleases.js';
import { serverLayout } from '../gogs/serverLayout.js';
import { readFacts } from '../gogs/settings/facts.js';
import type { InputOptions } from '../inputs/InputOptions.js';
import { identify } from '../inputs/identify.js';
import { judgeWholeness } from '../inputs/judgeWholeness.js';
import { leaveOutServerState } from '../inputs/leaveOutServerState.js';
import { type LocalInput, localInput } from '../inputs/localInput.js';
import { topFolderOf } from '../inputs/openRepositories.js';
import { openLocal, openSource } from '../inputs/openSource.js';
import type { Source } from '../inputs/Source.js';
import { zipNotice } from '../inputs/zipNotice.js';
import type { OutputPlan } from '../outputs/OutputPlan.js';
import type { VerifyReport } from '../reports/VerifyReport.js';
import { planUpgrade, type UpgradePlan } from '../upgrade/planUpgrade.js';
import { AfterRestoreRows } from './AfterRestoreRows.js';
import { differingSettings } from './differingSettings.js';
import { Expectation } from './Expectation.js';
import { openScratchEngine } from './engines/openScratchEngine.js';
import { failure, information } from './notices.js';
import { checkMetadata, checkNames, checkVersion } from './restoreConditions.js';
import { texts } from './texts.js';
import { checkContents, compareWithInput, type FileCheck } from './verifyFiles.js';
import { verifyTables } from './verifyTables.js';

export interface VerifyOptions extends InputOptions {
  /** The Gogs that is to restore the archive. Default is the one its metadata.ini names. */
  readonly to?: TargetName | undefined;
  /** The backup that the archive was made of: a path or a stream. */
  readonly against?: string | Readable | undefined;
  /** Engine that the archive was made for; default is what its app.ini names. */
  readonly engine?: Engine | undefined;
  /** The archive is to hold the files alone: its database comes as SQL. */
  readonly filesOnly?: boolean | undefined;
  /** The archive was made with this option. */
  readonly redactTokens?: boolean | undefined;
  /** The archive was made with this option. */
  readonly dropOrphans?: boolean | undefined;
  /** The archive was made with this option. */
  readonly rehearsal?: boolean | undefined;
  /** The archive was made with these values for app.ini: `section.KEY=value`. */
  readonly set?: readonly string[] | undefined;
  /** The folder of a server was made for this place. Default is where it lies. */
  readonly installPath?: string | undefined;
  /** The archive was made with this option. */
  readonly keepConfig?: boolean | undefined;
  /** Try every column of every row, and check every file within repositories.zip. */
  readonly deep?: boolean | undefined;
  /** Where rows are tried: `mysql://…`, `postgres://…` or `sqlite:FILE`. Default is SQLite in a temporary file. */
  readonly database?: string | undefined;
  /** Where temporary files go. Default is the system's place. */
  readonly tempdir?: string | undefined;
  /** Longest row of the input that is accepted, in bytes. Default 256 MiB. */
  readonly maxRowBytes?: number | undefined;
  /** Which database is meant, where an SQL dump holds several. */
  readonly databaseName?: string | undefined;
  /** Character set of an SQL dump or of CSV files that are not UTF-8: any label that Node's TextDecoder knows. */
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const RULES: OptionRules<VerifyOptions> = {
  to: TEXT,
  against: PATH_OR_STREAM,
  engine: oneOf(ENGINES),
  filesOnly: FLAG,
  redactTokens: FLAG,
  dropOrphans: FLAG,
  rehearsal: FLAG,
  set: TEXTS,
  keepConfig: FLAG,
  installPath: PATH,
  deep: FLAG,
  database: TEXT,
  databaseDump: PATH,
  repositories: PATH,
  tempdir: PATH,
  maxRowBytes: COUNT,
  databaseName: TEXT,
  encoding: TEXT,
  signal: SIGNAL,
  onProgress: FUNCTION,
};

/**
 * `archive` is a path or a stream; SQL to load after the restore is looked for beside a path. Resolves whether the archive holds or not: see
 * `holds` and `findings`. Throws InputError when the archive or the input
 * cannot be opened, UsageError for a database that cannot be had.
 */
export async function verify(archive: string | Readable, options: VerifyOptions = {}): Promise<VerifyReport> {
  return verifyWith(GOGS, archive, options);
}

type Options = Omit<VerifyOptions, 'to'> & { readonly to?: string | undefined };

/** Like `verify`, by what another list of releases says. */
export async function verifyWith(
  history: GogsHistory,
  archive: string | Readable,
  options: Options,
): Promise<VerifyReport> {
  checkArgument('verify', 'archive', archive, PATH_OR_STREAM);
  checkOptions('verify', options, RULES);
  const temporary = new TemporaryFolder(options.tempdir);
  let source: Source | undefined;
  try {
    const output = await localInput(archive, { temporary, signal: options.signal });
    await mustBeReadable(output);
    if (!(await isZip(output.path))) return await verifyOther(history, output, options, temporary);
    refuseInstallPath(output, options);
    const { against } = options;
    if (against !== undefined) source = await openInput(against, options, history, temporary);
    const input = source === undefined ? undefined : inputOf(source, options);
    // A stream has nothing beside it.
    const afterRestoreSql = typeof archive === 'string' ? afterRestorePath(archive) : undefined;
    return await verifyArchive({
      ...options,
      history,
      to: options.to === undefined ? undefined : history.targetNamed(options.to),
      archive: output.name,
      path: output.path,
      afterRestoreSql,
      input,
      contents: true,
      temporary,
    });
  } catch (error) {
    throw explainSystemError(typeof archive === 'string' ? archive : 'standard input', error);
  } finally {
    await source?.close();
    await temporary.remove();
  }
}

/** SQL, a database file or a server's folder: no restore reads it. */
async function verifyOther(
  history: GogsHistory,
  local: LocalInput,
  options: Options,
  temporary: TemporaryFolder,
): Promise<VerifyReport> {
  const { against, to, installPath = local.path, maxRowBytes, signal, onProgress } = options;
  const target = to === undefined ? history.defaultTarget : history.targetNamed(to);
  const { findServerFolder, VerifiedFolder } = await import('./VerifiedFolder.js');
  const found = await findServerFolder(local.path);
  if (found === undefined) refuseInstallPath(local, options);
  const findings = new Findings();
  const notice = findings.add.bind(findings);
  const database = found === undefined ? local : { name: found.database, path: found.database };
  const output = await openLocal(database, { history, temporary, maxRowBytes, notice, signal });
  let source: Source | undefined;
  try {
    const { engine } = output;
    const server = found && { layout: found.layout, installPath: resolve(installPath), owner: undefined };
    const layout = server && serverLayout(server.layout, server.installPath);
    const folder =
      layout && new VerifiedFolder({ name: local.name, place: local.path, layout, engine, temporary, signal });
    if (against !== undefined) source = await openInput(against, options, history, temporary);
    const format = server === undefined ? 'sql' : 'files';
    const plan =
      source && (await planAgain(source, target, { format, tablesGoTo: 'sql', server }, { ...options, engine }));
    const progress = new ProgressMeter(output.bytesToRead, onProgress);
    const { verifyDatabase } = await import('./verifyDatabase.js');
    return await verifyDatabase({ output, target, plan, folder, findings, progress, signal });
  } finally {
    await source?.close();
    await output.close();
  }
}

/** What is odd about the input is for an upgrade and an inspection of it to say. */
function openInput(
  input: string | Readable,
  options: Options,
  history: GogsHistory,
  temporary: TemporaryFolder,
): Promise<Source> {
  return openSource(input, { ...options, history, temporary, notice: () => undefined });
}

function refuseInstallPath({ name }: LocalInput, { installPath }: Options): void {
  if (installPath === undefined) return;
  throw new UsageError(texts().installPathOf({ name }));
}

/** The plan of the upgrade that made an output. */
async function planAgain(
  source: Source,
  target: Target,
  output: Pick<OutputPlan, 'format' | 'tablesGoTo' | 'server'>,
  { engine, redactTokens, dropOrphans, rehearsal, set, keepConfig, signal }: Options,
): Promise<UpgradePlan> {
  const origin = await identify(source, target, signal);
  const asked = { engine, redactTokens, dropOrphans, rehearsal, set, keepConfig, signal };
  const plan = planUpgrade(source, origin, target, output, asked);
  const all = redactTokens === true || rehearsal === true;
  await leaveOutServerState(source, { databasePath: plan.config.oldDatabasePath, all });
  return plan;
}

async function isZip(path: string): Promise<boolean> {
  if ((await stat(path)).isDirectory()) return false;
  const file = await open(path);
  try {
    return (await readFully(file, 0, 2)).toString('latin1') === 'PK';
  } finally {
    await file.close();
  }
}

async function mustBeReadable({ name, path }: LocalInput): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw inputError(name, error);
  }
}

export interface ExpectationContext {
  readonly engine: Engine | undefined;
  readonly progress: ProgressMeter;
  /** Hears what is missing in the input. */
  readonly notice: (notice: Notice) => void;
}

/** What an archive is compared with. */
export interface VerifiedInput {
  readonly source: Source;
  /** Computes what the archive has to hold for this target and engine, or knows it already. */
  expect(target: Target, context: ExpectationContext): Promise<Expectation>;
}

function inputOf(source: Source, options: Options): VerifiedInput {
  return {
    source,
    async expect(target, { engine, progress, notice }) {
      const origin = await identify(source, target, options.signal);
      for (const missing of judgeWholeness(source, origin, target.history)) notice(missing);
      const output = { format: 'zip', tablesGoTo: 'zip', server: undefined } as const;
      return Expectation.of(await planAgain(source, target, output, { ...options, engine }), progress);
    },
  };
}

export interface VerifyArchiveOptions
  extends Pick<VerifyOptions, 'engine' | 'filesOnly' | 'deep' | 'database' | 'signal' | 'onProgress'> {
  readonly history: GogsHistory;
  /** Undefined: the one that its metadata.ini names. */
  readonly to: Target | undefined;
  /** What the archive is called. */
  readonly archive: string;
  /** Where it lies. */
  readonly path: string;
  /** Where the SQL to load after the restore lies, if there is any; the file need not exist. */
  readonly afterRestoreSql: string | undefined;
  readonly input: VerifiedInput | undefined;
  /** Inflate every file. Otherwise they are only held against the input's compressed bytes. */
  readonly contents: boolean;
  readonly temporary: TemporaryFolder;
}

/** Tables are tried with every column up to so many bytes, which takes a second or two; `deep` tries all. */
const FULLY_TRIED_BYTES = 16 * 1024 * 1024;

/** Like `verify`, for an archive that may not have its name yet. */
export async function verifyArchive(options: VerifyArchiveOptions): Promise<VerifyReport> {
  const started = performance.now();
  const findings = new Findings();
  let zip: ZipReader | undefined;
  const { archive, path, signal } = options;
  const notice = findings.add.bind(findings);
  const rehearsal = new Rehearsal(options, notice);
  try {
    zip = await ZipReader.open(path, { name: archive, signal, onWarning: zipNotice(notice) });
    await rehearsal.run(zip);
  } catch (error) {
    // The input's own errors come from before, while it is read for the expectation.
    if (!(error instanceof InputError) || rehearsal.readsInput) throw error;
    findings.add(failure('damaged', { title: error.message, consequence: texts().damaged.consequence }));
  } finally {
    await zip?.close();
    await rehearsal.close();
  }
  return {
    format: 1,
    tool: TOOL,
    holds: findings.list().every(({ severity }) => severity !== 'error'),
    archive: {
      path: archive,
      format: 'zip',
      bytes: zip?.size ?? 0,
      target: rehearsal.target.name,
      afterRestoreSql: rehearsal.afterRestoreSql,
    },
    against: options.input?.source.input ?? null,
    database: rehearsal.product,
    tables: rehearsal.tables,
    files: rehearsal.files,
    findings: findings.list(),
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

/** One verification under way: its fields become the report. */
class Rehearsal {
  readonly #options: VerifyArchiveOptions;
  readonly #notice: (notice: Notice) => void;
  readonly #entries: ZipEntry[] = [];
  #scratch: Awaited<ReturnType<typeof openScratchEngine>> | undefined;
  target: Target;
  product = '';
  afterRestoreSql: string | null = null;
  tables: VerifyReport['tables'] = [];
  files: VerifyReport['files'] = { count: 0, checked: 'contents', repositoryEntries: null };
  readsInput = false;

  constructor(options: VerifyArchiveOptions, notice: (notice: Notice) => void) {
    this.#options = options;
    this.#notice = notice;
    this.target = options.to ?? options.history.defaultTarget;
  }

  async run(zip: ZipReader): Promise<void> {
    const { input, signal, deep = false, database, temporary, onProgress, filesOnly, contents } = this.#options;
    let bytes = input?.source.bytesToRead ?? 0;
    for (const entry of await zip.entries()) {
      this.#entries.push(entry);
      bytes += entry.uncompressedSize;
    }
    const progress = new ProgressMeter(bytes, onProgress);
    const engine = await this.#checkConditions(zip);
    this.readsInput = true;
    const expectation =
      filesOnly === true ? undefined : await input?.expect(this.target, { engine, progress, notice: this.#notice });
    this.readsInput = false;
    const context = { engine, target: this.target, temporary, signal };
    const leftovers = await AfterRestoreRows.read(this.#options.afterRestoreSql, context);
    this.afterRestoreSql = leftovers.path ?? null;
    this.#scratch = await openScratchEngine(database, temporary);
    this.product = this.#scratch.engine.product;
    this.tables = await verifyTables({
      ...{ zip, target: this.target, engine, leftovers, expectation, signal },
      notice: this.#notice,
      entries: this.#tableEntries(),
      scratch: this.#scratch.engine,
      schema: this.target.schemaFor(this.#scratch.dialect),
      fullBytes: deep || database !== undefined ? Number.POSITIVE_INFINITY : FULLY_TRIED_BYTES,
      onBytes: (table, done) => progress.add(table.name, done),
    });
    this.#checkScript(leftovers);
    // An upgrade has said it already.
    if (contents) this.#checkUsers();
    await this.#checkFiles(zip, progress, expectation);
    if (expectation !== undefined) await this.#compareConfig(zip, expectation.plan);
  }

  #checkScript({ path, isGenuine, left }: AfterRestoreRows): void {
    if (path === undefined) return;
    if (!isGenuine) {
      this.#notice({
        ...failure('sql-differs', { ...texts().sqlDiffers, remedy: texts().doNotLoadSql }),
        place: path,
      });
    }
    for (const [table, count] of left) {
      this.#notice({
        ...failure('sql-row-unexpected', { ...texts().sqlRowUnexpected, remedy: texts().doNotLoadSql }),
        place: texts().rowsOf({ table, count }),
      });
    }
  }

  #checkUsers(): void {
    const users = this.tables.find(({ table }) => table === 'user');
    if (users === undefined || users.rowsRestored + users.rowsBySql > 0) return;
    this.#notice(failure('no-users', NO_USERS));
  }

  /** Returns the engine that app.ini names. */
  async #checkConditions(zip: ZipReader): Promise<Engine | undefined> {
    const content = async (name: string): Promise<Buffer | undefined> => {
      const entry = this.#entries.find((candidate) => candidate.name === name);
      return entry === undefined ? undefined : await zip.readBuffer(entry, MAX_CONFIG_BYTES);
    };
    const metadata = checkMetadata(await content(METADATA), this.#notice);
    const { history, to } = this.#options;
    this.target = to ?? history.targetOfRelease(metadata?.gogsVersion);
    if (this.target.preview !== undefined) {
      const { title, remedy } = texts().preview;
      const words = { title: title({ release: this.target.name, asOf: formatMonth(this.target.preview) }), remedy };
      this.#notice({ ...information('preview-target', words), severity: 'warning' });
    }
    if (metadata !== undefined) checkVersion(metadata, this.target, this.#notice);
    checkNames(
      new Set(this.#entries.map(({ name }) => name)),
      { target: this.target, filesOnly: this.#options.filesOnly === true },
      this.#notice,
    );
    const config = await content(CONFIG);
    if (config === undefined) return this.#options.engine;
    const { engine, repositoryRoot } = readFacts(
      IniDocument.parse(config, { inlineComments: false }, CONFIG),
      history.settings,
      this.target.firstRelease,
    );
    await this.#checkRepositories(zip, repositoryRoot);
    if (this.#options.engine !== undefined) return this.#options.engine;
    return engine !== undefined && isEngine(engine) ? engine : undefined;
  }

  /** A restore unpacks repositories.zip beside ROOT, under its own name. */
  async #checkRepositories(zip: ZipReader, root: string | undefined): Promise<void> {
    const entry = this.#entries.find(({ name }) => name === REPOSITORIES);
    const top = entry && (await topFolderOf(zip, entry));
    const wanted = repositoriesFolderName(root);
    if (top === undefined || top === wanted) return;
    this.#notice({
      ...REPOSITORIES_FOLDER,
      place: placeOfFolder(top, wanted),
    });
  }

  /** What an upgrade writes itself, and would write again. */
  async #compareConfig(zip: ZipReader, { metadata, config, source }: UpgradePlan): Promise<void> {
    const expected = config.content ?? source.files?.config?.content;
    for (const [name, content] of [
      [CONFIG, expected],
      [METADATA, metadata],
    ] as const) {
      const entry = this.#entries.find((candidate) => candidate.name === name);
      if (entry === undefined || content === undefined) continue;
      for (const setting of differingSettings(content, await zip.readBuffer(entry, MAX_CONFIG_BYTES))) {
        this.#notice({
          ...failure('config-differs', texts().configDiffers),
          place: texts().named({ file: name, setting }),
        });
      }
    }
    if (expected !== undefined && !this.#entries.some(({ name }) => name === CONFIG)) {
      this.#notice({ ...damagedFiles(), place: texts().fileMissing({ name: CONFIG }) });
    }
  }

  #isTable({ name }: ZipEntry): boolean {
    const type =
      name.startsWith(DATABASE) && name.endsWith('.json') ? name.slice(DATABASE.length, -'.json'.length) : '';
    // A name that only differs by case is another file, until a file system that ignores case unpacks both into one.
    return this.#options.history.tableOfType(type)?.type === type;
  }

  #tableEntries(): Map<string, ZipEntry> {
    return new Map(
      this.#entries
        .filter((entry) => this.#isTable(entry))
        .map((entry) => [entry.name.slice(DATABASE.length, -'.json'.length), entry]),
    );
  }

  async #checkFiles(zip: ZipReader, progress: ProgressMeter, expectation: Expectation | undefined): Promise<void> {
    const { contents, deep = false, temporary, signal, input } = this.#options;
    const check: FileCheck = {
      ...{ zip, deep, temporary, signal },
      entries: this.#entries.filter((entry) => !this.#isTable(entry)),
      onBytes: (bytes) => progress.add('files', bytes),
      problem: (place) => this.#notice({ ...damagedFiles(), place }),
      onWarning: zipNotice(this.#notice),
    };
    const files = input?.source.files;
    const rewritten = expectation?.plan.config.exists === false ? [METADATA] : [METADATA, CONFIG];
    const unexpected = (place: string): void =>
      this.#notice({ ...failure('file-unexpected', texts().fileUnexpected), place });
    const compared = input === undefined ? 0 : await compareWithInput(check, files, { rewritten, unexpected });
    const all = contents || deep || files === undefined;
    const { count, repositoryEntries } = all
      ? await checkContents(check)
      : { count: compared, repositoryEntries: null };
    const checked = files === undefined ? 'contents' : all ? 'contents and input' : 'input';
    this.files = { count, checked, repositoryEntries };
  }

  async close(): Promise<void> {
    await this.#scratch?.engine.close();
  }
}

const damagedFiles = (): Notice =>
  failure('damaged', { title: texts().damaged.title, consequence: texts().damaged.orOther });
