/**
 * A piece of a file in memory that slides forward: table scanners read from it. A scanner that needs more bytes than the window
 * holds calls `fill` with the position from which it still needs them, and scans again.
 *
 * Unlike in a stream of chunks, each row is in one piece, so scanners need no code for split values.
 */

import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../core/errors.js';
import { handledLater } from '../core/handledLater.js';
import { texts } from './texts.js';

const DEFAULT_CHUNK = 256 * 1024;
const SMALLEST_CHUNK = 64;
/** Number of zero bytes after the end, if the window has room for them. */
const LOOKAHEAD = 8;
/** Windows up to this size have room for several rows. */
const KEPT_SIZE = 8 * 1024 * 1024;

export interface FileWindowOptions {
  /** The number of bytes that one `fill` reads at least, and that are read ahead. */
  readonly chunkSize?: number | undefined;
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
  /** Receives the bytes after `end` while the scanner works on those before it. */
  #ahead = Buffer.alloc(0);
  #reading: Promise<number> | undefined;

  /** A window on `[start, stop)` of the file. */
  constructor(file: FileHandle, start: number, stop: number, options: FileWindowOptions = {}) {
    this.#file = file;
    this.offset = start;
    this.#stop = stop;
    this.#chunkSize = Math.max(options.chunkSize ?? DEFAULT_CHUNK, SMALLEST_CHUNK);
    this.#limit = options.limit ?? Number.POSITIVE_INFINITY;
    this.bytes = Buffer.allocUnsafe(Math.min(2 * this.#chunkSize, Math.max(stop - start, 0) + LOOKAHEAD));
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
      this.bytes = Buffer.allocUnsafe(2 * this.#chunkSize);
    } else {
      this.bytes.copyWithin(0, keep, this.end);
    }
    this.offset += keep;
    this.end = kept;
    const room = this.bytes.length - kept;
    await this.#readOn(
      Math.min(kept > this.#chunkSize ? room : this.#chunkSize, room, this.#stop - this.offset - kept),
    );
    // Scanners look ahead by a few bytes, and must not read stale data.
    this.bytes.fill(0, this.end, Math.min(this.end + LOOKAHEAD, this.bytes.length));
    this.final = this.offset + this.end >= this.#stop;
    if (!this.final) this.#readAhead();
    return true;
  }

  /** Reads the next `wanted` bytes to the end of the window. */
  async #readOn(wanted: number): Promise<void> {
    const until = this.end + wanted;
    if (this.#reading !== undefined) {
      const length = await this.#reading;
      this.#reading = undefined;
      this.end += this.#ahead.copy(this.bytes, this.end, 0, length);
    }
    while (this.end < until) this.end += await this.#read(this.bytes, this.end, until - this.end);
  }

  /** Begins to read the next chunk, for which the window always has room. */
  #readAhead(): void {
    const length = Math.min(this.#chunkSize, this.#stop - this.offset - this.end);
    if (this.#ahead.length < length) this.#ahead = Buffer.allocUnsafe(length);
    this.#reading = handledLater(this.#read(this.#ahead, 0, length));
  }

  /** Reads what follows the window, or a part of it, and returns the number of bytes. */
  async #read(target: Buffer, at: number, length: number): Promise<number> {
    const position = this.offset + this.end;
    const { bytesRead } = await this.#file.read(target, at, length, position);
    if (bytesRead === 0) throw new InputError(texts().shrank({ byte: position, end: this.#stop }));
    return bytesRead;
  }
}
