/** Resolves the escapes of a row's texts once for all consumers, in memory that is reused for the next row. */

import { decodeJsonTextInto } from '../../core/jsonText.js';
import { type Cell, CellKind } from '../../core/rows.js';

/** Bytes kept from row to row, so that one huge row does not hold its memory forever. */
const KEPT = 1024 * 1024;

export class JsonTextDecoder {
  #bytes = Buffer.allocUnsafe(16 * 1024);
  #used = 0;

  /** Begins a row and overwrites what was decoded before. */
  begin(): void {
    this.#used = 0;
    if (this.#bytes.length > KEPT) this.#bytes = Buffer.allocUnsafe(KEPT);
  }

  /** Turns a cell with a JSON string into one with its text. Other cells are unchanged. */
  decode(cell: Cell): void {
    if (cell.kind !== CellKind.JsonText) return;
    // A text is never longer than its literal. Earlier cells of the row keep their buffer.
    const length = cell.end - cell.start;
    if (this.#used + length > this.#bytes.length) {
      this.#bytes = Buffer.allocUnsafe(Math.max(length, 2 * this.#bytes.length));
      this.#used = 0;
    }
    const start = this.#used;
    this.#used = decodeJsonTextInto(cell.bytes, cell.start, cell.end, this.#bytes, start);
    cell.set(CellKind.Text, this.#bytes, start, this.#used);
  }
}
