/** One piece of a file kept in memory, so that many small neighbouring reads cost one system call. Reads forward. */

import type { PositionedFile } from '../../files/PositionedFile.js';

/** Bytes. Beyond this, larger windows gained nothing. */
const WINDOW_SIZE = 1024 * 1024;

export class ReadWindow {
  readonly #file: PositionedFile;
  #bytes = Buffer.alloc(0);
  #start = 0;

  constructor(file: PositionedFile) {
    this.#file = file;
  }

  /** Everything in memory: `indexOf` tells where in it. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Where in `bytes` the range begins; -1 if it is not in memory whole. */
  indexOf(position: number, length: number): number {
    const from = position - this.#start;
    return from >= 0 && from + length <= this.#bytes.length ? from : -1;
  }

  /** The bytes if they are in memory. The view stays valid for as long as it is held. */
  peek(position: number, length: number): Buffer | undefined {
    const from = this.indexOf(position, length);
    return from === -1 ? undefined : this.#bytes.subarray(from, from + length);
  }

  /** The bytes, read if need be together with what follows them. The range must lie within the file. */
  async view(position: number, length: number, readAhead = WINDOW_SIZE): Promise<Buffer> {
    const present = this.peek(position, length);
    if (present !== undefined) return present;
    // A new buffer each time, not one filled again: another reader may still hold a view of the old one.
    const wanted = Math.min(Math.max(length, readAhead), this.#file.size - position);
    const bytes = Buffer.allocUnsafeSlow(wanted);
    await this.#file.read(bytes, position);
    this.#bytes = bytes;
    this.#start = position;
    return bytes.subarray(0, length);
  }
}
