/**
 * Reads the values of one row of an INSERT statement, `(1,'a',NULL)`, from contiguous bytes. Plain values take a fast path;
 * prefixed literals, casts, and the few functions that dump programs write take a slow path.
 *
 * Anything that is not a constant (a subselect, `now()`) is rejected: it has no value outside the database.
 */

import { isAscii, isUtf8 } from 'node:buffer';
import { type Cell, CellKind } from '../../core/rows.js';
import { NEED_MORE, RowProblem } from '../RowProblem.js';
import {
  BACKSLASH,
  BACKTICK,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  COMMA,
  DIGIT_0,
  DIGIT_9,
  DOLLAR,
  DOT,
  DOUBLE_QUOTE,
  HASH,
  isNameByte,
  isSpace,
  LF,
  MINUS,
  OPEN_BRACKET,
  OPEN_PAREN,
  PIPE,
  PLUS,
  SEMICOLON,
  SINGLE_QUOTE,
  SLASH,
  SPACE,
  STAR,
} from './bytes.js';
import { castKeeps, castToBoolean, isZonedTime } from './castKeeps.js';
import type { DumpKind } from './Dialect.js';
import { Escapes, hexDigit, putCodePoint, readDigits, resolveEscapes } from './escapes.js';
import { StringScanner } from './StringScanner.js';
import { texts } from './texts.js';
import type { LiteralForm } from './ValueFitter.js';

/** A value from the slow path, which has its own bytes. */
interface Value {
  readonly kind: CellKind;
  readonly bytes: Buffer;
  readonly form?: LiteralForm;
}

const NO_BYTES = Buffer.alloc(0);
const NULL_VALUE: Value = { kind: CellKind.Null, bytes: NO_BYTES };
/** Character sets whose text is UTF-8 in a dump, or is not text at all. */
const UTF8_INTRODUCERS = /^_(utf8|utf8mb3|utf8mb4|binary|ascii)$/i;
const INTRODUCER = /^_[a-z0-9]+$/i;
/** ASCII-compatible character sets. */
const ASCII_INTRODUCERS = /^_(latin[1257]|cp125[0-7]|koi8[ru]|gbk|gb2312|gb18030|big5|euckr|greek|hebrew)$/i;
/** `DATE '2020-01-01'`: the type does not change the text. */
const TYPED_LITERAL = /^(TIMESTAMP|TIMESTAMPTZ|UUID|JSON|TEXT|BOOLEAN)$/;

/** Strings up to this length take the fast path, unless they contain one of these bytes. */
const SHORT = 32;
const STOPS = new Uint8Array(256);
STOPS[SINGLE_QUOTE] = STOPS[BACKSLASH] = STOPS[LF] = 1;

/** A whole number whose text is the same on every engine. */
const PLAIN_NUMBER = /^(?:0|-?[1-9]\d{0,17})$/;

/** Nesting limit: malformed input must not overflow the stack. */
const MAX_DEPTH = 100;

export class TupleParser {
  /** `[position, end)` is available; `final` means that nothing follows. */
  bytes: Buffer = NO_BYTES;
  end = 0;
  final = false;
  position = 0;
  /** 1-based line of `position`. */
  line = 1;
  /** How the values of the last row were written that are not plain literals, by index. Usually empty. */
  readonly forms = new Map<number, LiteralForm>();

  readonly #kind: DumpKind;
  readonly #plainEscapes: Escapes;
  /** Cells of the row whose escapes have not been resolved yet, and the position of each one's first escape. */
  readonly #escaped: Cell[] = [];
  readonly #escapedFrom: number[] = [];
  #escapedCount = 0;

  readonly #ansiQuotes: boolean;

  /** `ansiQuotes`: MySQL treats text in double quotes as a name. */
  constructor(kind: DumpKind, ansiQuotes = false) {
    this.#kind = kind;
    this.#ansiQuotes = ansiQuotes || kind.dialect === 'postgres';
    this.#plainEscapes = kind.backslashEscapes
      ? kind.dialect === 'postgres'
        ? Escapes.Postgres
        : Escapes.MySql
      : Escapes.Doubled;
  }

  /** Continues with other bytes, or from another position. */
  load(bytes: Buffer, end: number, final: boolean, position: number, line: number): void {
    this.bytes = bytes;
    this.end = end;
    this.final = final;
    this.position = position;
    this.line = line;
    this.#strings.reset();
  }

