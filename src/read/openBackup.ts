/** Opens a backup of any form for programs that read its content. */
import type { Readable } from 'node:stream';
import { OTHER_TYPE } from '../checks/rows/otherTypes.js';
import { checkArgument, checkOptions, PATH_OR_STREAM } from '../core/checkOptions.js';
import { UsageError } from '../core/errors.js';
import { type Finding, Findings } from '../core/findings.js';
import { listed } from '../core/language.js';
import type { SourceForm } from '../core/SourceForm.js';
import { standardInput } from '../core/standardInput.js';
import { explainSystemError } from '../core/systemErrors.js';
import { type Engine, isEngine } from '../engines/Engine.js';
import { TemporaryFolder } from '../files/TemporaryFolder.js';
import { IniDocument } from '../formats/ini/IniDocument.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import { GOGS } from '../gogs/gogsHistory.js';
import { CONFIG, METADATA } from '../gogs/layout.js';
import { isoDate } from '../gogs/metadata.js';
import { readFacts, readSetting } from '../gogs/settings/facts.js';
import { joinName, splitName } from '../gogs/settings/names.js';
import type { ArchiveFiles } from '../inputs/ArchiveFiles.js';
import { SOURCE_RULES, type SourceOptions } from '../inputs/InputOptions.js';
import { type Origin, originOf } from '../inputs/identify.js';
import { openSource } from '../inputs/openSource.js';
import type { Source, SourceTable } from '../inputs/Source.js';
import { pullRows } from './pullRows.js';
import { rowReader } from './rowReader.js';
import type { TableName, TableRows } from './TableRows.js';
import { texts } from './texts.js';

/** How an input is opened and read. */
export type OpenBackupOptions = SourceOptions;

/** A file of a backup, under its name in `gogs backup`. */
export interface BackupFile {
  /** `gogs-backup/data/avatars/1`, `gogs-backup/repositories.zip` */
  readonly name: string;
  readonly bytes: number;
  readonly modified: Date;
  /** Unix permission bits; 0 if the backup has none. */
  readonly mode: number;
  /** The content, piece by piece. Throws InputError if it is damaged. */
  content(): AsyncIterable<Uint8Array>;
}

/** An open backup. It keeps files open until it is closed. */
export interface Backup {
  readonly form: SourceForm;
  /** From metadata.ini; null for forms without it. */
  readonly gogsVersion: string | null;
  /** From table `version`, or else inferred from the release or the columns. */
  readonly schemaVersion: number;
  /** When the backup was made, from metadata.ini, in ISO 8601; null if unknown. */
  readonly madeAt: string | null;
  /** The database engine of the old server; null if unknown. */
  readonly engine: Engine | null;
  /** The tables that it contains, in the order in which `gogs backup` writes them. */
  readonly tables: readonly TableName[];
  /** Oddities found so far: when it was opened, and in the rows that were read since. */
  readonly findings: readonly Finding[];
  /**
   * The rows of a table, one by one, with their values in the backup; no rows for a table that it does not have. Columns that
   * no release of Gogs has are left out. A value of another JSON type than its column is converted if nothing is lost, as in an
   * upgrade, and is then one of the `findings`. Throws InputError for a value that does not fit its column.
   */
  rows<Name extends TableName>(table: Name): AsyncGenerator<TableRows[Name], void, void>;
  /** Everything except tables; nothing for forms that contain only a database. */
  files(): AsyncGenerator<BackupFile, void, void>;
  /** The settings of app.ini, by `section.KEY` as written there. Empty without an app.ini. */
  readonly settings: ReadonlyMap<string, string>;
  /** The effective value of a setting under any name it ever had: `database.TYPE`. Undefined if the file does not set it. */
  setting(name: string): string | undefined;
  /** Closes files, and removes temporary ones. */
  close(): Promise<void>;
}

/**
 * `input` is a path or a stream, of any form that an upgrade accepts. Throws InputError if it is not a backup of Gogs, or
 * cannot be read.
 */
export async function openBackup(input: string | Readable, options: OpenBackupOptions = {}): Promise<Backup> {
  checkArgument('openBackup', 'input', input, PATH_OR_STREAM);
  checkOptions('openBackup', options, SOURCE_RULES);
  const temporary = new TemporaryFolder(options.tempdir);
  const findings = new Findings();
  let source: Source | undefined;
  try {
    source = await openSource(input, { ...options, history: GOGS, temporary, notice: findings.add.bind(findings) });
    const origin = await originOf(source, GOGS, options.signal);
    for (const notice of source.notices ?? []) findings.add(notice);
    return new OpenedBackup({ source, origin, temporary, findings, signal: options.signal });
  } catch (error) {
    await source?.close();
    await temporary.remove();
    throw explainSystemError(typeof input === 'string' ? input : standardInput(), error);
  }
}

