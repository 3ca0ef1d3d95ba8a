/**
 * Lets yauzl read an archive through one large piece of it that is kept in memory. Without this, yauzl makes two system calls
 * per entry, which takes forty times as long.
 */

import { RandomAccessReader } from 'yauzl';
import type { PositionedFile } from '../../files/PositionedFile.js';
import { NO_BYTES } from './records.js';
import { texts } from './texts.js';

/** In bytes. Larger windows were no faster. */
const WINDOW_SIZE = 1024 * 1024;

export class WindowReader extends RandomAccessReader {
  readonly #file: PositionedFile;
  #bytes: Buffer;
  #start = 0;

  constructor(file: PositionedFile) {
    super();
    this.#file = file;
    this.#bytes = file.whole ?? NO_BYTES;
  }

  /** All bytes in memory: `indexOf` gives positions in it. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Position of the range in `bytes`; -1 if it is not entirely in memory. */
  indexOf(position: number, length: number): number {
    const from = position - this.#start;
    return from >= 0 && from + length <= this.#bytes.length ? from : -1;
  }

  /** The bytes, if they are in memory. The view stays valid as long as it is held. */
  peek(position: number, length: number): Buffer | undefined {
    const from = this.indexOf(position, length);
    return from === -1 ? undefined : this.#bytes.subarray(from, from + length);
  }

  /** The bytes, read from the file if necessary, together with what follows them. The range must be within the file. */
  async view(position: number, length: number, readAhead = WINDOW_SIZE): Promise<Buffer> {
    const present = this.peek(position, length);
    if (present !== undefined) return present;
    // A new buffer each time, because another reader may still hold a view of the old one.
    const wanted = Math.min(Math.max(length, readAhead), this.#file.size - position);
    const bytes = Buffer.allocUnsafeSlow(wanted);
    await this.#file.read(bytes, position);
    this.#bytes = bytes;
    this.#start = position;
    return bytes.subarray(0, length);
  }

  /** For yauzl. Calls back synchronously if the range is in memory, so callers must limit their recursion. */
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const from = this.indexOf(position, length);
    if (from !== -1) {
      this.#bytes.copy(buffer, offset, from, from + length);
      callback(null);
    } else if (position + length > this.#file.size) {
      callback(new Error(texts().found.beyondFile));
    } else {
      this.view(position, length).then((bytes) => {
        bytes.copy(buffer, offset);
        callback(null);
      }, callback);
    }
  }
}
