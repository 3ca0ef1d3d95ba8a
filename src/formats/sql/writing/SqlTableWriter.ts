/**
 * Writes rows as SQL for an engine's own client: INSERT statements with many rows for MySQL and SQLite, COPY blocks for
 * PostgreSQL. After the statements of `sqlOpening`, literals have the same meaning under all server settings.
 *
 * The caller defines tables and indexes.
 */

import { isUtf8 } from 'node:buffer';
import { ByteWriter } from '../../../core/ByteWriter.js';
import {
  describeProblem,
  isPlainInteger,
  textBytes,
  toBoolean,
  toInteger,
  toTime,
  ValueProblem,
} from '../../../core/coerce.js';
import { OutputError } from '../../../core/errors.js';
import { handledLater } from '../../../core/handledLater.js';
import { putUtf8, readUnicodeEscape, unescaped } from '../../../core/jsonText.js';
import { type Cell, CellKind, type ColumnKind, type Row, type RowConsumer } from '../../../core/rows.js';
import { findByte, findControl, WORD, WordView, wordOf } from '../../../core/words.js';
import { quoteName } from '../../../engines/engineNamed.js';
import type { ByteSink } from '../../../files/ByteSink.js';
import type { Dialect } from '../syntax/Dialect.js';
import { unquoteDefault } from '../syntax/unquoteDefault.js';
import { texts } from '../texts.js';
import type { SqlColumn } from './SqlColumn.js';
import { sqliteTimeText } from './sqliteTimeText.js';

/** Maximum rows and bytes of a statement, to stay below the smallest packet limit of MySQL. */
const MAX_ROWS = 1000;
const MAX_BYTES = 512 * 1024;
/** Bytes to buffer before writing. */
const FLUSH_AT = 256 * 1024;
const SMALLEST_BUFFER = 16 * 1024;
const KEPT_BUFFER = 4 * 1024 * 1024;

/** A column to write. */
export interface SqlOutputColumn extends SqlColumn {
  /** Index of its cell in the row. */
  readonly index: number;
}

/** The same, with what is written for a row that omits it. */
interface WrittenColumn {
  readonly index: number;
  readonly name: string;
  readonly kind: ColumnKind;
  readonly missing: Buffer;
}

const LF = 0x0a;
const CR = 0x0d;
const TAB = 0x09;
const SINGLE_QUOTE = 0x27;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const BACKSLASHES = wordOf(BACKSLASH);
/** The bits of a word that only bytes beyond ASCII have. */
const HIGH_BITS = 0x80808080;
const DIGIT_0 = 0x30;
const DIGIT_1 = 0x31;
const LETTER_F = 0x66;
const LETTER_T = 0x74;
const LETTER_U = 0x75;
/** What Go reads for an escape of half a character. */
const REPLACEMENT = 0xfffd;
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
/** Two bytes that each engine escapes and that are no control characters, as words; the same twice if there is one. */
const STOPS: Readonly<Record<Dialect, readonly [number, number]>> = {
  mysql: [wordOf(SINGLE_QUOTE), BACKSLASHES],
  postgres: [BACKSLASHES, BACKSLASHES],
  sqlite3: [wordOf(SINGLE_QUOTE), wordOf(SINGLE_QUOTE)],
};
/** The bit for bytes that are an escape in JSON. */
const JSON_BIT = 8;
const ESCAPED_IN = Uint8Array.from({ length: 256 }, (_, byte) => {
  const bitOf = (dialect: Dialect): number => (ESCAPES[dialect][byte] === NOTHING ? 0 : DIALECT_BITS[dialect]);
  return bitOf('mysql') | bitOf('postgres') | bitOf('sqlite3') | (byte === BACKSLASH ? JSON_BIT : 0);
});

const NULL = Buffer.from('NULL');
const COPY_NULL = Buffer.from('\\N');

/** Writes the rows of one table. `finish` must follow the last one. */
export class SqlTableWriter implements RowConsumer {
  readonly #dialect: Dialect;
  readonly #table: string;
  readonly #columns: readonly WrittenColumn[];
  readonly #sink: ByteSink;
  readonly #escapes: Uint8Array;
  readonly #stop: number;
  readonly #otherStop: number;
  readonly #opening: Buffer;
  readonly #copies: boolean;
  readonly #null: Buffer;

  #out = new ByteWriter(SMALLEST_BUFFER, KEPT_BUFFER);
  /** Takes the next rows while the sink writes those before. */
  #spare = new ByteWriter(SMALLEST_BUFFER, KEPT_BUFFER);
  readonly #words = new WordView();
  #writing: Promise<void> | undefined;
  /** Bytes given to the sink. */
  #written = 0;
  #rowsInStatement = 0;
  #statementStart = 0;
  #rows = 0;

