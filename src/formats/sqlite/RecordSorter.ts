/**
 * Passes the records of a table on in the order of their ids. Backups from PostgreSQL have changed rows at the end of a table, so
 * the first few megabytes may be in any order.
 */
import type { TableTreeWriter } from './TableTreeWriter.js';

/** Kept from one table to the next, because memory that is allocated for each table would make V8 collect garbage. */
export interface SorterMemory {
  bytes: Buffer;
}

const MOST_BYTES = 8 * 1024 * 1024;
const GROWTH = 4;

export class RecordSorter {
  readonly #tree: TableTreeWriter;
  readonly #sameId: () => Error;
  readonly #memory: SorterMemory;
  /** Whether the first records are in memory, one after the other. */
  #isWaiting = true;
  #end = 0;
  #ids: number[] = [];
  /** Where each begins. */
  #starts: number[] = [];
  #isAscending = true;

  /** `sameId`: the error for two records of the same id. */
  constructor(tree: TableTreeWriter, sameId: () => Error, memory: SorterMemory) {
    this.#tree = tree;
    this.#sameId = sameId;
    this.#memory = memory;
  }

  /** False if the record is too late. */
  add(id: number, bytes: Buffer, start: number, end: number): boolean {
    if (this.#isWaiting && this.#end + end - start > MOST_BYTES) this.#passOn();
    if (!this.#isWaiting) {
      if (id <= this.#tree.lastId) return false;
      this.#tree.add(id, bytes, start, end);
      return true;
    }
    this.#reserve(end - start);
    if (id <= (this.#ids.at(-1) ?? -1)) this.#isAscending = false;
    this.#ids.push(id);
    this.#starts.push(this.#end);
    this.#end += bytes.copy(this.#memory.bytes, this.#end, start, end);
    return true;
  }

  #reserve(more: number): void {
    const { bytes } = this.#memory;
    if (this.#end + more <= bytes.length) return;
    this.#memory.bytes = Buffer.allocUnsafeSlow(
      Math.max(this.#end + more, Math.min(MOST_BYTES, GROWTH * bytes.length)),
    );
    bytes.copy(this.#memory.bytes, 0, 0, this.#end);
  }

  #passOn(): void {
    const { bytes } = this.#memory;
    const [ids, starts] = [this.#ids, this.#starts];
    this.#isWaiting = false;
    starts.push(this.#end);
    const add = (index: number): void => {
      this.#tree.add(ids[index] as number, bytes, starts[index] as number, starts[index + 1] as number);
    };
    if (this.#isAscending) for (let i = 0; i < ids.length; i++) add(i);
    else {
      const order = Uint32Array.from(ids.keys()).sort((a, b) => (ids[a] as number) - (ids[b] as number));
      for (const index of order) {
        if (ids[index] === this.#tree.lastId) throw this.#sameId();
        add(index);
      }
    }
    this.#ids = [];
    this.#starts = [];
  }

  /** Passes on what waits. */
  finish(): void {
    if (this.#isWaiting) this.#passOn();
  }
}