  /** Reads the row whose parenthesis is at `position` into the cells, and moves past it. */
  readTuple(cells: readonly Cell[]): void {
    const { bytes, end } = this;
    const start = this.position;
    this.#escapedCount = 0;
    if (this.forms.size > 0) this.forms.clear();
    let count = 0;
    let i = this.#skipBlank(start + 1);
    if (bytes[i] === CLOSE_PAREN && cells.length === 0) {
      this.position = i + 1;
      return;
    }
    for (;;) {
      const cell = cells[count];
      if (cell === undefined) throw new RowProblem(texts().rows.tooManyValues({ most: cells.length }), start);
      i = this.#readValue(cell, i, end, count);
      count++;
      let byte = bytes[i];
      if (byte !== COMMA && byte !== CLOSE_PAREN) {
        i = this.#skipBlank(i);
        byte = bytes[i];
      }
      if (byte === CLOSE_PAREN) break;
      if (byte !== COMMA) throw new RowProblem(texts().rows.unexpectedAfterValue({ value: count }), i);
      i++;
      if (i < end && (bytes[i] as number) > 0x20 && bytes[i] !== SLASH) continue;
      i = this.#skipBlank(i);
    }
    if (count !== cells.length) {
      throw new RowProblem(texts().rows.valuesForColumns({ values: count, columns: cells.length }), start);
    }
    this.position = i + 1;
    // Only once the row is complete: a string that was resolved in place cannot be read again.
    for (let k = 0; k < this.#escapedCount; k++) {
      const cell = this.#escaped[k] as Cell;
      cell.end = resolveEscapes(bytes, this.#escapedFrom[k] as number, cell.end, this.#plainEscapes, SINGLE_QUOTE);
    }
  }

  /** Skips whitespace and comments. */
  skipBlank(): void {
    this.position = this.#skipBlank(this.position);
  }

  /** Moves past the statement's semicolon, from anywhere outside a string: `ON DUPLICATE KEY UPDATE …;`. */
  skipStatement(): void {
    let i = this.position;
    for (;;) {
      i = this.#skipBlank(i);
      const byte = this.#at(i);
      if (byte === SEMICOLON) break;
      if (byte === SINGLE_QUOTE || byte === DOUBLE_QUOTE || byte === BACKTICK) {
        i = this.#scanString(i, byte === BACKTICK ? Escapes.Doubled : this.#plainEscapes);
      } else i++;
    }
    this.position = i + 1;
  }

  #at(i: number): number {
    if (i >= this.end) throw NEED_MORE;
    return this.bytes[i] as number;
  }

  #skipBlank(from: number): number {
    let i = from;
    for (;;) {
      const byte = this.#at(i);
      if (byte === LF) {
        this.line++;
        i++;
      } else if (isSpace(byte)) i++;
      else if (byte === MINUS && this.#isDashComment(i)) i = this.#skipLine(i);
      else if (byte === HASH && this.#kind.dialect === 'mysql') i = this.#skipLine(i);
      else if (byte === SLASH && this.#at(i + 1) === STAR) {
        if (this.#kind.dialect === 'mysql' && this.#isExecuted(i + 2)) {
          throw new RowProblem(texts().rows.comment, i);
        }
        i = this.#skipComment(i + 2);
      } else return i;
    }
  }

  /** `/*!` and `/*M!` */
  #isExecuted(i: number): boolean {
    return this.#at(i) === 0x21 || (this.#at(i) === 0x4d && this.#at(i + 1) === 0x21);
  }

