/**
 * Writes rows as SQL for an engine's own client: INSERT statements with many rows for MySQL and SQLite, COPY blocks for
 * PostgreSQL. After the statements of `sqlOpening`, literals have the same meaning under all server settings.
 *
 * The caller defines tables and indexes.
 */

import { isUtf8 } from 'node:buffer';
import { ByteWriter } from '../../core/ByteWriter.js';
import {
  describeProblem,
  isPlainInteger,
  textBytes,
  toBoolean,
  toInteger,
  toTime,
  ValueProblem,
} from '../../core/coerce.js';
import { OutputError } from '../../core/errors.js';
import { type Cell, CellKind, type Row, type RowConsumer } from '../../core/rows.js';
import { quoteName } from '../../engines/engineNamed.js';
import type { ByteSink } from '../../files/ByteSink.js';
import type { Dialect } from './Dialect.js';
import type { SqlColumn } from './SqlColumn.js';
import { sqliteTimeText } from './sqliteTimeText.js';
import { texts } from './texts.js';
import { unquoteDefault } from './unquoteDefault.js';

/** Maximum rows and bytes of a statement, to stay below the smallest packet limit of MySQL. */
const MAX_ROWS = 1000;
const MAX_BYTES = 512 * 1024;
/** Bytes to buffer before writing. */
const FLUSH_AT = 256 * 1024;
const KEPT_BUFFER = 4 * 1024 * 1024;

/** A column to write. */
export interface SqlOutputColumn extends SqlColumn {
  /** Index of its cell in the row. */
  readonly index: number;
}

const LF = 0x0a;
const CR = 0x0d;
const TAB = 0x09;
const SINGLE_QUOTE = 0x27;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const NOTHING = 0;
/** In the tables below: the value cannot be written as a plain string. */
const HARD = 1;

/** For each byte, the letter that follows the backslash, or NOTHING if the byte is written unchanged. */
function escapeTable(pairs: readonly (readonly [byte: number, written: string | typeof HARD])[]): Uint8Array {
  const table = new Uint8Array(256).fill(NOTHING);
  for (const [byte, written] of pairs) table[byte] = written === HARD ? HARD : written.charCodeAt(0);
  return table;
}

const ESCAPES: Readonly<Record<Dialect, Uint8Array>> = {
  // The mysql client drops the CR of a raw CR LF and ends a line at a NUL; ^Z ends a file on Windows.
  mysql: escapeTable([
    [0x00, '0'],
    [LF, 'n'],
    [CR, 'r'],
    [0x1a, 'Z'],
    [SINGLE_QUOTE, "'"],
    [BACKSLASH, '\\'],
  ]),
  postgres: escapeTable([
    [0x00, HARD],
    [TAB, 't'],
    [LF, 'n'],
    [CR, 'r'],
    [BACKSLASH, '\\'],
  ]),
  // sqlite3 drops the CR of a CR LF in a string, and ends a string at a NUL.
  sqlite3: escapeTable([
    [0x00, HARD],
    [CR, HARD],
    [SINGLE_QUOTE, "'"],
  ]),
};

/** One bit for each engine that escapes the byte: a single constant table is twice as fast as choosing one. */
const DIALECT_BITS: Readonly<Record<Dialect, number>> = { mysql: 1, postgres: 2, sqlite3: 4 };
const ESCAPED_IN = Uint8Array.from({ length: 256 }, (_, byte) => {
  const bitOf = (dialect: Dialect): number => (ESCAPES[dialect][byte] === NOTHING ? 0 : DIALECT_BITS[dialect]);
  return bitOf('mysql') | bitOf('postgres') | bitOf('sqlite3');
});

/** Writes the rows of one table. `finish` must follow the last one. */
export class SqlTableWriter implements RowConsumer {
  readonly #dialect: Dialect;
  readonly #table: string;
  readonly #columns: readonly SqlOutputColumn[];
  readonly #sink: ByteSink;
  readonly #escapes: Uint8Array;
  readonly #opening: Buffer;
  readonly #copies: boolean;

  readonly #out = new ByteWriter(2 * FLUSH_AT, KEPT_BUFFER);
  /** Bytes written to the sink. */
  #written = 0;
  #rowsInStatement = 0;
  #statementStart = 0;
  #longestStatement = 0;
  #rows = 0;

  constructor(dialect: Dialect, table: string, columns: readonly SqlOutputColumn[], sink: ByteSink) {
    this.#dialect = dialect;
    this.#table = table;
    this.#columns = columns;
    this.#sink = sink;
    this.#escapes = ESCAPES[dialect];
    this.#copies = dialect === 'postgres';
    const names = columns.map(({ name }) => quoteName(name, dialect)).join(', ');
    const target = `${quoteName(table, dialect)} (${names})`;
    this.#opening = Buffer.from(this.#copies ? `COPY ${target} FROM stdin;\n` : `INSERT INTO ${target} VALUES\n`);
  }

