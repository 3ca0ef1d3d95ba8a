/**
 * Reads the values of one row of an INSERT statement, `(1,'a',NULL)`, from bytes that lie in one piece. Plain values take
 * the short way; literals with a prefix, casts, and the few functions that dump programs write take the long one.
 *
 * What is no constant (a subselect, `now()`) is refused: it has no value outside the database.
 */

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
  STAR,
} from './bytes.js';
import { castKeeps } from './castKeeps.js';
import type { DumpKind } from './Dialect.js';
import { Escapes, hexDigit, putCodePoint, readDigits, resolveEscapes } from './escapes.js';
import { StringScanner } from './StringScanner.js';
import type { LiteralForm } from './ValueFitter.js';

/** A value that took the long way: always with bytes of its own. */
interface Value {
  readonly kind: CellKind;
  readonly bytes: Buffer;
  readonly form?: LiteralForm;
}

const NO_BYTES = Buffer.alloc(0);
const NULL_VALUE: Value = { kind: CellKind.Null, bytes: NO_BYTES };
/** Character sets whose text is UTF-8 in a dump, or no text at all. */
const UTF8_INTRODUCERS = /^_(utf8|utf8mb3|utf8mb4|binary|ascii)$/i;
const INTRODUCER = /^_[a-z0-9]+$/i;
/** Character sets whose ASCII is ASCII. */
const ASCII_INTRODUCERS = /^_(latin[1257]|cp125[0-7]|koi8[ru]|gbk|gb2312|gb18030|big5|euckr|greek|hebrew)$/i;
/** `DATE '2020-01-01'`: the type's name does not change the text. */
const TYPED_LITERAL = /^(DATE|TIME|TIMESTAMP|TIMESTAMPTZ|DATETIME|INTERVAL|UUID|JSON|JSONB|TEXT|BYTEA|BOOLEAN|N)$/i;

/** Strings up to this length are taken at sight when nothing in them needs more: these bytes would. */
const SHORT = 32;
const STOPS = new Uint8Array(256);
STOPS[SINGLE_QUOTE] = STOPS[BACKSLASH] = STOPS[LF] = 1;

/** Nesting limit: malformed input must not overflow the stack. */
const MAX_DEPTH = 100;

export class TupleParser {
  /** `[position, end)` is what is there; nothing comes after it when it is final. */
  bytes: Buffer = NO_BYTES;
  end = 0;
  final = false;
  position = 0;
  /** 1-based line of `position`. */
  line = 1;
  /** How the values of the last row were written that are no plain literals, by their number. Empty as a rule. */
  readonly forms = new Map<number, LiteralForm>();

  readonly #kind: DumpKind;
  readonly #plainEscapes: Escapes;
  /** Cells of the row whose bytes are still as they were written, and where the first escape of each is. */
  readonly #escaped: Cell[] = [];
  readonly #escapedFrom: number[] = [];
  #escapedCount = 0;

  constructor(kind: DumpKind) {
    this.#kind = kind;
    this.#plainEscapes = kind.backslashEscapes
      ? kind.dialect === 'postgres'
        ? Escapes.Postgres
        : Escapes.MySql
      : Escapes.Doubled;
  }

  /** Goes on with other bytes, or from another place in them. */
  load(bytes: Buffer, end: number, final: boolean, position: number, line: number): void {
    this.bytes = bytes;
    this.end = end;
    this.final = final;
    this.position = position;
    this.line = line;
    this.#strings.reset();
  }