  /** MySQL requires white space after the dashes: 5--3 is 8 there. */
  #isDashComment(i: number): boolean {
    return this.#at(i + 1) === MINUS && (this.#kind.dialect !== 'mysql' || this.#at(i + 2) <= SPACE);
  }

  #skipLine(from: number): number {
    const at = this.bytes.indexOf(LF, from);
    if (at < 0 || at >= this.end) throw NEED_MORE;
    return at;
  }

  #skipComment(from: number): number {
    let depth = 1;
    for (let i = from; ; i++) {
      const byte = this.#at(i);
      if (byte === LF) this.line++;
      else if (byte === STAR && this.#at(i + 1) === SLASH) {
        depth--;
        i++;
        if (depth === 0) return i + 1;
      } else if (byte === SLASH && this.#kind.dialect === 'postgres' && this.#at(i + 1) === STAR) {
        depth++;
        i++;
      }
    }
  }

  /** Reads a plain literal; everything else takes the slow path. */
  #readValue(cell: Cell, start: number, end: number, index: number): number {
    const { bytes } = this;
    const first = this.#at(start);
    if (first === SINGLE_QUOTE) {
      let i = start + 1;
      const shortEnd = Math.min(i + SHORT, end - 1);
      while (i < shortEnd && STOPS[bytes[i] as number] === 0) i++;
      if (i < shortEnd && bytes[i] === SINGLE_QUOTE && (bytes[i + 1] === COMMA || bytes[i + 1] === CLOSE_PAREN)) {
        cell.set(CellKind.Text, bytes, start + 1, i);
        return i + 1;
      }
      const lines = this.line;
      const after = this.#scanString(start, this.#plainEscapes, i);
      const next = this.#at(after);
      if (next === COMMA || next === CLOSE_PAREN) {
        cell.set(CellKind.Text, bytes, start + 1, after - 1);
        if (this.#escapeAt >= 0) {
          this.#escaped[this.#escapedCount] = cell;
          this.#escapedFrom[this.#escapedCount++] = this.#escapeAt;
        }
        return after;
      }
      this.line = lines;
    } else if ((first >= DIGIT_0 && first <= DIGIT_9) || first === MINUS) {
      let i = start + 1;
      while (i < end) {
        const byte = bytes[i] as number;
        if (byte < DIGIT_0 || byte > DIGIT_9) break;
        i++;
      }
      const next = this.#at(i);
      const digits = first === MINUS ? start + 1 : start;
      const isPlain = i > digits && (bytes[digits] !== DIGIT_0 || (i === digits + 1 && first !== MINUS));
      if ((next === COMMA || next === CLOSE_PAREN) && isPlain) {
        cell.set(CellKind.Number, bytes, start, i);
        return i;
      }
    } else if (first === 0x4e && start + 4 < end) {
      const next = bytes[start + 4];
      if ((next === COMMA || next === CLOSE_PAREN) && isNull(bytes, start)) {
        cell.set(CellKind.Null);
        return start + 4;
      }
    }
    return this.#readExpression(cell, start, index);
  }

  readonly #strings = new StringScanner();
  /** Position of the first escape or doubled quote in the last scanned string; -1 if there is none. */
  #escapeAt = -1;

  /** Moves past the string or quoted name whose quote is at `start`; the text before `from` is plain. */
  #scanString(start: number, escapes: Escapes, from = start + 1): number {
    const { bytes, end } = this;
    const strings = this.#strings;
    const quote = bytes[start] as number;
    let escapeAt = -1;
    let i = from;
    strings.lines = 0;
    for (;;) {
      i = strings.findQuote(bytes, i, end, quote, escapes !== Escapes.Doubled);
      if (i >= end) throw NEED_MORE;
      if (escapeAt < 0) escapeAt = strings.escapeAt;
      if (i + 1 >= end && !this.final) throw NEED_MORE;
      if (i + 1 >= end || bytes[i + 1] !== quote) break;
      if (escapeAt < 0) escapeAt = i;
      i += 2;
    }
    this.#escapeAt = escapeAt;
    this.line += strings.lines;
    return i + 1;
  }

  #readExpression(cell: Cell, start: number, index: number): number {
    this.#next = start;
    // The fast path may have gone ahead.
    this.#strings.reset();
    this.#depth = 0;
    const value = this.#concatenation();
    cell.set(value.kind, value.bytes);
    this.forms.set(index, value.form ?? 'other');
    return this.#skipBlank(this.#next);
  }

  /** Position of the slow path. */
  #next = 0;
  /** Number of open parentheses and calls there. */
  #depth = 0;

  #concatenation(): Value {
    if (++this.#depth > MAX_DEPTH) throw this.#unknown(this.#next);
    this.#continuing = Escapes.Doubled;
    let value = this.#primary();
    for (;;) {
      const { line } = this;
      this.#next = this.#skipBlank(this.#next);
      const byte = this.#at(this.#next);
      if (byte === PIPE && this.#at(this.#next + 1) === PIPE && this.#kind.dialect !== 'mysql') {
        this.#next = this.#skipBlank(this.#next + 2);
        value = this.#joined(value, this.#primary());
      } else if (byte === SINGLE_QUOTE && this.#continues(line)) {
        // Two adjacent strings are one, with the same escape rules.
        value = this.#joined(value, this.#string(this.#next, this.#continuing as Escapes));
      } else if (byte === COLON && this.#at(this.#next + 1) === COLON && this.#kind.dialect === 'postgres') {
        this.#next = this.#skipBlank(this.#next + 2);
        value = this.#cast(value);
      } else if (isNameByte(byte)) {
        const at = this.#next;
        if (this.#word().toUpperCase() !== 'COLLATE') throw this.#unknown(at);
        this.#next = this.#skipBlank(this.#next);
        this.#skipType();
      } else {
        this.#depth--;
        return value;
      }
    }
  }

  /** NULL joined with anything is NULL; only whole numbers have the same text on every engine. */
  #joined(a: Value, b: Value): Value {
    if (a.kind === CellKind.Null || b.kind === CellKind.Null) return NULL_VALUE;
    for (const { kind, bytes, form } of [a, b]) {
      const isPlain =
        kind === CellKind.Text || (kind === CellKind.Number && PLAIN_NUMBER.test(bytes.toString('latin1')));
      if (
        !isPlain ||
        form === 'bits' ||
        form === 'hexadecimal' ||
        (form === 'bytes' && this.#kind.dialect !== 'sqlite3')
      )
        throw this.#unknown(this.#next);
    }
    return { kind: CellKind.Text, bytes: Buffer.concat([a.bytes, b.bytes]) };
  }

  /** PostgreSQL requires a line break between two strings; SQLite does not join strings. */
  #continues(line: number): boolean {
    const { dialect } = this.#kind;
    if (this.#continuing === undefined) return false;
    return dialect === 'mysql' || (dialect === 'postgres' && this.line > line);
  }

  /** Skips the type of a cast, which must not change the value. */
  #cast({ kind, bytes, form }: Value): Value {
    const start = this.#next;
    this.#skipType();
    this.#continuing = undefined;
    if (kind === CellKind.Null) return NULL_VALUE;
    const { dialect } = this.#kind;
    const type = this.bytes.toString('utf8', start, this.#next);
    const text = bytes.toString('utf8');
    if (kind === CellKind.Text) {
      const truth = castToBoolean(text, type, dialect);
      if (truth !== undefined) return { kind: truth ? CellKind.True : CellKind.False, bytes: NO_BYTES };
      if (dialect === 'sqlite3' && /^blob$/i.test(type.trim())) return { kind, bytes, form: 'bytes' };
    }
    const isBytes = form === 'hexadecimal' || form === 'bytes' || form === 'bits';
    // PostgreSQL prints bits as zeros and ones.
    if (isBytes && (dialect === 'postgres' || !/char|text|binary/i.test(type))) throw this.#unknown(start);
    if (isBytes && dialect === 'mysql' && !isUtf8(bytes)) throw this.#unknown(start);
    const isKnown = kind === CellKind.Text || kind === CellKind.Number;
    if (!isKnown || form === 'zoned' || !castKeeps(text, kind === CellKind.Number, type, dialect))
      throw this.#unknown(start);
    return isZonedTime(type) ? { kind, bytes, form: 'zoned' } : { kind, bytes };
  }

  #primary(): Value {
    const start = this.#next;
    const first = this.#at(start);
    if (first === SINGLE_QUOTE) return this.#string(start, this.#plainEscapes);
    if (first === DOUBLE_QUOTE && !this.#ansiQuotes) return this.#string(start, this.#plainEscapes);
    if (first === DOLLAR && this.#kind.dialect === 'postgres') return this.#dollarString(start);
    if (first === OPEN_PAREN) {
      this.#next = this.#skipBlank(start + 1);
      const value = this.#concatenation();
      this.#expect(CLOSE_PAREN);
      return value;
    }
    if (first === MINUS || first === PLUS || first === DOT || (first >= DIGIT_0 && first <= DIGIT_9)) {
      return this.#number(start);
    }
    if (!isNameByte(first)) throw this.#unknown(start);
    return this.#named(start, this.#word());
  }

  #number(start: number): Value {
    const { bytes } = this;
    this.#continuing = undefined;
    let i = start;
    let sign = this.#at(i);
    if (sign === MINUS || sign === PLUS) {
      i = this.#skipBlank(i + 1);
    } else sign = 0;
    if (this.#at(i) === DIGIT_0 && (this.#at(i + 1) | 0x20) === 0x78) return this.#hexNumber(i, sign);
    const digits = i;
    for (; ; i++) {
      const byte = this.#at(i);
      const isExponentSign = (byte === MINUS || byte === PLUS) && ((bytes[i - 1] as number) | 0x20) === 0x65;
      if ((byte < DIGIT_0 || byte > DIGIT_9) && byte !== DOT && (byte | 0x20) !== 0x65 && !isExponentSign) break;
    }
    const text = bytes.toString('latin1', digits, i);
    if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw this.#unknown(start);
    this.#next = i;
    return { kind: CellKind.Number, bytes: Buffer.from(sign === MINUS ? `-${text}` : text, 'latin1') };
  }

  /** `0x4142` is the text AB in MySQL, and a number elsewhere. */
  #hexNumber(start: number, sign: number): Value {
    let i = start + 2;
    while (hexDigit(this.#at(i)) >= 0) i++;
    const digits = this.bytes.toString('latin1', start + 2, i);
    this.#next = i;
    if (this.#kind.dialect === 'mysql') {
      // With a sign it is a number.
      if (sign !== 0) throw this.#unknown(start);
      return { kind: CellKind.Text, bytes: hexBytes(digits), form: 'hexadecimal' };
    }
    // Beyond 63 bits SQLite reads a negative number.
    if (digits === '' || digits.length > 15) throw this.#unknown(start);
    return { kind: CellKind.Number, bytes: Buffer.from(`${sign === MINUS ? '-' : ''}${BigInt(`0x${digits}`)}`) };
  }

  /** The escape rules of the string that a following one continues; undefined if the last value cannot be continued. */
  #continuing: Escapes | undefined;

  #string(start: number, escapes: Escapes): Value {
    this.#continuing = escapes;
    const after = this.#scanString(start, escapes);
    const bytes = Buffer.from(this.bytes.subarray(start + 1, after - 1));
    this.#next = after;
    const end = this.#escapeAt < 0 ? bytes.length : resolveEscapes(bytes, 0, bytes.length, escapes, this.#at(start));
    return { kind: CellKind.Text, bytes: bytes.subarray(0, end) };
  }

  #dollarString(start: number): Value {
    let tagEnd = start + 1;
    while (this.#at(tagEnd) !== DOLLAR) tagEnd++;
    const tag = this.bytes.subarray(start, tagEnd + 1);
    const close = this.bytes.subarray(0, this.end).indexOf(tag, tagEnd + 1);
    if (close < 0) throw NEED_MORE;
    const bytes = Buffer.from(this.bytes.subarray(tagEnd + 1, close));
    for (const byte of bytes) if (byte === LF) this.line++;
    this.#next = close + tag.length;
    this.#continuing = undefined;
    return { kind: CellKind.Text, bytes };
  }

  #word(): string {
    const start = this.#next;
    let i = start;
    while (isNameByte(this.#at(i))) i++;
    this.#next = i;
    return this.bytes.toString('latin1', start, i);
  }

  /** A value that begins with a word. */
  #named(start: number, word: string): Value {
    const upper = word.toUpperCase();
    this.#continuing = undefined;
    switch (upper) {
      case 'NULL':
        return NULL_VALUE;
      case 'TRUE':
        return { kind: CellKind.True, bytes: NO_BYTES };
      case 'FALSE':
        return { kind: CellKind.False, bytes: NO_BYTES };
      case 'DEFAULT':
        return { kind: CellKind.Missing, bytes: NO_BYTES };
    }
    if (this.#at(this.#next) === SINGLE_QUOTE) {
      const value = this.#prefixedString(upper);
      if (value !== undefined) return value;
    }
    if (upper === 'U' && this.#at(this.#next) === 0x26 && this.#at(this.#next + 1) === SINGLE_QUOTE) {
      if (this.#kind.dialect !== 'postgres') throw this.#unknown(start);
      const text = this.#string(this.#next + 1, Escapes.Doubled);
      // A following string would have to be read together with it.
      this.#continuing = undefined;
      const bytes = unicodeEscapes(this.#withoutUescape(text.bytes), false, true);
      if (bytes === undefined) throw this.#unknown(start);
      return { kind: CellKind.Text, bytes };
    }
    this.#next = this.#skipBlank(this.#next);
    if (INTRODUCER.test(word) && this.#kind.dialect === 'mysql') return this.#introduced(start, word);
    if (this.#at(this.#next) === OPEN_PAREN) return this.#call(start, upper);
    if (this.#at(this.#next) === SINGLE_QUOTE && TYPED_LITERAL.test(upper)) {
      // SQLite has no such literals, and MySQL only those of times.
      const { dialect } = this.#kind;
      if (dialect === 'sqlite3' || (dialect === 'mysql' && upper !== 'TIMESTAMP')) throw this.#unknown(start);
      const { bytes } = this.#string(this.#next, this.#plainEscapes);
      const truth = castToBoolean(bytes.toString('utf8'), upper, dialect);
      if (truth !== undefined) return { kind: truth ? CellKind.True : CellKind.False, bytes: NO_BYTES };
      if (!castKeeps(bytes.toString('utf8'), false, upper, dialect)) throw this.#unknown(start);
      return isZonedTime(upper) ? { kind: CellKind.Text, bytes, form: 'zoned' } : { kind: CellKind.Text, bytes };
    }
    throw this.#unknown(start);
  }

  /** Converts the escape character of a following `UESCAPE '!'` to backslashes. */
  #withoutUescape(bytes: Buffer): Buffer {
    const at = this.#skipBlank(this.#next);
    if ((this.#at(at) | 0x20) !== 0x75) return bytes;
    this.#next = at;
    if (this.#word().toUpperCase() !== 'UESCAPE') throw this.#unknown(at);
    this.#next = this.#skipBlank(this.#next);
    if (this.#at(this.#next) !== SINGLE_QUOTE) throw this.#unknown(at);
    const mark = this.#string(this.#next, Escapes.Doubled).bytes;
    this.#continuing = undefined;
    // PostgreSQL does not allow a hexadecimal digit, sign, quote or space.
    if (mark.length !== 1 || /[\da-f+'"\s\x80-\xff]/i.test(mark.toString('latin1'))) throw this.#unknown(at);
    return withBackslashes(bytes, mark[0] as number);
  }

  #prefixedString(prefix: string): Value | undefined {
    const at = this.#next;
    const { dialect } = this.#kind;
    switch (prefix) {
      case 'X': {
        const digits = this.#string(at, Escapes.Doubled).bytes.toString('latin1');
        this.#continuing = undefined;
        if (digits.length % 2 !== 0 || !/^[\da-f]*$/i.test(digits)) throw this.#unknown(at);
        return { kind: CellKind.Text, bytes: hexBytes(digits), form: 'bytes' };
      }
      case 'B': {
        const digits = this.#string(at, Escapes.Doubled).bytes.toString('latin1');
        this.#continuing = undefined;
        if (!/^[01]*$/.test(digits) || dialect === 'sqlite3') throw this.#unknown(at);
        return { kind: CellKind.Text, bytes: bitBytes(digits), form: 'bits' };
      }
      case 'E':
        return dialect === 'postgres' ? this.#string(at, Escapes.Postgres) : undefined;
      case 'N': {
        if (dialect === 'sqlite3') return undefined;
        const value = this.#string(at, this.#plainEscapes);
        // MySQL reads it as utf8mb3.
        if (dialect === 'mysql' && hasFourByteCharacter(value.bytes)) throw this.#unknown(at);
        // PostgreSQL converts it to bpchar, which loses trailing spaces.
        if (dialect === 'postgres' && value.bytes.at(-1) === SPACE) throw this.#unknown(at);
        return value;
      }
      default:
        return undefined;
    }
  }

  /** ``_utf8mb4'…'``, `_binary 0x…`: names the character set of the bytes. */
  #introduced(start: number, word: string): Value {
    const value = this.#stringOrBytes();
    const isAscii = ASCII_INTRODUCERS.test(word) && value.bytes.every((byte) => byte < 0x80);
    if (!UTF8_INTRODUCERS.test(word) && !isAscii) {
      throw new RowProblem(texts().rows.otherCharacterSet({ name: word }), start);
    }
    // A following string has the character set of the session.
    this.#continuing = undefined;
    if (value.kind !== CellKind.Text) throw this.#unknown(start);
    // The prefix marks the bytes as text, even for a numeric column.
    if (value.form !== undefined && !isUtf8(value.bytes)) throw this.#unknown(start);
    if (/^_utf8(?:mb3)?$/i.test(word) && hasFourByteCharacter(value.bytes)) throw this.#unknown(start);
    return /^_binary$/i.test(word) ? asBytes(value.bytes) : { kind: CellKind.Text, bytes: value.bytes };
  }

  #stringOrBytes(): Value {
    const start = this.#next;
    const first = this.#at(start);
    if (first === SINGLE_QUOTE || first === DIGIT_0 || isNameByte(first)) return this.#primary();
    throw this.#unknown(start);
  }

  #call(start: number, name: string): Value {
    this.#next = this.#skipBlank(this.#next + 1);
    if (name === 'CAST' || name === 'CONVERT') {
      const value = this.#castOperand();
      this.#expect(CLOSE_PAREN);
      this.#continuing = undefined;
      return value;
    }
    const values: Value[] = [];
    while (this.#at(this.#next) !== CLOSE_PAREN) {
      if (values.length > 0) this.#expect(COMMA);
      this.#next = this.#skipBlank(this.#next);
      values.push(this.#concatenation());
    }
    this.#next++;
    this.#continuing = undefined;
    const result = callFunction(name, values, this.#kind.dialect);
    if (result === undefined) throw this.#unknown(start);
    return result;
  }

  /** `value AS type`, `value USING charset` or `value, type`; the value is unchanged. */
  #castOperand(): Value {
    const value = this.#primary();
    this.#next = this.#skipBlank(this.#next);
    const at = this.#next;
    if (this.#at(at) === COMMA) this.#next++;
    else if (!/^(AS|USING)$/i.test(this.#word())) throw this.#unknown(at);
    this.#next = this.#skipBlank(this.#next);
    return this.#cast(value);
  }

  #expect(byte: number): void {
    this.#next = this.#skipBlank(this.#next);
    if (this.#at(this.#next) !== byte) throw this.#unknown(this.#next);
    this.#next++;
  }

  /** Skips the name of a type: `character varying(255)`, `"public"."mood"[]`, `numeric(10,2)`. */
  #skipType(): void {
    let i = this.#next;
    for (let depth = 0; ; i++) {
      const byte = this.#at(i);
      if (byte === OPEN_PAREN) depth++;
      else if (byte === CLOSE_PAREN) {
        if (depth === 0) break;
        depth--;
      } else if (byte === COLON || byte === PIPE || (byte === COMMA && depth === 0)) break;
      else if (byte === DOUBLE_QUOTE) i = this.#scanString(i, Escapes.Doubled) - 1;
      else if (!isNameByte(byte) && !isSpace(byte) && !isTypePunctuation(byte)) throw this.#unknown(i);
    }
    this.#next = i;
  }

  #unknown(position: number): RowProblem {
    return new RowProblem(texts().rows.expression, position);
  }
}

function isTypePunctuation(byte: number): boolean {
  return byte === DOT || byte === COMMA || byte === OPEN_BRACKET || byte === CLOSE_BRACKET;
}

function isNull(bytes: Buffer, i: number): boolean {
  return bytes[i + 1] === 0x55 && bytes[i + 2] === 0x4c && bytes[i + 3] === 0x4c;
}

/** Replaces another escape byte by backslashes. */
function withBackslashes(bytes: Buffer, mark: number): Buffer {
  const result: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte === mark && bytes[i + 1] === mark) result.push(...(mark === BACKSLASH ? [mark, mark] : [mark]));
    else if (byte === mark) result.push(BACKSLASH);
    else result.push(...(byte === BACKSLASH ? [byte, byte] : [byte]));
    if (byte === mark && bytes[i + 1] === mark) i++;
  }
  return Buffer.from(result);
}

function hexBytes(digits: string): Buffer {
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}

function bitBytes(digits: string): Buffer {
  const length = Math.ceil(digits.length / 8);
  return length === 0
    ? NO_BYTES
    : Buffer.from(
        BigInt(`0b${digits}`)
          .toString(16)
          .padStart(2 * length, '0'),
        'hex',
      );
}

/** Evaluates the functions that dump programs write around text; undefined for any other. */
function callFunction(name: string, values: readonly Value[], dialect: DumpKind['dialect']): Value | undefined {
  const [first, second, third] = values;
  const text = (bytes: Buffer): Value => ({ kind: CellKind.Text, bytes });
  const asText = (bytes: Buffer | undefined): Value | undefined => (bytes === undefined ? undefined : text(bytes));
  const areTexts = values.every(({ kind, form }) => kind === CellKind.Text && (form === undefined || form === 'other'));
  switch (name) {
    case 'REPLACE':
      if (first === undefined || second === undefined || third === undefined || values.length > 3) return undefined;
      return areTexts ? text(replaceAll(first.bytes, second.bytes, third.bytes)) : undefined;
    case 'UNISTR':
      if (first === undefined || values.length > 1 || dialect === 'mysql' || !areTexts) return undefined;
      return asText(unicodeEscapes(first.bytes, true, dialect === 'postgres'));
    case 'CHAR':
      return dialect === 'postgres' ? undefined : characters(values, dialect === 'mysql');
    case 'CHR':
      return dialect === 'postgres' && values.length === 1 ? characters(values, false) : undefined;
    case 'CONCAT':
      // PostgreSQL skips NULL, and each engine formats numbers differently.
      return areTexts && values.length > 0 ? text(Buffer.concat(values.map(({ bytes }) => bytes))) : undefined;
    case 'UNHEX': {
      const digits = first?.bytes.toString('latin1') ?? '';
      if (values.length !== 1 || !areTexts || digits.length % 2 !== 0 || !/^[\da-f]*$/i.test(digits)) return undefined;
      const bytes = hexBytes(digits);
      if (dialect === 'sqlite3') return { kind: CellKind.Text, bytes, form: 'bytes' };
      return dialect === 'mysql' && isUtf8(bytes) ? asBytes(bytes) : undefined;
    }
    default:
      return undefined;
  }
}

/** MySQL's CHAR() returns bytes: https://dev.mysql.com/doc/refman/8.0/en/string-functions.html#function_char */
function characters(values: readonly Value[], areBytes: boolean): Value | undefined {
  const codes = values.map(({ kind, bytes }) => {
    const digits = bytes.toString('latin1');
    return kind === CellKind.Number && /^\d{1,7}$/.test(digits) ? Number(digits) : -1;
  });
  const isCode = (code: number): boolean =>
    areBytes ? code >= 0 && code <= 0xff : code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  if (!codes.every(isCode)) return undefined;
  const bytes = areBytes ? Buffer.from(codes) : Buffer.concat(codes.map(encodeCodePoint));
  if (!isUtf8(bytes)) return undefined;
  return areBytes ? asBytes(bytes) : { kind: CellKind.Text, bytes };
}

/** Bytes that MySQL stores unchanged, regardless of the column's character set. */
const asBytes = (bytes: Buffer): Value =>
  isAscii(bytes) ? { kind: CellKind.Text, bytes } : { kind: CellKind.Text, bytes, form: 'bytes' };

const hasFourByteCharacter = (bytes: Buffer): boolean => bytes.some((byte) => byte >= 0xf0);

function encodeCodePoint(code: number): Buffer {
  const bytes = Buffer.alloc(4);
  return bytes.subarray(0, putCodePoint(bytes, 0, code));
}

function replaceAll(bytes: Buffer, search: Buffer, replacement: Buffer): Buffer {
  if (search.length === 0) return bytes;
  const parts: Buffer[] = [];
  let from = 0;
  for (;;) {
    const at = bytes.indexOf(search, from);
    if (at < 0) break;
    parts.push(bytes.subarray(from, at), replacement);
    from = at + search.length;
  }
  if (from === 0) return bytes;
  parts.push(bytes.subarray(from));
  return Buffer.concat(parts);
}

/**
 * `\XXXX`, `\+XXXXXX` and `\\`, as in U&'…' of PostgreSQL and unistr('…') of SQLite 3.50, which also has `\uXXXX` and
 * `\UXXXXXXXX` (https://www.sqlite.org/lang_corefunc.html#unistr). PostgreSQL joins surrogate pairs. Undefined for an invalid
 * character.
 */
function unicodeEscapes(bytes: Buffer, withLetters: boolean, joinsPairs: boolean): Buffer | undefined {
  const result = Buffer.alloc(bytes.length);
  let to = 0;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] as number;
    if (byte !== BACKSLASH || i + 1 >= bytes.length) {
      result[to++] = byte;
      i++;
      continue;
    }
    const letter = bytes[i + 1];
    if (letter === BACKSLASH) {
      result[to++] = BACKSLASH;
      i += 2;
      continue;
    }
    const prefixed = letter === PLUS ? 6 : withLetters && letter === 0x75 ? 4 : withLetters && letter === 0x55 ? 8 : 0;
    const digits = i + (prefixed === 0 ? 1 : 2);
    let [code, after] = readDigits(bytes, digits, Math.min(digits + (prefixed || 4), bytes.length), 16);
    if (code >= 0xd800 && code < 0xdc00 && joinsPairs) {
      const isPrefixed = bytes[after + 1] === PLUS || bytes[after + 1] === 0x75;
      const start = after + (isPrefixed ? 2 : 1);
      const length = bytes[after + 1] === PLUS ? 6 : 4;
      const [low, afterLow] = readDigits(bytes, start, Math.min(start + length, bytes.length), 16);
      if (bytes[after] !== BACKSLASH || low < 0xdc00 || low > 0xdfff) return undefined;
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      after = afterLow;
    }
    // Engines handle invalid characters differently.
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    to += putCodePoint(result, to, code);
    i = after;
  }
  return result.subarray(0, to);
}
