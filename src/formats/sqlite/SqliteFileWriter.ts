/**
 * Writes a new SQLite database: without SQLite as long as everything is usual (`NewDatabase`). What is not is left to SQLite, which
 * then goes on: tables of other applications, rows far out of order, values that it would convert, more keys than memory is set
 * aside for. It also leaves most rows to `TableRows`, which writes pages while no connection is open. Measured on 50,000 rows, 40 MB:
 * that takes a quarter of the processor time of inserting them with prepared statements, which itself is faster than executing SQL.
 */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'node-sqlite3-wasm';
import { errorMessage, outputError } from '../../core/systemErrors.js';
import { quoteText } from '../../engines/quote.js';
import type { SqlOutputColumn } from '../sql/writing/SqlTableWriter.js';
import type { KeyBudget } from './KeyBudget.js';
import { NewDatabase } from './NewDatabase.js';
import { PageAppender } from './PageAppender.js';
import { type DefaultValue, RecordEncoder } from './RecordEncoder.js';
import { SqliteTableWriter } from './SqliteTableWriter.js';
import { sameKeyError } from './sameKeyError.js';
import { TableRows } from './TableRows.js';
import { TableTreeWriter } from './TableTreeWriter.js';

/** The file has a temporary name until it is whole and on disk, so it needs neither a journal nor SQLite's own flushing. */
const SETTINGS = [
  'PRAGMA journal_mode = OFF',
  'PRAGMA synchronous = OFF',
  'PRAGMA locking_mode = EXCLUSIVE',
  'PRAGMA temp_store = MEMORY',
  'PRAGMA cache_size = -16384',
].join(';');

/** SQLite's messages about the disk: https://www.sqlite.org/rescode.html, SQLITE_FULL and SQLITE_IOERR. */
const OF_THE_DISK = /disk is full|disk I\/O error/;
/** Bytes: a disk with less is full. */
const FULL_BELOW = 64 * 1024;

/** A table without rows, indexes, triggers and checks, whose rows can be written as pages. */
interface PlainTable {
  readonly root: number;
  /** The column that is an alias of the row id. */
  readonly idColumn: string;
  readonly notNull: ReadonlySet<string>;
  /** SQLite remembers its largest id. */
  readonly countsIds: boolean;
}

/** Opens a connection. */
type Connect = (path: string) => Database;

export class SqliteFileWriter {
  readonly #path: string;
  readonly #name: string;
  /** The file until SQLite is needed. */
  #new: NewDatabase | undefined;
  /** Set once it is. */
  #connect: Connect | undefined;
  /** The connection; while there is none, pages are written. */
  #database: Database | undefined;
  #pages: PageAppender | undefined;
  #plainTables: ReadonlyMap<string, PlainTable> | undefined;
  /** The values of defaults, by their SQL. */
  readonly #defaults = new Map<string, DefaultValue>();
  /** Statements that wait for a connection. */
  #waiting = '';
  #table: SqliteTableWriter | undefined;

  private constructor(path: string, name: string, budget: KeyBudget | undefined) {
    this.#path = path;
    this.#name = name;
    this.#new = NewDatabase.create(path, name, budget);
  }

  /** `path` must not exist, or must be an empty file. `name` is used in errors. */
  static create(path: string, name = path, budget?: KeyBudget): SqliteFileWriter {
    return new SqliteFileWriter(path, name, budget);
  }

