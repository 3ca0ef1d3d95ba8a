/**
 * Reads the values of one row of an INSERT statement, `(1,'a',NULL)`, from contiguous bytes. Plain values take a fast path;
 * prefixed literals, casts, and the few functions that dump programs write take a slow path.
 *
 * Anything that is not a constant (a subselect, `now()`) is rejected: it has no value outside the database.
 */

import { type Cell, CellKind } from '../../../core/rows.js';
import { WordView } from '../../../core/words.js';
import { RowProblem } from '../../RowProblem.js';
import {
  BACKSLASH,
  BACKTICK,
  CLOSE_PAREN,
  COMMA,
  DIGIT_0,
  DIGIT_9,
  DOUBLE_QUOTE,
  LF,
  MINUS,
  SEMICOLON,
  SINGLE_QUOTE,
  SLASH,
} from '../syntax/bytes.js';
import type { DumpKind } from '../syntax/Dialect.js';
import { Escapes, resolveEscapes } from '../syntax/escapes.js';
import type { LiteralRules } from '../syntax/LiteralRules.js';
import { texts } from '../texts.js';
import { ExpressionReader } from '../values/ExpressionReader.js';
import { SqlCursor } from '../values/SqlCursor.js';
import type { LiteralForm } from '../values/SqlValue.js';

/** Strings up to this length take the fast path, unless they contain one of these bytes. */
const SHORT = 32;
const STOPS = new Uint8Array(256);
STOPS[SINGLE_QUOTE] = STOPS[BACKSLASH] = STOPS[LF] = 1;

export class TupleParser extends SqlCursor {
  /** How the values of the last row were written that are not plain literals, by index. Usually empty. */
  readonly forms = new Map<number, LiteralForm>();

  /** Cells of the row whose escapes have not been resolved yet, and the position of each one's first escape. */
  readonly #escaped: Cell[] = [];
  readonly #escapedFrom: number[] = [];
  #escapedCount = 0;
  readonly #words = new WordView();

  readonly #expressions: ExpressionReader;

  constructor(kind: DumpKind, rules?: Pick<LiteralRules, 'ansiQuotes' | 'oracleFunctions'>) {
    super(kind);
    this.#expressions = new ExpressionReader(this, {
      ansiQuotes: rules?.ansiQuotes === true || kind.dialect === 'postgres',
      oracleFunctions: rules?.oracleFunctions === true,
    });
  }

  /** Reads the row whose parenthesis is at `position` into the cells, and moves past it. */
  readTuple(cells: readonly Cell[]): void {
    const { bytes, end } = this;
    const start = this.position;
    this.#escapedCount = 0;
    if (this.forms.size > 0) this.forms.clear();
    let count = 0;
    let i = this.blankEnd(start + 1);
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
        i = this.blankEnd(i);
        byte = bytes[i];
      }
      if (byte === CLOSE_PAREN) break;
      if (byte !== COMMA) throw new RowProblem(texts().rows.unexpectedAfterValue({ value: count }), i);
      i++;
      if (i < end && (bytes[i] as number) > 0x20 && bytes[i] !== SLASH) continue;
      i = this.blankEnd(i);
    }
    if (count !== cells.length) {
      throw new RowProblem(texts().rows.valuesForColumns({ values: count, columns: cells.length }), start);
    }
    this.position = i + 1;
    if (this.#escapedCount === 0) return;
    const words = this.#words.of(bytes);
    const escapes = this.plainEscapes;
    // Only once the row is complete: a string that was resolved in place cannot be read again.
    for (let k = 0; k < this.#escapedCount; k++) {
      const cell = this.#escaped[k] as Cell;
      cell.end = resolveEscapes(bytes, this.#escapedFrom[k] as number, cell.end, escapes, SINGLE_QUOTE, words);
    }
  }

  /** Skips whitespace and comments. */
  skipBlank(): void {
    this.position = this.blankEnd(this.position);
  }

  /** Moves past the statement's semicolon, from anywhere outside a string: `ON DUPLICATE KEY UPDATE …;`. */
  skipStatement(): void {
    let i = this.position;
    for (;;) {
      i = this.blankEnd(i);
      const byte = this.byteAt(i);
      if (byte === SEMICOLON) break;
      if (byte === SINGLE_QUOTE || byte === DOUBLE_QUOTE || byte === BACKTICK) {
        i = this.stringEnd(i, byte === BACKTICK ? Escapes.Doubled : this.plainEscapes);
      } else i++;
    }
    this.position = i + 1;
  }

  /** Reads a plain literal; everything else takes the slow path. */
  #readValue(cell: Cell, start: number, end: number, index: number): number {
    const { bytes } = this;
    const first = this.byteAt(start);
    if (first === SINGLE_QUOTE) {
      let i = start + 1;
      const shortEnd = Math.min(i + SHORT, end - 1);
      while (i < shortEnd && STOPS[bytes[i] as number] === 0) i++;
      if (i < shortEnd && bytes[i] === SINGLE_QUOTE && (bytes[i + 1] === COMMA || bytes[i + 1] === CLOSE_PAREN)) {
        cell.set(CellKind.Text, bytes, start + 1, i);
        return i + 1;
      }
      const lines = this.line;
      const after = this.stringEnd(start, this.plainEscapes, i);
      const next = this.byteAt(after);
      if (next === COMMA || next === CLOSE_PAREN) {
        cell.set(CellKind.Text, bytes, start + 1, after - 1);
        if (this.escapeAt >= 0) {
          this.#escaped[this.#escapedCount] = cell;
          this.#escapedFrom[this.#escapedCount++] = this.escapeAt;
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
      const next = this.byteAt(i);
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

  #readExpression(cell: Cell, start: number, index: number): number {
    // The fast path may have gone ahead.
    this.restartStrings();
    const value = this.#expressions.read(start);
    cell.set(value.kind, value.bytes);
    this.forms.set(index, value.form ?? 'other');
    return this.blankEnd(this.#expressions.position);
  }
}

function isNull(bytes: Buffer, i: number): boolean {
  return bytes[i + 1] === 0x55 && bytes[i + 2] === 0x4c && bytes[i + 3] === 0x4c;
}
