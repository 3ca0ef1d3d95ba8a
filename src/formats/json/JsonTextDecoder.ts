/** Resolves the escapes of a row's texts, once for all who look at them, in memory that the next row uses again. */

import { decodeJsonTextInto } from '../../core/jsonText.js';
import { type Cell, CellKind } from '../../core/rows.js';

/** Bytes that are kept from row to row; one huge row must not keep its room for ever. */
const KEPT = 1024 * 1024;

export class JsonTextDecoder {
  #bytes = Buffer.allocUnsafe(16 * 1024);
  #used = 0;

  /** Begins a row: what was decoded before is overwritten. */
  begin(): void {
    this.#used = 0;
    if (this.#bytes.length > KEPT) this.#bytes = Buffer.allocUnsafe(KEPT);
  }

  /** Makes a cell with a JSON string one with the text that it stands for. Other cells stay as they are. */
  decode(cell: Cell): void {
    if (cell.kind !== CellKind.JsonText) return;
    // Text is never longer than its literal. Earlier cells of the row keep the buffer that they lie in.
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
