/** Caches the next occurrence of a byte, so that scanners which jump over long runs stay linear. */
export class NextByte {
  #at = -1;

  constructor(readonly byte: number) {}

  /** Call after the buffer changes, and before going back in it. */
  reset(): void {
    this.#at = -1;
  }

  /** The first occurrence at or after `from`, or the length of the buffer. */
  find(bytes: Buffer, from: number): number {
    if (this.#at < from) {
      const at = bytes.indexOf(this.byte, from);
      this.#at = at < 0 ? bytes.length : at;
    }
    return this.#at;
  }
}
