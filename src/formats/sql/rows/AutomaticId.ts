/** Counts the ids that an engine assigns to rows without one. */

import type { Dialect } from '../syntax/Dialect.js';

export class AutomaticId {
  readonly #dialect: Dialect;
  /** Undefined if only the database could tell. */
  #next: number | undefined;
  #largest = Number.NEGATIVE_INFINITY;

  /** `first`: the id of the first row; undefined if the dump changes it along the way. */
  constructor(dialect: Dialect, first: bigint | undefined) {
    this.#dialect = dialect;
    this.#next = first === undefined ? undefined : Number(first);
  }

  /** Notes an explicit id of a row. PostgreSQL's sequences ignore those. */
  see(id: number): void {
    if (id > this.#largest) this.#largest = id;
    if (this.#next !== undefined && id >= this.#next && this.#dialect !== 'postgres') this.#next = id + 1;
  }

  /** The next id; undefined if only the database could tell, as for SQLite if all ids are negative. */
  take(): number | undefined {
    const id = this.#next;
    if (id === undefined || !Number.isSafeInteger(id)) return undefined;
    if (this.#dialect === 'sqlite3' && this.#largest < 0 && this.#largest > Number.NEGATIVE_INFINITY) return undefined;
    this.#next = id + 1;
    if (id > this.#largest) this.#largest = id;
    return id;
  }
}
