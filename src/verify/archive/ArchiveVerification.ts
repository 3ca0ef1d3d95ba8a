/** Reads a backup as the target's restore does, inserts its rows into a database, and compares rows and files with an input. */
import { placeOfFolder, REPOSITORIES_FOLDER } from '../../checks/files/repositoriesFolder.js';
import { NO_USERS } from '../../checks/rows/noUsers.js';
import { UsageError } from '../../core/errors.js';
import type { Notice } from '../../core/findings.js';
import { ProgressMeter } from '../../core/ProgressMeter.js';
import { type Engine, isEngine } from '../../engines/Engine.js';
import { engineNamed } from '../../engines/engineNamed.js';
import type { TemporaryFolder } from '../../files/TemporaryFolder.js';
import { IniDocument } from '../../formats/ini/IniDocument.js';
import { quoteName } from '../../formats/zip/ZipEntry.js';
import { ZipReader } from '../../formats/zip/ZipReader.js';
import { CONFIG, METADATA, REPOSITORIES } from '../../gogs/layout.js';
import type { GogsHistory, Target } from '../../gogs/releases/foldReleases.js';
import { repositoriesFolderName } from '../../gogs/repositoriesFolderName.js';
import { readFacts } from '../../gogs/settings/facts.js';
import { topFolderOf } from '../../inputs/openRepositories.js';
import { zipNotice } from '../../inputs/zipNotice.js';
import { modeOfGenerated } from '../../outputs/modeOfGenerated.js';
import type { VerifyReport } from '../../reports/VerifyReport.js';
import type { UpgradePlan } from '../../upgrade/planUpgrade.js';
import { ScratchDatabase } from '../engines/ScratchDatabase.js';
import type { Expectation } from '../expected/Expectation.js';
import type { VerifiedInput } from '../expected/VerifiedInput.js';
import { differingSettings } from '../findings/differingSettings.js';
import { failure, information, previewNotice } from '../findings/notices.js';
import { texts } from '../texts.js';
import type { VerifyOptions } from '../VerifyOptions.js';
import { AfterRestoreRows } from './AfterRestoreRows.js';
import { checkContents, compareWithInput, type FileCheck } from './fileChecks.js';
import { OpenedArchive } from './OpenedArchive.js';
import { checkMetadata, checkNames, checkVersion } from './restoreConditions.js';
import { TriedScript } from './TriedScript.js';
import { verifyTables } from './verifyTables.js';

export interface VerifyArchiveOptions
  extends Pick<VerifyOptions, 'engine' | 'filesOnly' | 'deep' | 'database' | 'signal' | 'onProgress'> {
  readonly history: GogsHistory;
  /** Undefined to use the one in metadata.ini. */
  readonly to: Target | undefined;
  /** The name of the archive. */
  readonly archive: string;
  /** The path of the archive. */
  readonly path: string;
  /** The path of the SQL to load after the restore, if any; the file need not exist. */
  readonly afterRestoreSql: string | undefined;
  readonly input: VerifiedInput | undefined;
  /** Inflate every file. Otherwise files are only compared with the input's compressed bytes. */
  readonly contents: boolean;
  readonly temporary: TemporaryFolder;
}

/** A backup whose target and engine are known. */
export interface ReadArchive {
  readonly opened: OpenedArchive;
  /** The engine in app.ini; undefined if unknown. */
  readonly engine: Engine | undefined;
  readonly progress: ProgressMeter;
}

/** What is in the report, whatever the verification has reached. */
class ArchiveResult {
  bytes = 0;
  /** Null if no row was inserted anywhere. */
  product: string | null = null;
  afterRestoreSql: string | null = null;
  tables: VerifyReport['tables'] = [];
  files: VerifyReport['files'] = { count: 0, checked: 'contents', repositoryEntries: null };

  constructor(public target: Target) {}
}

export class ArchiveVerification {
  readonly result: ArchiveResult;
  readonly #options: VerifyArchiveOptions;
  readonly #notice: (notice: Notice) => void;

  constructor(options: VerifyArchiveOptions, notice: (notice: Notice) => void) {
    this.#options = options;
    this.#notice = notice;
    this.result = new ArchiveResult(options.to ?? options.history.defaultTarget);
  }