  /** The connection, in a transaction unless the caller ended it. */
  async #connected(): Promise<Database> {
    if (this.#connect === undefined) {
      // The package is CommonJS, so its names are on the default export.
      const { default: sqlite } = await import('node-sqlite3-wasm');
      this.#connect = (file) => new sqlite.Database(file);
    }
    return this.#opened();
  }

  /** The same, once SQLite is loaded. */
  #opened(): Database {
    return this.#database ?? this.#explaining(() => this.#reconnect());
  }

  #reconnect(): Database {
    const [made, pages] = [this.#new, this.#pages];
    this.#new = undefined;
    this.#pages = undefined;
    made?.complete();
    pages?.close();
    const database = (this.#connect as Connect)(this.#path);
    this.#database = database;
    database.exec(SETTINGS);
    if (pages !== undefined || made?.isInTransaction === true) database.exec(`BEGIN; ${this.#waiting}`);
    this.#waiting = '';
    return database;
  }

  /** Ends the connection, and begins to write pages. */
  #disconnect(): PageAppender {
    if (this.#pages !== undefined) return this.#pages;
    const database = this.#database;
    this.#explaining(() => {
      if (database?.inTransaction === true) database.exec('COMMIT');
      database?.close();
    });
    this.#database = undefined;
    this.#pages = PageAppender.open(this.#path, this.#name);
    return this.#pages;
  }

  /** Executes one or more statements. */
  async execute(sql: string): Promise<void> {
    const rest = this.#new === undefined ? sql : this.#new.execute(sql);
    if (rest === '') return;
    const database = await this.#connected();
    this.#plainTables = undefined;
    this.#explaining(() => database.exec(rest));
  }

  /** Names the indexes that will be created after the rows of existing tables. */
  awaitIndexes(sql: string): void {
    this.#new?.awaitIndexes(sql);
  }

  /** Does work of SQLite. Throws InputError for rows with the same key, and OutputError if the disk is full or fails. */
  #explaining<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#explain(error);
    }
  }

  #explain(error: unknown): unknown {
    const message = errorMessage(error);
    const columns = /^UNIQUE constraint failed: (.+)$/.exec(message)?.[1];
    if (columns !== undefined) return sameKeyError(columns, error);
    if (!OF_THE_DISK.test(message)) return error;
    // The package does not pass on the system's own error.
    const { bavail, bsize } = statfsSync(dirname(this.#path));
    const code = bavail * bsize < FULL_BELOW ? 'ENOSPC' : 'EIO';
    return outputError(this.#name, Object.assign(new Error(message, { cause: error }), { code, syscall: 'write' }));
  }

  /**
   * Does all of the work or, if SQLite rejects a statement, nothing. Returns SQLite's reason. No transaction may be in
   * progress.
   */
  async attempt(work: (execute: (statement: string) => void) => Promise<void>): Promise<string | undefined> {
    const database = await this.#connected();
    let refusal: string | undefined;
    const execute = (statement: string): void => {
      try {
        database.exec(statement);
      } catch (error) {
        refusal = errorMessage(error);
        throw error;
      }
    };
    // Without a journal there is no rollback.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN');
    try {
      await work(execute);
      database.exec('COMMIT');
      return undefined;
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      if (refusal === undefined || OF_THE_DISK.test(refusal)) throw this.#explain(error);
      return refusal;
    } finally {
      database.exec('PRAGMA journal_mode = OFF');
    }
  }

  /** Begins an existing table without rows. One table at a time. */
  beginTable(name: string, columns: readonly SqlOutputColumn[]): SqliteTableWriter {
    const defaults =
      this.#new?.defaultsOf(name, columns) ??
      columns.map(({ default: sql }) => (sql === undefined ? null : this.#evaluate(sql)));
    this.#table = new SqliteTableWriter({
      name,
      columns,
      defaults,
      rows: this.#new === undefined ? this.#beginRows(name, columns, defaults) : this.#new.beginRows(name, columns),
      connect: () => this.#connected(),
      explaining: (work) => this.#explaining(work),
    });
    return this.#table;
  }

  #evaluate(sql: string): DefaultValue {
    let value = this.#defaults.get(sql);
    if (value === undefined) {
      value = (this.#opened().get(`SELECT ${sql} AS value`)?.['value'] ?? null) as DefaultValue;
      this.#defaults.set(sql, value);
    }
    return value;
  }

  /** Begins to write the rows of a table as pages; undefined if only SQLite can write them. */
  #beginRows(
    name: string,
    columns: readonly SqlOutputColumn[],
    defaults: readonly DefaultValue[],
  ): TableRows | undefined {
    this.#plainTables ??= plainTablesIn(this.#opened());
    const table = this.#plainTables.get(name);
    const idColumn = columns.findIndex((column) => column.name === table?.idColumn);
    if (table === undefined || idColumn < 0 || !RecordEncoder.canEncode(columns)) return undefined;
    return new TableRows({
      tree: new TableTreeWriter(this.#disconnect(), table.root),
      encoder: new RecordEncoder(columns, { defaults, idColumn, notNull: table.notNull }),
      idColumn: `${name}.${table.idColumn}`,
      memory: { bytes: Buffer.alloc(0) },
      complete: (lastId) => {
        if (!table.countsIds || lastId < 0) return;
        this.#waiting += `INSERT INTO sqlite_sequence (name, seq) VALUES (${quoteText(name)}, ${lastId});\n`;
      },
    });
  }

  /** Completes the file. */
  async close(): Promise<void> {
    this.#table?.abandon();
    const made = this.#new;
    this.#new = undefined;
    if (made !== undefined) return made.complete();
    const database = await this.#connected();
    this.#explaining(() => {
      if (database.inTransaction) database.exec('COMMIT');
    });
    this.abandon();
  }

  /** Closes a file that is not needed any more, or is complete. */
  abandon(): void {
    this.#table?.abandon();
    const [made, pages, database] = [this.#new, this.#pages, this.#database];
    this.#new = undefined;
    this.#pages = undefined;
    this.#database = undefined;
    made?.abandon();
    pages?.abandon();
    if (database?.isOpen === true) database.close();
  }
}

/** Only SQLite checks values, and computes them. */
const CHECKED = /\b(?:CHECK|STRICT|GENERATED|AS|WITHOUT)\b/i;

function plainTablesIn(database: Database): Map<string, PlainTable> {
  const tables = database.all(
    "SELECT name, rootpage, sql FROM sqlite_schema AS s WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' " +
      "AND NOT EXISTS (SELECT 1 FROM sqlite_schema AS other WHERE other.tbl_name = s.name AND other.type <> 'table')",
  );
  const plain = new Map<string, PlainTable>();
  for (const { name, rootpage, sql } of tables) {
    const columns = database.all('SELECT name, type, pk, "notnull" FROM pragma_table_info(?)', [String(name)]);
    const keys = columns.filter(({ pk }) => pk !== 0);
    // It has no index, so a single whole number as the primary key is the row id, unless rows have none.
    const [key] = keys;
    const definition = String(sql).replaceAll(/'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]/g, '""');
    if (keys.length !== 1 || key === undefined || CHECKED.test(definition)) continue;
    if (String(key['type']).toUpperCase() !== 'INTEGER') continue;
    plain.set(String(name), {
      root: Number(rootpage),
      idColumn: String(key['name']),
      notNull: new Set(columns.filter(({ notnull }) => notnull !== 0).map((column) => String(column['name']))),
      countsIds: /\bAUTOINCREMENT\b/i.test(definition),
    });
  }
  return plain;
}
