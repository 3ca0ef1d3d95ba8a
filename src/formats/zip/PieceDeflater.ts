/**
 * Deflates what comes in as pieces, side by side on zlib's threads: deflating takes longer than everything else that
 * happens to a row. A piece knows the last 32 KiB of the one before, as its dictionary, and ends on a byte boundary, so the
 * deflated pieces strung together are one deflate stream. pigz does the same.
 */

import { constants, crc32, deflateRaw } from 'node:zlib';
import { handledLater } from '../../core/handledLater.js';

/** Bytes. Cut at fixed places, so that the same content gives the same bytes. */
const PIECE_SIZE = 512 * 1024;
/** Pieces that are deflated at once; one more is being filled. Node has four threads for this and for files. */
const UNDER_WAY = 2;
/** How far deflate looks back. */
const DICTIONARY_SIZE = 32 * 1024;
/** A last block that is empty (RFC 1951, 3.2.6): no piece has to know that it is the last. */
const END = Buffer.from([0x03, 0x00]);

export interface Deflated {
  readonly crc32: number;
  /** Bytes. */
  readonly compressedSize: number;
  /** Bytes. */
  readonly uncompressedSize: number;
}

export class PieceDeflater {
  readonly #level: number;
  readonly #write: (bytes: Buffer) => Promise<void>;
  /** Used in turn: a piece is read by zlib while later ones are filled. */
  readonly #buffers: Buffer[];
  /** Settles when the piece that was filled in the same buffer before is written. */
  readonly #done: Promise<void>[] = [];
  #pieces = 0;
  #used = 0;
  #crc = 0;
  #compressed = 0;
  #written: Promise<void> = Promise.resolve();

  /** `write` gets the deflated bytes, one call at a time. `buffers` may be those of a deflater that is done. */
  constructor(level: number, write: (bytes: Buffer) => Promise<void>, buffers: Buffer[] = []) {
    this.#level = level;
    this.#write = write;
    this.#buffers = buffers;
  }

  /** All that came in so far, if it is less than a piece: it can be had, and dealt with, as a whole. */
  get whole(): Buffer | undefined {
    return this.#pieces === 0 ? (this.#buffers[0] ?? END).subarray(0, this.#used) : undefined;
  }

  /** Takes the bytes, which may be overwritten when it resolves. Rejects with what `write` rejected with. */
  async append(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      if (this.#used === PIECE_SIZE) await this.#next();
      const slot = this.#pieces % (UNDER_WAY + 1);
      this.#buffers[slot] ??= Buffer.allocUnsafeSlow(PIECE_SIZE);
      const copied = bytes.copy(this.#buffers[slot], this.#used, done);
      this.#used += copied;
      done += copied;
    }
  }

  async finish(): Promise<Deflated> {
    const uncompressedSize = this.#pieces * PIECE_SIZE + this.#used;
    this.#deflatePiece();
    await this.#written;
    await this.#emit(END);
    return { crc32: this.#crc, compressedSize: this.#compressed, uncompressedSize };
  }

  /** Waits until nothing is written any more. What is deflated by then may be lost. */
  async abort(): Promise<void> {
    await this.#written.catch(() => undefined);
  }

  async #next(): Promise<void> {
    this.#deflatePiece();
    this.#pieces++;
    this.#used = 0;
    await this.#done[this.#pieces % (UNDER_WAY + 1)];
  }

  #deflatePiece(): void {
    const slots = UNDER_WAY + 1;
    const piece = this.#buffers[this.#pieces % slots]?.subarray(0, this.#used) ?? END.subarray(0, 0);
    const before = this.#pieces === 0 ? undefined : this.#buffers[(this.#pieces - 1) % slots];
    this.#crc = crc32(piece, this.#crc);
    const dictionary = before?.subarray(PIECE_SIZE - DICTIONARY_SIZE);
    const deflated = handledLater(deflatePiece(piece, this.#level, dictionary));
    this.#written = handledLater(this.#written.then(async () => this.#emit(await deflated)));
    this.#done[this.#pieces % slots] = this.#written;
  }

  async #emit(bytes: Buffer): Promise<void> {
    this.#compressed += bytes.length;
    await this.#write(bytes);
  }
}

function deflatePiece(piece: Buffer, level: number, dictionary: Buffer | undefined): Promise<Buffer> {
  const options = {
    ...{ level, finishFlush: constants.Z_SYNC_FLUSH, chunkSize: PIECE_SIZE / 2 },
    ...(dictionary === undefined ? {} : { dictionary }),
  };
  return new Promise((resolve, reject) => {
    deflateRaw(piece, options, (error, deflated) => (error === null ? resolve(deflated) : reject(error)));
  });
}
