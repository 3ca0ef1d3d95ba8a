/** The content of a table as a count and a sum of the digests of its rows, so that order does not matter but every row does. */

export class TableDigest {
  rows = 0;
  /** Each lane is a sum modulo 2^32. */
  readonly #sum = new Uint32Array(4);

  add(words: Uint32Array): void {
    this.rows++;
    for (let lane = 0; lane < 4; lane++) this.#sum[lane] = (this.#sum[lane] as number) + (words[lane] as number);
  }

  equals(other: TableDigest): boolean {
    return this.rows === other.rows && this.toString() === other.toString();
  }

  /** 32 hexadecimal digits. */
  toString(): string {
    return [...this.#sum].map((lane) => lane.toString(16).padStart(8, '0')).join('');
  }
}
