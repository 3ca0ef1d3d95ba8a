/** Collects bytes to be written later in a few large blocks, so that a million records do not need a million objects. */

/** In bytes. */
const BLOCK_SIZE = 1024 * 1024;

export class ByteList {
  readonly #blocks: Buffer[] = [];
  #last = Buffer.alloc(0);
  #used = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The bytes of one call stay in one block. */
  append(bytes: Buffer, start = 0, end = bytes.length): void {
    const length = end - start;
    if (length > this.#last.length - this.#used) {
      if (this.#used > 0) this.#blocks.push(this.#last.subarray(0, this.#used));
      // Small lists stay small: each block is as large as all previous ones together, up to a limit.
      const blockSize = Math.min(Math.max(this.#size, 4096), BLOCK_SIZE);
      this.#last = Buffer.allocUnsafeSlow(Math.max(length, blockSize));
      this.#used = 0;
    }
    this.#used += bytes.copy(this.#last, this.#used, start, end);
    this.#size += length;
  }

  /** In the order of appending. */
  *blocks(): Generator<Buffer, void, void> {
    yield* this.#blocks;
    if (this.#used > 0) yield this.#last.subarray(0, this.#used);
  }
}
