/** Reads tables directly from an SQLite database: a server's `gogs.db`. */
import { stat } from 'node:fs/promises';
import { InputError } from '../core/errors.js';
import type { Row, RowConsumer } from '../core/rows.js';
import type { SourceForm } from '../core/SourceForm.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { openSqliteFile } from '../formats/sqlite/openSqliteFile.js';
import type { SqliteDatabase, SqliteTable } from '../formats/sqlite/SqliteDatabase.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import type { Table } from '../gogs/tables.js';
import type { ArchiveFiles } from './ArchiveFiles.js';
import { columnFinder } from './columnFinder.js';
import { recognizeTable } from './recognizeTable.js';
import type { ForeignTable, Source, SourceTable, StatementSink } from './Source.js';
import { texts } from './texts.js';

export interface SqliteSourceParts {
  readonly form: SourceForm;
  /** The input as given by the user. */
  readonly input: string;
  /** The path of the database. */
  readonly path: string;
  /** The name of the database for errors. */
  readonly name: string;
  readonly history: GogsHistory;
  readonly maxRowBytes: number;
  readonly temporary: TemporaryFolder;
  /** The other contents of the input. */
  readonly files?: ArchiveFiles | undefined;
  readonly filesBytes?: number;
  readonly signal?: AbortSignal | undefined;
  readonly close?: () => Promise<void>;
}

class DatabaseTable implements SourceTable {
  readonly place: string;
  readonly bytes: number;
  readonly columns: readonly string[];
  readonly nextId: bigint | undefined;

  constructor(
    readonly table: Table,
    readonly from: SqliteTable,
    readonly database: SqliteDatabase,
    readonly maxRowBytes: number,
  ) {
    this.place = texts().table({ name: from.name });
    this.bytes = from.bytes;
    this.columns = from.columns.map(({ name }) => name);
    this.nextId = from.nextId;
  }

  async definitions(): Promise<readonly string[]> {
    return [this.from.sql, ...this.from.related];
  }

  async readRows(row: Row, consumer: RowConsumer, signal?: AbortSignal): Promise<void> {
    const { maxRowBytes } = this;
    const columnOf = columnFinder(this.table);
    await this.database.readRows(this.from, { row, columnOf, consumer }, { maxRowBytes, signal });
  }
}

export class SqliteSource implements Source {
  readonly form: SourceForm;
  readonly gogsVersion = undefined;
  readonly madeAt = undefined;
  readonly engine = 'sqlite3';
  readonly input: string;
  readonly bytes: number;
  readonly bytesToRead: number;
  readonly tables: readonly DatabaseTable[];
  readonly foreignTables: readonly ForeignTable[];
  readonly files: ArchiveFiles | undefined;
  readonly #database: SqliteDatabase;
  readonly #temporary: TemporaryFolder;
  readonly #close: (() => Promise<void>) | undefined;

  private constructor(parts: SqliteSourceParts, database: SqliteDatabase, bytes: number) {
    const { form, input, files, history, filesBytes = 0, maxRowBytes } = parts;
    this.form = form;
    this.input = input;
    this.files = files;
    this.#database = database;
    this.#temporary = parts.temporary;
    this.#close = parts.close;
    const recognized = database.tables.map((from) => {
      const columns = from.columns.map(({ name }) => name);
      return { from, ...recognizeTable(history, from.name, columns) };
    });
    this.tables = recognized.flatMap(({ from, table }) =>
      table === undefined ? [] : [new DatabaseTable(table, from, database, maxRowBytes)],
    );
    const foreign = recognized.flatMap(({ from, table, lacks }) =>
      table === undefined
        ? [
            {
              ...{ name: from.name, place: texts().table({ name: from.name }), lacks },
              writeStatements: ({ write, drain }: StatementSink) =>
                database.writeStatements(from, write, { drain, maxRowBytes, signal: parts.signal }),
            },
          ]
        : [],
    );
    const unreadable = database.unreadable.map(({ name }) => ({ name, place: texts().table({ name }), lacks: [] }));
    this.foreignTables = [...foreign, ...unreadable].filter(({ name }) => !history.forgottenTables.has(name));
    this.bytes = bytes + filesBytes;
    this.bytesToRead = this.tables.reduce((sum, table) => sum + table.bytes, filesBytes);
  }

  /**
   * Throws InputError for a database that is in use or damaged, or that has a Gogs table with a definition that Gogs never
   * creates.
   */
  static async open(parts: SqliteSourceParts): Promise<SqliteSource> {
    const { path, name, history, temporary, signal } = parts;
    const newPath = (file: string): Promise<string> => temporary.newPath(file);
    const database = await openSqliteFile(path, { name, newPath, signal });
    try {
      const unread = database.unreadable.find((table) => history.tableNamed(table.name) !== undefined);
      if (unread !== undefined) {
        throw new InputError(texts().unreadableTable({ table: unread.name, name, reason: unread.why }));
      }
      return new SqliteSource(parts, database, (await stat(path)).size);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  async integrityProblem(): Promise<string | undefined> {
    return this.#database.integrityProblem((file) => this.#temporary.newPath(file));
  }

  async close(): Promise<void> {
    await this.#database.close();
    await this.#close?.();
  }
}
