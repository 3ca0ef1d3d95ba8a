/** A set of row ids in a few bits each: ids are dense, so a page of bits covers many. */

const PAGE_BITS = 15;

export class IdSet {
  readonly #pages = new Map<number, Uint32Array>();

  add(id: number): void {
    const key = Math.floor(id / 2 ** PAGE_BITS);
    let page = this.#pages.get(key);
    if (page === undefined) {
      page = new Uint32Array(2 ** PAGE_BITS / 32);
      this.#pages.set(key, page);
    }
    const bit = id - key * 2 ** PAGE_BITS;
    page[bit >>> 5] = (page[bit >>> 5] as number) | (1 << (bit & 31));
  }

  has(id: number): boolean {
    const key = Math.floor(id / 2 ** PAGE_BITS);
    const bit = id - key * 2 ** PAGE_BITS;
    return (((this.#pages.get(key)?.[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
  }
}