  /** Number of rows written. */
  get rows(): number {
    return this.#rows;
  }

  /** Size of the longest statement, which must be below MySQL's `max_allowed_packet`. 0 for COPY, which has no limit. */
  get longestStatement(): number {
    return this.#longestStatement;
  }

  row(row: Row): void {
    this.#rows++;
    if (this.#copies) this.#copyRow(row);
    else this.#insertRow(row);
  }

  async drain(): Promise<void> {
    if (this.#out.length >= FLUSH_AT) await this.#flush();
  }

  /** Ends the open statement and writes everything that is buffered. */
  async finish(): Promise<void> {
    if (this.#copies) {
      if (this.#rows > 0) this.#out.putText('\\.\n');
    } else this.#endStatement();
    await this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#out.length === 0) return;
    await this.#sink.write(this.#out.written);
    this.#written += this.#out.length;
    this.#out.clear();
  }

  #insertRow(row: Row): void {
    if (this.#rowsInStatement === 0) {
      this.#statementStart = this.#written + this.#out.length;
      this.#out.putBytes(this.#opening);
    } else this.#out.putText(',\n');
    this.#rowsInStatement++;
    this.#out.putByte(0x28);
    const columns = this.#columns;
    for (let i = 0; i < columns.length; i++) {
      if (i > 0) this.#out.putByte(COMMA);
      const column = columns[i] as SqlOutputColumn;
      this.#putLiteral(row.cell(column.index), column, row);
    }
    this.#out.putByte(0x29);
    const bytes = this.#written + this.#out.length - this.#statementStart;
    if (this.#rowsInStatement >= MAX_ROWS || bytes >= MAX_BYTES) this.#endStatement();
  }

  #endStatement(): void {
    if (this.#rowsInStatement === 0) return;
    this.#rowsInStatement = 0;
    this.#out.putText(';\n');
    const bytes = this.#written + this.#out.length - this.#statementStart;
    if (bytes > this.#longestStatement) this.#longestStatement = bytes;
  }

  #copyRow(row: Row): void {
    if (this.#rows === 1) this.#out.putBytes(this.#opening);
    const columns = this.#columns;
    for (let i = 0; i < columns.length; i++) {
      if (i > 0) this.#out.putByte(TAB);
      const column = columns[i] as SqlOutputColumn;
      this.#putCopyValue(row.cell(column.index), column, row);
    }
    this.#out.putByte(LF);
  }

  #putLiteral(cell: Cell, column: SqlOutputColumn, row: Row): void {
    switch (cell.kind) {
      case CellKind.Missing:
        this.#out.putText(column.default ?? 'NULL');
        return;
      case CellKind.Null:
        this.#out.putText('NULL');
        return;
    }
    switch (column.kind) {
      case 'integer':
        this.#putInteger(cell, column, row);
        return;
      case 'boolean':
        this.#out.putText(this.#boolean(cell, column, row) ? '1' : '0');
        return;
      case 'time':
        this.#putString(Buffer.from(this.#time(cell, column, row)));
        return;
      default:
        this.#putStringCell(cell);
    }
  }

  #putCopyValue(cell: Cell, column: SqlOutputColumn, row: Row): void {
    switch (cell.kind) {
      case CellKind.Missing:
        this.#out.putText(column.default === undefined ? '\\N' : unquoteDefault(column.default));
        return;
      case CellKind.Null:
        this.#out.putText('\\N');
        return;
    }
    switch (column.kind) {
      case 'integer':
        this.#putInteger(cell, column, row);
        return;
      case 'boolean':
        this.#out.putText(this.#boolean(cell, column, row) ? 't' : 'f');
        return;
      case 'time':
        this.#out.putText(this.#time(cell, column, row));
        return;
      default: {
        const { bytes, start, end } = plainText(cell);
        const problem = this.#putEscaped(bytes, start, end, BACKSLASH);
        if (problem !== undefined) throw this.#problem(problem, column, row);
      }
    }
  }

  #putInteger(cell: Cell, column: SqlOutputColumn, row: Row): void {
    if (isPlainInteger(cell)) {
      this.#out.putBytes(cell.bytes, cell.start, cell.end);
      return;
    }
    const digits = toInteger(cell);
    if (digits === undefined) throw this.#problem(ValueProblem.NotInteger, column, row);
    this.#out.putText(digits);
  }

  #boolean(cell: Cell, column: SqlOutputColumn, row: Row): boolean {
    const value = toBoolean(cell);
    if (value === undefined) throw this.#problem(ValueProblem.NotBoolean, column, row);
    return value;
  }