  /** Throws InputError if the archive cannot be read. Its zip must be closed. */
  async open(): Promise<ReadArchive> {
    const { path, archive, signal, input, onProgress, history } = this.#options;
    const zip = await ZipReader.open(path, { name: archive, signal, onWarning: zipNotice(this.#notice) });
    try {
      this.result.bytes = zip.size;
      const opened = new OpenedArchive(zip, history);
      if (opened.isCsv()) throw new UsageError(texts().isCsv({ path: archive }));
      const bytes = (input?.source.bytesToRead ?? 0) + opened.uncompressedBytes;
      return {
        opened,
        engine: await this.#checkConditions(opened),
        progress: new ProgressMeter(bytes, onProgress),
      };
    } catch (error) {
      await zip.close();
      throw error;
    }
  }

  /** `plan`, `expectation`: those of the input, if there is one. Throws InputError if the archive cannot be read. */
  async run(
    { opened, engine, progress }: ReadArchive,
    plan: UpgradePlan | undefined,
    expectation: Expectation | undefined,
  ): Promise<void> {
    const { target } = this.result;
    const { signal, database, temporary, contents, deep = false } = this.#options;
    const leftovers = await AfterRestoreRows.read(this.#options.afterRestoreSql, { engine, target, temporary, signal });
    this.result.afterRestoreSql = leftovers.path ?? null;
    const scratch = new ScratchDatabase(database, temporary);
    try {
      // A server that cannot be reached is no reason to read everything first.
      if (database !== undefined) await scratch.open();
      const script = TriedScript.of({ leftovers, target, scratch, notice: this.#notice });
      this.result.tables = await verifyTables({
        zip: opened.zip,
        target,
        engine,
        leftovers,
        expectation,
        signal,
        notice: this.#notice,
        entries: opened.tables(),
        scratch,
        script,
        schema: target.schemaFor(scratch.dialect),
        insertsAll: deep || database !== undefined,
        onBytes: (table, done) => progress.add(table.name, done),
      });
      this.#checkScript(leftovers, script !== undefined);
    } finally {
      this.result.product = scratch.product ?? null;
      await scratch.close();
    }
    // During an upgrade, its own checks report this.
    if (contents) this.#checkUsers();
    this.#checkLinks(opened);
    this.result.files = await this.#checkFiles(opened, plan, (bytes) => progress.add('files', bytes));
    if (plan !== undefined) await this.#compareConfig(opened, plan);
  }

  #checkScript({ path, isGenuine, left, engine }: AfterRestoreRows, isTried: boolean): void {
    if (path === undefined) return;
    if (isGenuine && !isTried && engine !== undefined) {
      const { product, schemes } = engineNamed(engine);
      const { title, remedy } = texts().sqlNotTried;
      const words = { title: title({ product }), remedy: remedy({ scheme: schemes[0] ?? engine }) };
      this.#notice({ ...information('sql-not-tried', words), place: path });
    }
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
    const users = this.result.tables.find(({ table }) => table === 'user');
    if (users === undefined || users.rowsRestored + users.rowsBySql > 0) return;
    this.#notice(failure('no-users', NO_USERS));
  }

  /** Returns the engine in app.ini. */
  async #checkConditions(opened: OpenedArchive): Promise<Engine | undefined> {
    const metadata = checkMetadata(await opened.read(METADATA), this.#notice);
    const { history, to } = this.#options;
    const target = to ?? history.targetOfRelease(metadata?.gogsVersion);
    this.result.target = target;
    const preview = previewNotice(target);
    if (preview !== undefined) this.#notice(preview);
    if (metadata !== undefined) checkVersion(metadata, target, this.#notice);
    checkNames(
      new Set(opened.entries.map(({ name }) => name)),
      { target, filesOnly: this.#options.filesOnly === true },
      this.#notice,
    );
    const config = await opened.read(CONFIG);
    if (config === undefined) return this.#options.engine;
    const { engine, repositoryRoot } = readFacts(
      IniDocument.parse(config, { inlineComments: false }, CONFIG),
      history.settings,
      target.firstRelease,
    );
    // An upgrade has reported it already.
    if (this.#options.contents) await this.#checkRepositories(opened, repositoryRoot);
    if (this.#options.engine !== undefined) return this.#options.engine;
    return engine !== undefined && isEngine(engine) ? engine : undefined;
  }

  /** A restore unpacks repositories.zip beside ROOT, under the name in the zip. */
  async #checkRepositories(opened: OpenedArchive, root: string | undefined): Promise<void> {
    const entry = opened.entryNamed(REPOSITORIES);
    const top = entry && (await topFolderOf(opened.zip, entry));
    const wanted = repositoriesFolderName(root);
    if (top === undefined || top === wanted) return;
    this.#notice({
      ...REPOSITORIES_FOLDER,
      place: placeOfFolder(top, wanted),
    });
  }

  /** Compares the files that an upgrade generates itself. */
  async #compareConfig(opened: OpenedArchive, { metadata, config, files }: UpgradePlan): Promise<void> {
    const expected = config.content ?? files?.config?.content;
    const copied = config.content === undefined ? files?.config?.entry.mode : undefined;
    for (const [name, content, mode] of [
      [CONFIG, expected, copied ?? modeOfGenerated(CONFIG, files)],
      [METADATA, metadata, modeOfGenerated(METADATA, files)],
    ] as const) {
      const found = await opened.read(name);
      if (found === undefined || content === undefined) continue;
      const foundMode = opened.entryNamed(name)?.mode ?? 0;
      if (foundMode !== mode) {
        const difference = texts().differences.mode({ found: foundMode.toString(8), expected: mode.toString(8) });
        this.#notice({ ...damagedFiles(), place: texts().fileDiffers({ name: quoteName(name), difference }) });
      }
      for (const setting of differingSettings(content, found)) {
        this.#notice({
          ...failure('config-differs', texts().configDiffers),
          place: texts().named({ file: name, setting }),
        });
      }
    }
    if (expected !== undefined && opened.entryNamed(CONFIG) === undefined) {
      this.#notice({ ...damagedFiles(), place: texts().fileMissing({ name: CONFIG }) });
    }
  }

  /** gogs restore unpacks a link as a link, whose target would be the content of the table or of app.ini. */
  #checkLinks(opened: OpenedArchive): void {
    const tables = new Set(opened.tables().values());
    for (const entry of opened.entries) {
      if (!entry.isSymlink || !(tables.has(entry) || GENERATED.has(entry.name))) continue;
      this.#notice({ ...damagedFiles(), place: texts().namedLink({ name: quoteName(entry.name) }) });
    }
  }

  async #checkFiles(
    opened: OpenedArchive,
    plan: UpgradePlan | undefined,
    onBytes: (bytes: number) => void,
  ): Promise<VerifyReport['files']> {
    const { contents, deep = false, temporary, signal } = this.#options;
    const check: FileCheck = {
      zip: opened.zip,
      deep,
      temporary,
      signal,
      entries: opened.files(),
      onBytes,
      problem: (place) => this.#notice({ ...damagedFiles(), place }),
      onWarning: zipNotice(this.#notice),
    };
    const files = plan?.files;
    const rewritten = plan?.config.exists === false ? [METADATA] : [METADATA, CONFIG];
    const unexpected = (place: string): void =>
      this.#notice({ ...failure('file-unexpected', texts().fileUnexpected), place });
    const compared = plan === undefined ? 0 : await compareWithInput(check, files, { rewritten, unexpected });
    const all = contents || deep || files === undefined;
    const { count, repositoryEntries } = all
      ? await checkContents(check)
      : { count: compared, repositoryEntries: null };
    const checked = files === undefined ? 'contents' : all ? 'contents and input' : 'input';
    return { count, checked, repositoryEntries };
  }
}

/** Files that every backup has as files. */
const GENERATED: ReadonlySet<string> = new Set([METADATA, CONFIG, REPOSITORIES]);

const damagedFiles = (): Notice =>
  failure('damaged', { title: texts().damaged.title, consequence: texts().damaged.orOther });
