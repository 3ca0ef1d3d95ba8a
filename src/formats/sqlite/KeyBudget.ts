/** Limits the memory for the keys of all indexes of a new database. */

const MOST_BYTES = 16 * 1024 * 1024;

export class KeyBudget {
  #left: number;

  constructor(bytes = MOST_BYTES) {
    this.#left = bytes;
  }

  /** A little more may be in use than there was. */
  get isSpent(): boolean {
    return this.#left < 0;
  }

  take(bytes: number): void {
    this.#left -= bytes;
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
  }
}