  #time(cell: Cell, column: SqlOutputColumn, row: Row): string {
    if (this.#dialect === 'sqlite3') {
      const text = sqliteTimeText(cell);
      if (text === undefined) throw this.#problem(ValueProblem.NotTime, column, row);
      return text;
    }
    const instant = toTime(cell);
    if (instant === undefined) throw this.#problem(ValueProblem.NotTime, column, row);
    const zone = this.#dialect === 'postgres' ? '+00' : '';
    return `${instant.date} ${instant.time}${instant.fraction}${zone}`;
  }

  #putStringCell(cell: Cell): void {
    const { bytes, start, end } = plainText(cell);
    const before = this.#out.length;
    this.#out.putByte(SINGLE_QUOTE);
    const quoting = this.#dialect === 'mysql' ? BACKSLASH : SINGLE_QUOTE;
    if (this.#putEscaped(bytes, start, end, quoting) === undefined) {
      this.#out.putByte(SINGLE_QUOTE);
      return;
    }
    this.#out.length = before;
    this.#putHardText(bytes, start, end);
  }

  #putString(text: Buffer): void {
    this.#out.putByte(SINGLE_QUOTE);
    this.#out.putBytes(text);
    this.#out.putByte(SINGLE_QUOTE);
  }

  /**
   * Writes text with an escape byte before each byte that needs one. If the text cannot be written this way, returns the
   * problem and leaves the output's length unchanged.
   */
  #putEscaped(bytes: Buffer, start: number, end: number, escapeWith: number): ValueProblem | undefined {
    this.#out.reserve(2 * (end - start));
    const escapes = this.#escapes;
    const out = this.#out.bytes;
    let to = this.#out.length;
    let high = 0;
    const bit = DIALECT_BITS[this.#dialect];
    let i = start;
    while (i < end) {
      const byte = bytes[i] as number;
      if (i + 3 < end) {
        const second = bytes[i + 1] as number;
        const third = bytes[i + 2] as number;
        const fourth = bytes[i + 3] as number;
        const any =
          (ESCAPED_IN[byte] as number) |
          (ESCAPED_IN[second] as number) |
          (ESCAPED_IN[third] as number) |
          (ESCAPED_IN[fourth] as number);
        if ((any & bit) === 0) {
          high |= byte | second | third | fourth;
          out[to] = byte;
          out[to + 1] = second;
          out[to + 2] = third;
          out[to + 3] = fourth;
          to += 4;
          i += 4;
          continue;
        }
      }
      i++;
      high |= byte;
      const written = escapes[byte] as number;
      if (written === NOTHING) {
        out[to++] = byte;
      } else if (written === HARD) {
        return ValueProblem.NulCharacter;
      } else {
        out[to++] = escapeWith;
        out[to++] = written;
      }
    }
    if (high >= 0x80 && !isUtf8(bytes.subarray(start, end))) return ValueProblem.NotUtf8;
    this.#out.length = to;
    return undefined;
  }

  /** Writes text that a string literal cannot hold. */
  #putHardText(bytes: Buffer, start: number, end: number): void {
    const text = bytes.subarray(start, end);
    if (this.#dialect === 'sqlite3' && isUtf8(text) && !text.includes(0) && !text.includes('\\r')) {
      // Only carriage returns need a function. sqlite3's own dump does the same.
      const plain = text.toString('utf8').replaceAll("'", "''").replaceAll('\r', '\\r');
      this.#out.putText(`replace('${plain}','\\r',char(13))`);
      return;
    }
    const hex = text.toString('hex');
    this.#out.putText(this.#dialect === 'sqlite3' ? `CAST(x'${hex}' AS TEXT)` : `x'${hex}'`);
  }

  #problem(problem: ValueProblem, column: SqlOutputColumn, row: Row): OutputError {
    return new OutputError(
      texts().unfitValue({
        ...{ table: this.#table, column: column.name, line: row.line, engine: this.#dialect },
        problem: describeProblem(problem),
      }),
    );
  }
}

/** A cell's text: its own bytes unless they must be decoded. */
function plainText(cell: Cell): { bytes: Buffer; start: number; end: number } {
  if (cell.kind === CellKind.Text || cell.kind === CellKind.Number || cell.kind === CellKind.Json) return cell;
  const bytes = textBytes(cell);
  return { bytes, start: 0, end: bytes.length };
}
