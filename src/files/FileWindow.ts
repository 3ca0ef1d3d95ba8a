/**
 * A piece of a file in memory that slides forward: table scanners read from it. A scanner that needs more bytes than the window
 * holds calls `fill` with the position from which it still needs them, and scans again.
 *
 * Unlike in a stream of chunks, each row is in one piece, so scanners need no code for split values.
 */

import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../core/errors.js';
import { texts } from './texts.js';

const DEFAULT_CHUNK = 256 * 1024;
/** Number of zero bytes after the end, if the window has room for them. */
const LOOKAHEAD = 8;
/** Windows up to this size have room for several rows. */
const KEPT_SIZE = 8 * 1024 * 1024;

export interface FileWindowOptions {
  /** The minimum number of bytes that one `fill` reads. */
  readonly chunkSize?: number;
  /** The maximum number of bytes to keep: beyond it `fill` fails. */
  readonly limit?: number;
}

export class FileWindow {
  /** The content is `bytes[0, end)`. A scanner may overwrite bytes that it has finished with. */
  bytes: Buffer;
  end = 0;
  /** Position of `bytes[0]` in the file. */
  offset: number;
  /** True if no bytes follow `end`. */
  final = false;

  readonly #file: FileHandle;
  readonly #stop: number;
  readonly #chunkSize: number;
  readonly #limit: number;

  /** A window on `[start, stop)` of the file. */
  constructor(file: FileHandle, start: number, stop: number, options: FileWindowOptions = {}) {
    this.#file = file;
    this.offset = start;
    this.#stop = stop;
    this.#chunkSize = options.chunkSize ?? DEFAULT_CHUNK;
    this.#limit = options.limit ?? Number.POSITIVE_INFINITY;
    this.bytes = Buffer.allocUnsafe(Math.max(this.#chunkSize, 64));
    this.final = start >= stop;
  }

  /**
   * Drops the bytes before `keep`, moves the rest to the front and reads on. The scanner subtracts `keep` from its positions.
   * Returns false if more than the limit would have to be kept.
   */
  async fill(keep: number): Promise<boolean> {
    const kept = this.end - keep;
    if (kept > this.#limit) return false;
    // Doubling keeps repeated scans of a long row linear in its length. Up to a few MB the window has room for several rows, so
    // that not every row is scanned twice.
    const { length } = this.bytes;
    if (kept > length / 2 || (kept > length / 4 && length < KEPT_SIZE)) {
      const grown = Buffer.allocUnsafe(this.bytes.length * 2);
      this.bytes.copy(grown, 0, keep, this.end);
      this.bytes = grown;
    } else if (kept === 0 && length > 4 * KEPT_SIZE) {
      this.bytes = Buffer.allocUnsafe(this.#chunkSize);
    } else {
      this.bytes.copyWithin(0, keep, this.end);
    }
    this.offset += keep;
    this.end = kept;
    const wanted = Math.min(this.bytes.length - kept, this.#stop - this.offset - kept);
    let read = 0;
    while (read < wanted) {
      const { bytesRead } = await this.#file.read(this.bytes, kept + read, wanted - read, this.offset + kept + read);
      if (bytesRead === 0) {
        const at = this.offset + kept + read;
        throw new InputError(texts().shrank({ byte: at, end: this.#stop }));
      }
      read += bytesRead;
    }
    this.end += read;
    // Scanners look ahead by a few bytes, and must not read stale data.
    this.bytes.fill(0, this.end, Math.min(this.end + LOOKAHEAD, this.bytes.length));
    this.final = this.offset + this.end >= this.#stop;
    return true;
  }
}
