/** A position in contiguous bytes of SQL: skips whitespace and comments, and finds the ends of strings. */

import { NEED_MORE, RowProblem } from '../../RowProblem.js';
import { HASH, isSpace, LF, MINUS, SLASH, SPACE, STAR } from '../syntax/bytes.js';
import type { DumpKind } from '../syntax/Dialect.js';
import { Escapes } from '../syntax/escapes.js';
import { lineCommentEnd } from '../syntax/lineCommentEnd.js';
import { StringScanner } from '../syntax/StringScanner.js';
import { texts } from '../texts.js';
import { NO_BYTES } from './SqlValue.js';

export class SqlCursor {
  /** `[position, end)` is available; `final` means that nothing follows. */
  bytes: Buffer = NO_BYTES;
  end = 0;
  final = false;
  position = 0;
  /** 1-based line of `position`. */
  line = 1;
  readonly kind: DumpKind;
  /** The escape rules of strings without a prefix. */
  readonly plainEscapes: Escapes;

  readonly #strings = new StringScanner();
  /** Position of the first escape or doubled quote in the last scanned string; -1 if there is none. */
  escapeAt = -1;

  constructor(kind: DumpKind) {
    this.kind = kind;
    this.plainEscapes = kind.backslashEscapes
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
    this.restartStrings();
  }

  /** To be called before strings are read again that lie before the last one. */
  restartStrings(): void {
    this.#strings.reset();
  }

  /** Throws NEED_MORE beyond the end. */
  byteAt(i: number): number {
    if (i >= this.end) throw NEED_MORE;
    return this.bytes[i] as number;
  }

  /** Position after whitespace and comments. */
  blankEnd(from: number): number {
    let i = from;
    for (;;) {
      const byte = this.byteAt(i);
      if (byte === LF) {
        this.line++;
        i++;
      } else if (isSpace(byte)) i++;
      else if (byte === MINUS && this.#isDashComment(i)) i = this.#skipLine(i);
      else if (byte === HASH && this.kind.dialect === 'mysql') i = this.#skipLine(i);
      else if (byte === SLASH && this.byteAt(i + 1) === STAR) {
        if (this.kind.dialect === 'mysql' && this.#isExecuted(i + 2)) {
          throw new RowProblem(texts().rows.comment, i);
        }
        i = this.#skipComment(i + 2);
      } else return i;
    }
  }

  /** `/*!` and `/*M!` */
  #isExecuted(i: number): boolean {
    return this.byteAt(i) === 0x21 || (this.byteAt(i) === 0x4d && this.byteAt(i + 1) === 0x21);
  }

  /** MySQL requires white space after the dashes: 5--3 is 8 there. */
  #isDashComment(i: number): boolean {
    return this.byteAt(i + 1) === MINUS && (this.kind.dialect !== 'mysql' || this.byteAt(i + 2) <= SPACE);
  }

  #skipLine(from: number): number {
    const at = lineCommentEnd(this.bytes, from, this.end, this.kind.dialect);
    if (at < 0) throw NEED_MORE;
    return at;
  }

  #skipComment(from: number): number {
    let depth = 1;
    for (let i = from; ; i++) {
      const byte = this.byteAt(i);
      if (byte === LF) this.line++;
      else if (byte === STAR && this.byteAt(i + 1) === SLASH) {
        depth--;
        i++;
        if (depth === 0) return i + 1;
      } else if (byte === SLASH && this.kind.dialect === 'postgres' && this.byteAt(i + 1) === STAR) {
        depth++;
        i++;
      }
    }
  }

  /** Position after the string or quoted name whose quote is at `start`. The text before `from` is plain. */
  stringEnd(start: number, escapes: Escapes, from = start + 1): number {
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
    this.escapeAt = escapeAt;
    this.line += strings.lines;
    return i + 1;
  }
}
