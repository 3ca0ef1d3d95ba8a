/** Reads strings and numbers as the three dialects write them, other than the plain ones that TupleParser reads itself. */

import { CellKind } from '../../../core/rows.js';
import { NEED_MORE, RowProblem } from '../../RowProblem.js';
import { DIGIT_0, DIGIT_9, DOLLAR, DOT, isNameByte, LF, MINUS, PLUS, SINGLE_QUOTE, SPACE } from '../syntax/bytes.js';
import { Escapes, hexDigit, resolveEscapes } from '../syntax/escapes.js';
import { texts } from '../texts.js';
import { bitBytes, hexBytes } from './digitBytes.js';
import { hasFourByteCharacter } from './hasFourByteCharacter.js';
import type { SqlCursor } from './SqlCursor.js';
import type { SqlValue } from './SqlValue.js';
import { unicodeEscapes, withBackslashes } from './unicodeEscapes.js';

export class LiteralReader {
  protected readonly cursor: SqlCursor;
  /** Position of the next byte to read. */
  protected next = 0;
  /** The escape rules of the string that a following one continues; undefined if the last value cannot be continued. */
  protected continuing: Escapes | undefined;

  constructor(cursor: SqlCursor) {
    this.cursor = cursor;
  }

  protected number(start: number): SqlValue {
    const { bytes } = this.cursor;
    this.continuing = undefined;
    let i = start;
    let sign = this.cursor.byteAt(i);
    if (sign === MINUS || sign === PLUS) {
      i = this.cursor.blankEnd(i + 1);
    } else sign = 0;
    if (this.cursor.byteAt(i) === DIGIT_0 && (this.cursor.byteAt(i + 1) | 0x20) === 0x78) {
      return this.#hexNumber(i, sign);
    }
    const digits = i;
    for (; ; i++) {
      const byte = this.cursor.byteAt(i);
      const isExponentSign = (byte === MINUS || byte === PLUS) && ((bytes[i - 1] as number) | 0x20) === 0x65;
      if ((byte < DIGIT_0 || byte > DIGIT_9) && byte !== DOT && (byte | 0x20) !== 0x65 && !isExponentSign) break;
    }
    const text = bytes.toString('latin1', digits, i);
    if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw this.unknown(start);
    this.next = i;
    return { kind: CellKind.Number, bytes: Buffer.from(sign === MINUS ? `-${text}` : text, 'latin1') };
  }