  constructor(dialect: Dialect, table: string, columns: readonly SqlOutputColumn[], sink: ByteSink) {
    this.#dialect = dialect;
    this.#table = table;
    this.#sink = sink;
    this.#escapes = ESCAPES[dialect];
    [this.#stop, this.#otherStop] = STOPS[dialect];
    this.#copies = dialect === 'postgres';
    this.#null = this.#copies ? COPY_NULL : NULL;
    this.#columns = columns.map(({ index, name, kind, default: sql }) => {
      const written = sql === undefined ? undefined : Buffer.from(this.#copies ? unquoteDefault(sql) : sql);
      return { index, name, kind, missing: written ?? this.#null };
    });
    const names = columns.map(({ name }) => quoteName(name, dialect)).join(', ');
    const target = `${quoteName(table, dialect)} (${names})`;
    this.#opening = Buffer.from(this.#copies ? `COPY ${target} FROM stdin;\n` : `INSERT INTO ${target} VALUES\n`);
  }

  /** Number of rows written. */
  get rows(): number {
    return this.#rows;
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
    await this.#writing;
  }

  /** Waits for the write that is under way, whether or not it fails. For a caller that gives up. */
  async settle(): Promise<void> {
    await this.#writing?.catch(() => undefined);
  }

  /** Begins to write what is buffered, once the write before has ended. */
  async #flush(): Promise<void> {
    await this.#writing;
    if (this.#out.length === 0) return;
    this.#writing = handledLater(this.#sink.write(this.#out.written));
    this.#written += this.#out.length;
    [this.#out, this.#spare] = [this.#spare, this.#out];
    this.#out.clear();
  }

  #insertRow(row: Row): void {
    if (this.#rowsInStatement === 0) {
      this.#statementStart = this.#written + this.#out.length;
      this.#out.putBytes(this.#opening);
    } else {
      this.#out.putByte(COMMA);
      this.#out.putByte(LF);
    }
    this.#rowsInStatement++;
    this.#out.putByte(0x28);
    const columns = this.#columns;
    for (let i = 0; i < columns.length; i++) {
      if (i > 0) this.#out.putByte(COMMA);
      const column = columns[i] as WrittenColumn;
      this.#putValue(row.cell(column.index), column, row);
    }
    this.#out.putByte(0x29);
    const bytes = this.#written + this.#out.length - this.#statementStart;
    if (this.#rowsInStatement >= MAX_ROWS || bytes >= MAX_BYTES) this.#endStatement();
  }

  #endStatement(): void {
    if (this.#rowsInStatement === 0) return;
    this.#rowsInStatement = 0;
    this.#out.putText(';\n');
  }

  #copyRow(row: Row): void {
    if (this.#rows === 1) this.#out.putBytes(this.#opening);
    const columns = this.#columns;
    for (let i = 0; i < columns.length; i++) {
      if (i > 0) this.#out.putByte(TAB);
      const column = columns[i] as WrittenColumn;
      this.#putValue(row.cell(column.index), column, row);
    }
    this.#out.putByte(LF);
  }

  #putValue(cell: Cell, column: WrittenColumn, row: Row): void {
    if (cell.kind === CellKind.Missing) this.#out.putBytes(column.missing);
    else if (cell.kind === CellKind.Null) this.#out.putBytes(this.#null);
    else if (column.kind === 'integer') this.#putInteger(cell, column, row);
    else if (column.kind === 'boolean') this.#putBoolean(cell, column, row);
    else if (column.kind === 'time') this.#putTime(cell, column, row);
    else if (this.#copies) this.#putCopyText(cell, column, row);
    else this.#putStringCell(cell);
  }

  #putInteger(cell: Cell, column: WrittenColumn, row: Row): void {
    if (isPlainInteger(cell)) {
      this.#out.putBytes(cell.bytes, cell.start, cell.end);
      return;
    }
    const digits = toInteger(cell);
    if (digits === undefined) throw this.#problem(ValueProblem.NotInteger, column, row);
    this.#out.putText(digits);
  }

  #putBoolean(cell: Cell, column: WrittenColumn, row: Row): void {
    const value = toBoolean(cell);
    if (value === undefined) throw this.#problem(ValueProblem.NotBoolean, column, row);
    if (this.#copies) this.#out.putByte(value ? LETTER_T : LETTER_F);
    else this.#out.putByte(value ? DIGIT_1 : DIGIT_0);
  }

  #putTime(cell: Cell, column: WrittenColumn, row: Row): void {
    const text = this.#time(cell, column, row);
    if (this.#copies) this.#out.putText(text);
    else this.#putString(Buffer.from(text));
  }

  #time(cell: Cell, column: WrittenColumn, row: Row): string {
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

  #putCopyText(cell: Cell, column: WrittenColumn, row: Row): void {
    const problem = this.#putText(cell, BACKSLASH);
    if (problem !== undefined) throw this.#problem(problem, column, row);
  }

