/** A set of row ids that takes a few bits each: ids are dense, so one page of bits covers many. */

/** Number of ids per page. */
const PAGE_SIZE = 32_768;

export class IdSet {
  readonly #pages = new Map<number, Uint32Array>();
  /** The page of the last lookup: adjacent rows mostly use the same page. */
  #key = -1;
  #page: Uint32Array | undefined;

  add(id: number): void {
    let page = this.#pageOf(id);
    if (page === undefined) {
      page = new Uint32Array(PAGE_SIZE / 32);
      this.#pages.set(this.#key, page);
      this.#page = page;
    }
    const bit = id - this.#key * PAGE_SIZE;
    page[bit >>> 5] = (page[bit >>> 5] as number) | (1 << (bit & 31));
  }

  has(id: number): boolean {
    const page = this.#pageOf(id);
    if (page === undefined) return false;
    const bit = id - this.#key * PAGE_SIZE;
    return (((page[bit >>> 5] as number) >>> (bit & 31)) & 1) === 1;
  }

  #pageOf(id: number): Uint32Array | undefined {
    const key = Math.floor(id / PAGE_SIZE);
    if (key !== this.#key) {
      this.#key = key;
      this.#page = this.#pages.get(key);
    }
    return this.#page;
  }
}
