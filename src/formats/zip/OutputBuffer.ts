/**
 * Collects small pieces into large writes, and writes in the background: while the sink writes one buffer, the other is filled.
 * The next call that has to wait throws the error of a failed write.
 */

import { handledLater } from '../../core/handledLater.js';
import type { PositionedSink } from '../../files/ByteSink.js';
import { WRITE_SIZE } from '../../files/writeSize.js';

/** In bytes. Most archives are small, and large buffers trigger garbage collections. */
const SMALLEST = 64 * 1024;

export class OutputBuffer {
  readonly #sink: PositionedSink;
  #filling: Buffer = Buffer.allocUnsafeSlow(SMALLEST);
  #spare: Buffer | undefined;
  #used = 0;
  #flushed: number;
  #writing: Promise<void> = Promise.resolve();

  /** `start`: position of the first byte. */
  constructor(sink: PositionedSink, start: number) {
    this.#sink = sink;
    this.#flushed = start;
  }

  /** Position of the next byte. */
  get position(): number {
    return this.#flushed + this.#used;
  }

  /** Appends the bytes if that is possible without waiting. */
  tryAppend(bytes: Buffer): boolean {
    if (bytes.length > this.#filling.length - this.#used) return false;
    this.#used += bytes.copy(this.#filling, this.#used);
    return true;
  }

  async append(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const space = await this.space();
      const copied = bytes.copy(space, 0, done);
      this.commit(copied);
      done += copied;
    }
  }

  /** Returns space of at least one byte to fill from its start; then call `commit` with the number of bytes. */
  async space(): Promise<Buffer> {
    if (this.#used === this.#filling.length) await this.#turnOver();
    return this.#filling.subarray(this.#used);
  }

  commit(length: number): void {
    this.#used += length;
  }

  /** Waits until the sink has everything. */
  async flush(): Promise<void> {
    await this.#turnOver();
    await this.#writing;
  }

  async #turnOver(): Promise<void> {
    await this.#writing;
    const full = this.#filling;
    this.#writing = handledLater(this.#sink.writeAt(full.subarray(0, this.#used), this.#flushed));
    this.#filling = this.#spare?.length === WRITE_SIZE ? this.#spare : Buffer.allocUnsafeSlow(WRITE_SIZE);
    this.#spare = full;
    this.#flushed += this.#used;
    this.#used = 0;
  }
}