  #putStringCell(cell: Cell): void {
    const before = this.#out.length;
    this.#out.putByte(SINGLE_QUOTE);
    if (this.#putText(cell, this.#dialect === 'mysql' ? BACKSLASH : SINGLE_QUOTE) === undefined) {
      this.#out.putByte(SINGLE_QUOTE);
      return;
    }
    this.#out.length = before;
    this.#putHardText(textBytes(cell));
  }

  #putString(text: Buffer): void {
    this.#out.putByte(SINGLE_QUOTE);
    this.#out.putBytes(text);
    this.#out.putByte(SINGLE_QUOTE);
  }

  /** Writes a cell's text like `#putEscaped`. */
  #putText(cell: Cell, escapeWith: number): ValueProblem | undefined {
    const { kind, bytes, start, end } = cell;
    if (kind === CellKind.JsonText) return this.#putEscaped(bytes, start + 1, end - 1, escapeWith, true);
    if (kind === CellKind.Text || kind === CellKind.Number || kind === CellKind.Json) {
      return this.#putEscaped(bytes, start, end, escapeWith, false);
    }
    const text = textBytes(cell);
    return this.#putEscaped(text, 0, text.length, escapeWith, false);
  }

  /**
   * Writes text with an escape byte before each byte that needs one. `isJson`: the text has JSON's escapes, which are resolved
   * on the way. If the text cannot be written this way, returns the problem and leaves the output's length unchanged.
   */
  #putEscaped(
    bytes: Buffer,
    start: number,
    end: number,
    escapeWith: number,
    isJson: boolean,
  ): ValueProblem | undefined {
    this.#out.reserve(2 * (end - start));
    const escapes = this.#escapes;
    const out = this.#out.bytes;
    const outWords = this.#out.words;
    const words = this.#words.of(bytes);
    const lastWord = end - WORD;
    const stop = this.#stop;
    const otherStop = isJson ? BACKSLASHES : this.#otherStop;
    const bits = DIALECT_BITS[this.#dialect] | (isJson ? JSON_BIT : 0);
    let to = this.#out.length;
    let high = 0;
    let i = start;
    while (i < end) {
      while (i <= lastWord) {
        const word = words.getInt32(i, true);
        if ((findControl(word) | findByte(word, stop) | findByte(word, otherStop)) !== 0) break;
        high |= word;
        outWords.setInt32(to, word, true);
        to += WORD;
        i += WORD;
      }
      const wordEnd = Math.min(i + WORD, end);
      while (i < wordEnd && ((ESCAPED_IN[bytes[i] as number] as number) & bits) === 0) {
        high |= bytes[i] as number;
        out[to++] = bytes[i++] as number;
      }
      if (i >= wordEnd) continue;
      const byte = bytes[i] as number;
      let code = byte;
      if (isJson && byte === BACKSLASH) {
        const letter = bytes[i + 1] as number;
        if (letter === LETTER_U) {
          const { codePoint = REPLACEMENT, next } = readUnicodeEscape(bytes, i);
          code = codePoint;
          i = next;
          if (code >= 0x80) {
            to = putUtf8(code, out, to);
            continue;
          }
        } else {
          code = unescaped(letter);
          i += 2;
        }
      } else i++;
      const written = escapes[code] as number;
      if (written === NOTHING) {
        out[to++] = code;
      } else if (written === HARD) {
        return ValueProblem.NulCharacter;
      } else {
        out[to++] = escapeWith;
        out[to++] = written;
      }
    }
    if ((high & HIGH_BITS) !== 0 && !isUtf8(bytes.subarray(start, end))) return ValueProblem.NotUtf8;
    this.#out.length = to;
    return undefined;
  }

  /** Writes text that a string literal cannot hold. */
  #putHardText(text: Buffer): void {
    if (this.#dialect === 'sqlite3' && isUtf8(text) && !text.includes(0) && !text.includes('\\r')) {
      // Only carriage returns need a function. sqlite3's own dump does the same.
      const plain = text.toString('utf8').replaceAll("'", "''").replaceAll('\r', '\\r');
      this.#out.putText(`replace('${plain}','\\r',char(13))`);
      return;
    }
    const hex = text.toString('hex');
    this.#out.putText(this.#dialect === 'sqlite3' ? `CAST(x'${hex}' AS TEXT)` : `x'${hex}'`);
  }

  #problem(problem: ValueProblem, column: WrittenColumn, row: Row): OutputError {
    return new OutputError(
      texts().unfitValue({
        table: this.#table,
        column: column.name,
        line: row.line,
        engine: this.#dialect,
        problem: describeProblem(problem),
      }),
    );
  }
}