  /** Reads the row whose parenthesis stands at `position` into the cells, and goes behind it. */
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
      if (cell === undefined) throw new RowProblem(`the row has more than ${cells.length} values`, start);
      i = this.#readValue(cell, i, end, count);
      count++;
      let byte = bytes[i];
      if (byte !== COMMA && byte !== CLOSE_PAREN) {
        i = this.#skipBlank(i);
        byte = bytes[i];
      }
      if (byte === CLOSE_PAREN) break;
      if (byte !== COMMA) throw new RowProblem(`value ${count} of the row is followed by something unexpected`, i);
      i++;
      if (i < end && (bytes[i] as number) > 0x20 && bytes[i] !== SLASH) continue;
      i = this.#skipBlank(i);
    }
    if (count !== cells.length) {
      throw new RowProblem(`the row has ${count} values for ${cells.length} columns`, start);
    }
    this.position = i + 1;
    // Not before the whole row is here: what was resolved in place could not be read again.
    for (let k = 0; k < this.#escapedCount; k++) {
      const cell = this.#escaped[k] as Cell;
      cell.end = resolveEscapes(bytes, this.#escapedFrom[k] as number, cell.end, this.#plainEscapes, SINGLE_QUOTE);
    }
  }

  /** Goes behind whitespace and comments. */
  skipBlank(): void {
    this.position = this.#skipBlank(this.position);
  }

  /** Goes behind the statement's semicolon, from anywhere outside a string: `ON DUPLICATE KEY UPDATE …;`. */
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
      else if (byte === MINUS && this.#at(i + 1) === MINUS) i = this.#skipLine(i);
      else if (byte === HASH && this.#kind.dialect === 'mysql') i = this.#skipLine(i);
      else if (byte === SLASH && this.#at(i + 1) === STAR) {
        if (this.#kind.dialect === 'mysql' && this.#isExecuted(i + 2)) {
          throw new RowProblem('a comment stands between values that MySQL executes', i);
        }
        i = this.#skipComment(i + 2);
      } else return i;
    }
  }

  /** `/*!` and `/*M!` */
  #isExecuted(i: number): boolean {
    return this.#at(i) === 0x21 || (this.#at(i) === 0x4d && this.#at(i + 1) === 0x21);
  }

  #skipLine(from: number): number {
    const at = this.bytes.indexOf(LF, from);
    if (at < 0 || at >= this.end) throw NEED_MORE;
    return at;
  }

  #skipComment(from: number): number {
    for (let i = from; ; i++) {
      const byte = this.#at(i);
      if (byte === LF) this.line++;
      else if (byte === STAR && this.#at(i + 1) === SLASH) return i + 2;
    }
  }

  /** Plain literals; everything else takes the long way. */
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
  /** Where the string that was scanned last has its first escape or doubled quote; -1 when it is to be taken as it stands. */
  #escapeAt = -1;

  /** Goes behind the string, or the quoted name, whose quote stands at `start`; what stands before `from` is plain. */
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
    // The short way may have gone ahead.
    this.#strings.reset();
    this.#depth = 0;
    const value = this.#concatenation();
    cell.set(value.kind, value.bytes);
    this.forms.set(index, value.form ?? 'other');
    return this.#skipBlank(this.#next);
  }

  /** Where the long way stands. */
  #next = 0;
  /** How many parentheses and calls are open there. */
  #depth = 0;

  #concatenation(): Value {
    if (++this.#depth > MAX_DEPTH) throw this.#unknown(this.#next);
    let value = this.#primary();
    for (;;) {
      const { line } = this;
      this.#next = this.#skipBlank(this.#next);
      const byte = this.#at(this.#next);
      if (byte === PIPE && this.#at(this.#next + 1) === PIPE && this.#kind.dialect !== 'mysql') {
        this.#next = this.#skipBlank(this.#next + 2);
        value = joined(value, this.#primary());
      } else if (byte === SINGLE_QUOTE && value.kind === CellKind.Text && this.#continues(line)) {
        // Two strings side by side are one, and read alike.
        value = joined(value, this.#string(this.#next, this.#lastEscapes));
      } else if (byte === COLON && this.#at(this.#next + 1) === COLON && this.#kind.dialect === 'postgres') {
        this.#next = this.#skipBlank(this.#next + 2);
        this.#cast(value);
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

  /** PostgreSQL wants a line break between two strings; SQLite takes none. */
  #continues(line: number): boolean {
    const { dialect } = this.#kind;
    return dialect === 'mysql' || (dialect === 'postgres' && this.line > line);
  }

  /** Goes behind the type that a value is cast to, which must leave it as it is. */
  #cast({ kind, bytes }: Value): void {
    const start = this.#next;
    this.#skipType();
    if (kind !== CellKind.Text && kind !== CellKind.Number) return;
    const type = this.bytes.toString('utf8', start, this.#next);
    const isNumber = kind === CellKind.Number;
    if (!castKeeps(bytes.toString('utf8'), isNumber, type, this.#kind.dialect === 'sqlite3'))
      throw this.#unknown(start);
  }

  #primary(): Value {
    const start = this.#next;
    const first = this.#at(start);
    if (first === SINGLE_QUOTE) return this.#string(start, this.#plainEscapes);
    if (first === DOUBLE_QUOTE && this.#kind.dialect !== 'postgres') return this.#string(start, this.#plainEscapes);
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

  /** `0x4142` is the text AB in MySQL, and the number elsewhere. */
  #hexNumber(start: number, sign: number): Value {
    let i = start + 2;
    while (hexDigit(this.#at(i)) >= 0) i++;
    const digits = this.bytes.toString('latin1', start + 2, i);
    this.#next = i;
    if (this.#kind.dialect === 'mysql') return { kind: CellKind.Text, bytes: hexBytes(digits), form: 'hexadecimal' };
    // Beyond 63 bits SQLite takes it for a negative number.
    if (digits.length > 15) throw this.#unknown(start);
    return { kind: CellKind.Number, bytes: Buffer.from(`${sign === MINUS ? '-' : ''}${BigInt(`0x${digits}`)}`) };
  }

  /** How the string was read that a following one continues. */
  #lastEscapes: Escapes = Escapes.Doubled;

  #string(start: number, escapes: Escapes): Value {
    this.#lastEscapes = escapes;
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
      const text = this.#string(this.#next + 1, Escapes.Doubled);
      return { kind: CellKind.Text, bytes: unicodeEscapes(text.bytes, false) };
    }
    this.#next = this.#skipBlank(this.#next);
    if (INTRODUCER.test(word) && this.#kind.dialect === 'mysql') return this.#introduced(start, word);
    if (this.#at(this.#next) === OPEN_PAREN) return this.#call(start, upper);
    if (this.#at(this.#next) === SINGLE_QUOTE && TYPED_LITERAL.test(upper)) {
      const value = this.#string(this.#next, this.#plainEscapes);
      const type = upper === 'N' || upper === 'TIMESTAMPTZ' ? 'timestamp' : upper;
      const isKept = upper === 'N' || castKeeps(value.bytes.toString('utf8'), false, type, false);
      if (!isKept || this.#kind.dialect === 'sqlite3') throw this.#unknown(start);
      return value;
    }
    throw this.#unknown(start);
  }

  #prefixedString(prefix: string): Value | undefined {
    const at = this.#next;
    switch (prefix) {
      case 'X':
        return {
          kind: CellKind.Text,
          bytes: hexBytes(this.#string(at, Escapes.Doubled).bytes.toString('latin1')),
          form: 'hexadecimal',
        };
      case 'B': {
        const digits = this.#string(at, Escapes.Doubled).bytes.toString('latin1');
        if (!/^[01]*$/.test(digits)) throw this.#unknown(at);
        return { kind: CellKind.Number, bytes: Buffer.from(BigInt(`0b${digits || '0'}`).toString()), form: 'bits' };
      }
      case 'E':
        return this.#string(at, this.#kind.dialect === 'postgres' ? Escapes.Postgres : this.#plainEscapes);
      default:
        return undefined;
    }
  }

  /** ``_utf8mb4'…'``, `_binary 0x…`: says which characters the bytes are. */
  #introduced(start: number, word: string): Value {
    const value = this.#primary();
    const isAscii = ASCII_INTRODUCERS.test(word) && value.bytes.every((byte) => byte < 0x80);
    if (!UTF8_INTRODUCERS.test(word) && !isAscii) {
      throw new RowProblem(`a value is in the character set ${word}; make the dump again with utf8mb4`, start);
    }
    return value;
  }

  #call(start: number, name: string): Value {
    this.#next = this.#skipBlank(this.#next + 1);
    if (name === 'CAST' || name === 'CONVERT') {
      const value = this.#castOperand();
      this.#expect(CLOSE_PAREN);
      return value;
    }
    const values: Value[] = [];
    while (this.#at(this.#next) !== CLOSE_PAREN) {
      if (values.length > 0) this.#expect(COMMA);
      this.#next = this.#skipBlank(this.#next);
      values.push(this.#concatenation());
    }
    this.#next++;
    const result = callFunction(name, values, this.#kind.dialect);
    if (result === undefined) throw this.#unknown(start);
    return result;
  }

  /** `value AS type`, `value USING charset` or `value, type`; the value is taken as it is. */
  #castOperand(): Value {
    const value = this.#primary();
    this.#next = this.#skipBlank(this.#next);
    const at = this.#next;
    if (this.#at(at) === COMMA) this.#next++;
    else if (!/^(AS|USING)$/i.test(this.#word())) throw this.#unknown(at);
    this.#next = this.#skipBlank(this.#next);
    this.#cast(value);
    return { kind: value.kind, bytes: value.bytes };
  }

  #expect(byte: number): void {
    this.#next = this.#skipBlank(this.#next);
    if (this.#at(this.#next) !== byte) throw this.#unknown(this.#next);
    this.#next++;
  }

  /** Goes behind the name of a type: `character varying(255)`, `"public"."mood"[]`, `numeric(10,2)`. */
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
    return new RowProblem('a value is an expression that only the database could evaluate', position);
  }
}

function isTypePunctuation(byte: number): boolean {
  return byte === DOT || byte === COMMA || byte === OPEN_BRACKET || byte === CLOSE_BRACKET;
}

function isNull(bytes: Buffer, i: number): boolean {
  return bytes[i + 1] === 0x55 && bytes[i + 2] === 0x4c && bytes[i + 3] === 0x4c;
}

/** NULL joined with anything is NULL. */
function joined(a: Value, b: Value): Value {
  if (a.kind === CellKind.Null || b.kind === CellKind.Null) return NULL_VALUE;
  return { kind: CellKind.Text, bytes: Buffer.concat([a.bytes, b.bytes]) };
}

function hexBytes(digits: string): Buffer {
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}

/** The functions that dump programs write around text; undefined for any other. */
function callFunction(name: string, values: readonly Value[], dialect: DumpKind['dialect']): Value | undefined {
  const [first, second, third] = values;
  const text = (bytes: Buffer): Value => ({ kind: CellKind.Text, bytes });
  switch (name) {
    case 'REPLACE':
      if (first === undefined || second === undefined || third === undefined || values.length > 3) return undefined;
      if (values.some(({ kind }) => kind !== CellKind.Text)) return undefined;
      return text(replaceAll(first.bytes, second.bytes, third.bytes));
    case 'UNISTR':
      return first === undefined || values.length > 1 ? undefined : text(unicodeEscapes(first.bytes, true));
    case 'CHAR':
    case 'CHR':
      if (values.some(({ kind }) => kind !== CellKind.Number)) return undefined;
      // MySQL's are bytes: https://dev.mysql.com/doc/refman/8.0/en/string-functions.html#function_char
      if (dialect === 'mysql') {
        const codes = values.map(({ bytes }) => Number(bytes.toString('latin1')));
        return codes.every((code) => code >= 0 && code <= 0xff) ? text(Buffer.from(codes)) : undefined;
      }
      return text(Buffer.concat(values.map(({ bytes }) => encodeCodePoint(Number(bytes.toString('latin1'))))));
    case 'CONCAT':
      // PostgreSQL passes NULL over, and numbers have a text of each engine's own.
      if (values.some(({ kind }) => kind !== CellKind.Text)) return undefined;
      return values.reduce(joined, text(NO_BYTES));
    case 'UNHEX':
      return first === undefined || values.length > 1 ? undefined : text(hexBytes(first.bytes.toString('latin1')));
    default:
      return undefined;
  }
}

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
 * `\UXXXXXXXX` (https://www.sqlite.org/lang_corefunc.html#unistr).
 */
function unicodeEscapes(bytes: Buffer, withLetters: boolean): Buffer {
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
    const [code, after] = readDigits(bytes, digits, Math.min(digits + (prefixed || 4), bytes.length), 16);
    to += putCodePoint(result, to, code);
    i = after;
  }
  return result.subarray(0, to);
}
