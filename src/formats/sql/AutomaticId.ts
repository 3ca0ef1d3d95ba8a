/** Counts the ids that an engine gives to rows that come without one. */

import type { Dialect } from './Dialect.js';

export class AutomaticId {
  readonly #dialect: Dialect;
  /** Undefined when only the database could tell. */
  #next: number | undefined;
  #largest = Number.NEGATIVE_INFINITY;

  /** `first`: what a row gets before any other; undefined when the dump changes that on the way. */
  constructor(dialect: Dialect, first: bigint | undefined) {
    this.#dialect = dialect;
    this.#next = first === undefined ? undefined : Number(first);
  }

  /** Takes note of a row that comes with its id. PostgreSQL's sequences do not. */
  see(id: number): void {
    if (id > this.#largest) this.#largest = id;
    if (this.#next !== undefined && id >= this.#next && this.#dialect !== 'postgres') this.#next = id + 1;
  }

  /** The next id; undefined when only the database could tell: SQLite counts below zero where all ids are there. */
  take(): number | undefined {
    const id = this.#next;
    if (id === undefined || !Number.isSafeInteger(id)) return undefined;
    if (this.#dialect === 'sqlite3' && this.#largest < 0 && this.#largest > Number.NEGATIVE_INFINITY) return undefined;
    this.#next = id + 1;
    if (id > this.#largest) this.#largest = id;
    return id;
  }
}
