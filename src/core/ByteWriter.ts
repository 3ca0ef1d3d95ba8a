/** A growing buffer. Inner loops may write to `bytes` directly after they have reserved room. */

import { wordsOf } from './words.js';

/** Shorter spans are copied byte by byte, because a native copy call would take longer. */
const SHORT = 24;

export class ByteWriter {
  /** The written bytes plus spare room, in an ArrayBuffer of its own. `reserve` may replace it. */
  bytes: Buffer;
  /** The words of `bytes`. */
  words: DataView;
  /** Number of bytes written. */
  length = 0;
  readonly #initialSize: number;
  readonly #keptSize: number;

  /** `clear` releases a buffer of more than `keptSize` bytes, so that one huge value does not hold its memory. */
  constructor(initialSize: number, keptSize: number) {
    this.bytes = Buffer.allocUnsafeSlow(initialSize);
    this.words = wordsOf(this.bytes);
    this.#initialSize = initialSize;
    this.#keptSize = keptSize;
  }

  /** A view of the written bytes, valid until the next write. */
  get written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
    if (this.bytes.length <= this.#keptSize) return;
    this.bytes = Buffer.allocUnsafeSlow(this.#initialSize);
    this.words = wordsOf(this.bytes);
  }

  /** Makes room for this many more bytes. */
  reserve(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.bytes.length));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
    this.words = wordsOf(grown);
  }

  putByte(byte: number): void {
    this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  putBytes(bytes: Buffer, start = 0, end = bytes.length): void {
    this.reserve(end - start);
    if (end - start > SHORT) {
      this.length += bytes.copy(this.bytes, this.length, start, end);
      return;
    }
    const out = this.bytes;
    let to = this.length;
    for (let i = start; i < end; i++) out[to++] = bytes[i] as number;
    this.length = to;
  }

  putText(text: string): void {
    this.reserve(3 * text.length);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }
}
