/** Reads one line of PostgreSQL's COPY data in text format: https://www.postgresql.org/docs/15/sql-copy.html. */

import { type Cell, CellKind } from '../../../core/rows.js';
import { WordView } from '../../../core/words.js';
import { NEED_MORE, RowProblem } from '../../RowProblem.js';
import { BACKSLASH, CR, DOT, LF, TAB } from '../syntax/bytes.js';
import { Escapes, resolveEscapes } from '../syntax/escapes.js';
import { texts } from '../texts.js';

/** 1 for each byte that ends a value or changes it. */
const STOPS = new Uint8Array(256);
STOPS[BACKSLASH] = STOPS[TAB] = STOPS[LF] = 1;

export class CopyParser {
  bytes: Buffer = Buffer.alloc(0);
  end = 0;
  final = false;
  position = 0;
  /** Cells of the row whose escapes have not been resolved yet. */
  readonly #escaped: Cell[] = [];
  #escapedCount = 0;
  readonly #words = new WordView();

  /** Whether the data ends here, at a line that is exactly `\.`. */
  atEnd(): boolean {
    const { bytes, position, end } = this;
    if (position + 3 >= end && !this.final) throw NEED_MORE;
    if (position >= end) return true;
    if (bytes[position] !== BACKSLASH || bytes[position + 1] !== 0x2e) return false;
    const after = bytes[position + 2];
    return position + 2 >= end || after === LF || after === CR;
  }

  /** Reads the line at `position` into the cells, and moves to the next. */
  readLine(cells: readonly Cell[]): void {
    const { bytes, end } = this;
    const start = this.position;
    this.#escapedCount = 0;
    let count = 0;
    let from = start;
    let sawEscape = false;
    let i = start;
    for (; ; i++) {
      if (i >= end) throw NEED_MORE;
      const byte = bytes[i] as number;
      if (STOPS[byte] === 0) continue;
      if (byte === BACKSLASH) {
        sawEscape = true;
        // The next byte belongs to the escape, even if it is a tab or a line break.
        i++;
        // psql ends the data at this line, the server after the line break.
        if (bytes[i] === LF && i + 2 < end && bytes[i + 1] === BACKSLASH && bytes[i + 2] === DOT)
          throw new RowProblem(texts().rows.unexpectedAfterValue({ value: count + 1 }), i);
      } else if (byte === TAB || byte === LF) {
        const cell = cells[count];
        if (cell === undefined) {
          if (count === 0 && byte === LF && i === start) break;
          throw new RowProblem(texts().rows.tooManyValues({ most: cells.length }), start);
        }
        const to = byte === LF && i > from && bytes[i - 1] === CR ? i - 1 : i;
        if (sawEscape && to - from === 2 && bytes[from] === BACKSLASH && bytes[from + 1] === 0x4e) {
          cell.set(CellKind.Null);
        } else {
          cell.set(CellKind.Text, bytes, from, to);
          if (sawEscape) this.#escaped[this.#escapedCount++] = cell;
        }
        count++;
        if (byte === LF) break;
        sawEscape = false;
        from = i + 1;
      }
    }
    if (count !== cells.length) {
      throw new RowProblem(texts().rows.valuesForColumns({ values: count, columns: cells.length }), start);
    }
    this.position = i + 1;
    if (this.#escapedCount === 0) return;
    const words = this.#words.of(bytes);
    for (let k = 0; k < this.#escapedCount; k++) {
      const cell = this.#escaped[k] as Cell;
      cell.end = resolveEscapes(bytes, cell.start, cell.end, Escapes.Copy, -1, words);
    }
  }
}
