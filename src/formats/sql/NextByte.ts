/**
 * Where a byte stands next, for scanners that jump over long runs. It is looked for once, not again from every place on the
 * way, which would be quadratic.
 */
export class NextByte {
  #at = -1;

  constructor(readonly byte: number) {}

  /** Must be called when the bytes are others, and before going back in them. */
  reset(): void {
    this.#at = -1;
  }

  /** The first at or behind `from`; the length of the bytes when there is none. */
  find(bytes: Buffer, from: number): number {
    if (this.#at < from) {
      const at = bytes.indexOf(this.byte, from);
      this.#at = at < 0 ? bytes.length : at;
    }
    return this.#at;
  }
}