interface Parts {
  readonly source: Source;
  readonly origin: Origin;
  readonly temporary: TemporaryFolder;
  readonly findings: Findings;
  readonly signal: AbortSignal | undefined;
}

class OpenedBackup implements Backup {
  readonly form: SourceForm;
  readonly gogsVersion: string | null;
  readonly schemaVersion: number;
  readonly madeAt: string | null;
  readonly engine: Engine | null;
  readonly tables: readonly TableName[];
  readonly settings: ReadonlyMap<string, string>;
  readonly #findings: Findings;
  /** The last line with a value of another type, of each table, and the columns of those values. */
  readonly #noted = new Map<SourceTable, { readonly line: number; readonly columns: Set<string> }>();
  readonly #source: Source;
  readonly #temporary: TemporaryFolder;
  readonly #signal: AbortSignal | undefined;
  readonly #config: IniDocument | undefined;

  constructor({ source, origin, temporary, findings, signal }: Parts) {
    this.#source = source;
    this.#temporary = temporary;
    this.#signal = signal;
    this.#config = configOf(source);
    this.form = source.form;
    this.gogsVersion = origin.gogsVersion ?? null;
    this.schemaVersion = origin.schema;
    this.madeAt = source.madeAt === undefined ? null : isoDate(source.madeAt);
    this.engine = source.engine ?? engineIn(this.#config, source.gogsVersion);
    const there = new Set(source.tables.map(({ table }) => table.name));
    // TableRows has every table of the history.
    this.tables = GOGS.tables.map(({ name }) => name as TableName).filter((name) => there.has(name));
    this.settings = new Map(settingsOf(this.#config));
    this.#findings = findings;
  }

  get findings(): readonly Finding[] {
    return this.#findings.list();
  }

  async *rows<Name extends TableName>(name: Name): AsyncGenerator<TableRows[Name], void, void> {
    const table = GOGS.tableNamed(name);
    if (table === undefined) {
      throw new UsageError(
        texts().noTable({ table: String(name), tables: listed(GOGS.tables.map((known) => known.name)) }),
      );
    }
    for (const part of this.#source.tables.filter((found) => found.table === table)) {
      const read = rowReader(table, part.place, (line, column) => this.#noteOtherType(part, line, column));
      // TableRows is generated from the same columns by which the row is read.
      yield* pullRows(part, (row) => read(row) as unknown as TableRows[Name], this.#signal);
    }
  }

  /** A table may be read more than once. */
  #noteOtherType(part: SourceTable, line: number, column: string): void {
    const noted = this.#noted.get(part);
    if (noted !== undefined && (line < noted.line || (line === noted.line && noted.columns.has(column)))) return;
    if (noted?.line === line) noted.columns.add(column);
    else this.#noted.set(part, { line, columns: new Set([column]) });
    this.#findings.add({ ...OTHER_TYPE, place: texts().valueAt({ place: part.place, line, column }) });
  }

  async *files(): AsyncGenerator<BackupFile, void, void> {
    const { files } = this.#source;
    if (files === undefined) return;
    for (const entry of files.zip.entries) {
      const name = nameOf(files, entry);
      if (name === undefined || entry.isDirectory) continue;
      const { uncompressedSize: bytes, modified, mode } = entry;
      yield { name, bytes, modified, mode, content: () => files.zip.chunks(entry, this.#signal) };
    }
  }

  setting(name: string): string | undefined {
    if (this.#config === undefined) return undefined;
    return readSetting(this.#config, splitName(name), GOGS.settings, this.#source.gogsVersion)?.value;
  }

  async close(): Promise<void> {
    await this.#source.close();
    await this.#temporary.remove();
  }
}

/** The name of a file in a backup; files that the tool reads itself are included. */
function nameOf(files: ArchiveFiles, entry: ZipEntry): string | undefined {
  const { config, metadata } = files;
  if (entry.offset === config?.entry.offset) return CONFIG;
  return entry.offset === metadata?.entry.offset ? METADATA : files.nameOf(entry);
}

function configOf({ files, gogsVersion }: Source): IniDocument | undefined {
  const content = files?.config?.content;
  if (content === undefined) return undefined;
  return IniDocument.parse(content, { inlineComments: GOGS.settings.readsInlineComments(gogsVersion) }, 'app.ini');
}

function engineIn(config: IniDocument | undefined, gogsVersion: string | undefined): Engine | null {
  const engine = config === undefined ? undefined : readFacts(config, GOGS.settings, gogsVersion).engine;
  return engine !== undefined && isEngine(engine) ? engine : null;
}

function* settingsOf(document: IniDocument | undefined): Generator<[string, string], void, void> {
  for (const section of document?.sections() ?? []) {
    for (const key of document?.keys(section) ?? []) {
      yield [joinName({ section, key }), document?.get(section, key) ?? ''];
    }
  }
}