  /** `0x4142` is the text AB in MySQL, and a number elsewhere. */
  #hexNumber(start: number, sign: number): SqlValue {
    let i = start + 2;
    while (hexDigit(this.cursor.byteAt(i)) >= 0) i++;
    const digits = this.cursor.bytes.toString('latin1', start + 2, i);
    this.next = i;
    if (this.cursor.kind.dialect === 'mysql') {
      // With a sign it is a number.
      if (sign !== 0) throw this.unknown(start);
      return { kind: CellKind.Text, bytes: hexBytes(digits), form: 'hexadecimal' };
    }
    // Beyond 63 bits SQLite reads a negative number.
    if (digits === '' || digits.length > 15) throw this.unknown(start);
    return { kind: CellKind.Number, bytes: Buffer.from(`${sign === MINUS ? '-' : ''}${BigInt(`0x${digits}`)}`) };
  }

  protected string(start: number, escapes: Escapes): SqlValue {
    this.continuing = escapes;
    const after = this.cursor.stringEnd(start, escapes);
    const bytes = Buffer.from(this.cursor.bytes.subarray(start + 1, after - 1));
    this.next = after;
    const end =
      this.cursor.escapeAt < 0
        ? bytes.length
        : resolveEscapes(bytes, 0, bytes.length, escapes, this.cursor.byteAt(start));
    return { kind: CellKind.Text, bytes: bytes.subarray(0, end) };
  }

  protected dollarString(start: number): SqlValue {
    let tagEnd = start + 1;
    while (this.cursor.byteAt(tagEnd) !== DOLLAR) tagEnd++;
    const tag = this.cursor.bytes.subarray(start, tagEnd + 1);
    const close = this.cursor.bytes.subarray(0, this.cursor.end).indexOf(tag, tagEnd + 1);
    if (close < 0) throw NEED_MORE;
    const bytes = Buffer.from(this.cursor.bytes.subarray(tagEnd + 1, close));
    for (const byte of bytes) if (byte === LF) this.cursor.line++;
    this.next = close + tag.length;
    this.continuing = undefined;
    return { kind: CellKind.Text, bytes };
  }

  /** The string at `next` behind a prefix in capitals: `X'…'`; undefined for an unknown prefix. */
  protected prefixedString(prefix: string): SqlValue | undefined {
    const at = this.next;
    const { dialect } = this.cursor.kind;
    switch (prefix) {
      case 'X': {
        const digits = this.string(at, Escapes.Doubled).bytes.toString('latin1');
        this.continuing = undefined;
        if (digits.length % 2 !== 0 || !/^[\da-f]*$/i.test(digits)) throw this.unknown(at);
        return { kind: CellKind.Text, bytes: hexBytes(digits), form: 'bytes' };
      }
      case 'B': {
        const digits = this.string(at, Escapes.Doubled).bytes.toString('latin1');
        this.continuing = undefined;
        if (!/^[01]*$/.test(digits) || dialect === 'sqlite3') throw this.unknown(at);
        return { kind: CellKind.Text, bytes: bitBytes(digits), form: 'bits' };
      }
      case 'E':
        return dialect === 'postgres' ? this.string(at, Escapes.Postgres) : undefined;
      case 'N': {
        if (dialect === 'sqlite3') return undefined;
        const value = this.string(at, this.cursor.plainEscapes);
        // MySQL reads it as utf8mb3.
        if (dialect === 'mysql' && hasFourByteCharacter(value.bytes)) throw this.unknown(at);
        // PostgreSQL converts it to bpchar, which loses trailing spaces.
        if (dialect === 'postgres' && value.bytes.at(-1) === SPACE) throw this.unknown(at);
        return value;
      }
      default:
        return undefined;
    }
  }

  /** `U&'…'`, whose prefix is at `start`. */
  protected unicodeString(start: number): SqlValue {
    if (this.cursor.kind.dialect !== 'postgres') throw this.unknown(start);
    const text = this.string(this.next + 1, Escapes.Doubled);
    // A following string would have to be read together with it.
    this.continuing = undefined;
    const bytes = unicodeEscapes(this.#withoutUescape(text.bytes), false, true);
    if (bytes === undefined) throw this.unknown(start);
    return { kind: CellKind.Text, bytes };
  }

  /** Converts the escape character of a following `UESCAPE '!'` to backslashes. */
  #withoutUescape(bytes: Buffer): Buffer {
    const at = this.cursor.blankEnd(this.next);
    if ((this.cursor.byteAt(at) | 0x20) !== 0x75) return bytes;
    this.next = at;
    if (this.word().toUpperCase() !== 'UESCAPE') throw this.unknown(at);
    this.next = this.cursor.blankEnd(this.next);
    if (this.cursor.byteAt(this.next) !== SINGLE_QUOTE) throw this.unknown(at);
    const mark = this.string(this.next, Escapes.Doubled).bytes;
    this.continuing = undefined;
    // PostgreSQL does not allow a hexadecimal digit, sign, quote or space.
    if (mark.length !== 1 || /[\da-f+'"\s\x80-\xff]/i.test(mark.toString('latin1'))) throw this.unknown(at);
    return withBackslashes(bytes, mark[0] as number);
  }

  protected word(): string {
    const start = this.next;
    let i = start;
    while (isNameByte(this.cursor.byteAt(i))) i++;
    this.next = i;
    return this.cursor.bytes.toString('latin1', start, i);
  }

  protected unknown(position: number): RowProblem {
    return new RowProblem(texts().rows.expression, position);
  }
}
