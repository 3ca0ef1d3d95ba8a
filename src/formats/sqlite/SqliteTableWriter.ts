/** Writes the rows of one table of a new database: as pages, or with statements of SQLite. */
import type { Database, Statement } from 'node-sqlite3-wasm';
import { textBytes, toBoolean, toInteger } from '../../core/coerce.js';
import { type Cell, CellKind, type ColumnKind, type Row, type RowConsumer } from '../../core/rows.js';
import { quoteName } from '../../engines/engineNamed.js';
import type { SqlOutputColumn } from '../sql/writing/SqlTableWriter.js';
import { sqliteTimeText } from '../sql/writing/sqliteTimeText.js';
import type { DefaultValue } from './RecordEncoder.js';
import type { TableRows } from './TableRows.js';

/** Measured: 20 rows per statement are three times as fast as one, and 50 are no faster. */
const VALUES_PER_STATEMENT = 300;

export interface SqliteTableParts {
  readonly name: string;
  readonly columns: readonly SqlOutputColumn[];
  /** The value for a column that a row omits. */
  readonly defaults: readonly DefaultValue[];
  /** Undefined if only SQLite can write the rows. */
  readonly rows: TableRows | undefined;
  readonly connect: () => Promise<Database>;
  /** Does work of SQLite, and explains its errors. */
  readonly explaining: <T>(work: () => T) => T;
}

/** `finish` must follow the last row. */
export class SqliteTableWriter implements RowConsumer {
  readonly #parts: SqliteTableParts;
  /** Values per statement. */
  readonly #full: number;
  /** Undefined once a row is for SQLite. */
  #rows: TableRows | undefined;
  #statement: Statement | undefined;
  /** Of the rows that wait for SQLite. */
  #values: DefaultValue[] = [];

  constructor(parts: SqliteTableParts) {
    this.#parts = parts;
    const width = parts.columns.length;
    this.#full = width * Math.max(1, Math.floor(VALUES_PER_STATEMENT / width));
    this.#rows = parts.rows;
  }

  row(row: Row): void {
    if (this.#rows !== undefined) {
      if (this.#rows.add(row)) return;
      this.#endPages();
    }
    const { columns, defaults } = this.#parts;
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i] as SqlOutputColumn;
      const cell = row.cell(column.index);
      this.#values.push(cell.kind === CellKind.Missing ? (defaults[i] ?? null) : sqliteValue(cell, column.kind));
    }
  }

  #endPages(): void {
    const rows = this.#rows;
    this.#rows = undefined;
    rows?.finish();
  }

  async drain(): Promise<void> {
    if (this.#values.length < this.#full) return;
    const database = await this.#parts.connect();
    this.#statement ??= this.#prepare(database, this.#full);
    const statement = this.#statement;
    const values = this.#values;
    const whole = values.length - (values.length % this.#full);
    this.#values = values.slice(whole);
    for (let at = 0; at < whole; at += this.#full) {
      this.#parts.explaining(() => statement.run(values.slice(at, at + this.#full)));
    }
  }

  #prepare(database: Database, values: number): Statement {
    const { name, columns } = this.#parts;
    // Text is bound as bytes: this is faster, and keeps NUL characters and invalid UTF-8.
    const row = `(${columns.map(({ kind }) => (kind === 'text' || kind === 'uuid' ? 'CAST(? AS TEXT)' : '?')).join(',')})`;
    const names = columns.map((column) => quoteName(column.name, 'sqlite3')).join(',');
    const rows = Array.from({ length: values / columns.length }, () => row).join(',');
    return database.prepare(`INSERT INTO ${quoteName(name, 'sqlite3')} (${names}) VALUES ${rows}`);
  }

  async finish(): Promise<void> {
    this.#endPages();
    await this.drain();
    const values = this.#values;
    if (values.length > 0) {
      const database = await this.#parts.connect();
      this.#parts.explaining(() => {
        this.#statement?.finalize();
        this.#statement = this.#prepare(database, values.length);
        this.#statement.run(values);
      });
    }
    this.abandon();
  }

  /** Ends without writing the waiting rows. */
  abandon(): void {
    this.#rows = undefined;
    this.#values = [];
    try {
      this.#statement?.finalize();
    } catch {
      // SQLite throws the error of the last execution again.
    }
    this.#statement = undefined;
  }
}

/** The value as SQLite stores it. Bytes are copied, because the reader reuses its buffer. */
function sqliteValue(cell: Cell, kind: ColumnKind): DefaultValue {
  if (cell.kind === CellKind.Null) return null;
  switch (kind) {
    case 'integer': {
      const digits = toInteger(cell) ?? '';
      return digits.length < 16 ? Number(digits) : BigInt(digits);
    }
    case 'boolean':
      return toBoolean(cell) === true ? 1 : 0;
    case 'time':
      return sqliteTimeText(cell) ?? null;
    default:
      return Buffer.from(textBytes(cell));
  }
}
