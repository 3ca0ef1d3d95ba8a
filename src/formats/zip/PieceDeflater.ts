/**
 * Deflates content in pieces, in parallel on zlib's threads, because deflating takes longer than all other processing of a row.
 * Each piece has the last 32 KiB of the previous one as its dictionary and ends on a byte boundary, so the concatenated pieces
 * are one deflate stream. pigz does the same.
 */

import { constants, crc32, deflateRaw } from 'node:zlib';
import { handledLater } from '../../core/handledLater.js';

/** In bytes. Pieces are cut at fixed positions, so that the same content gives the same bytes. */
const PIECE_SIZE = 512 * 1024;
/** Number of pieces deflated at once; one more is being filled. Node has four threads for this and for files. */
const UNDER_WAY = 2;
/** The window size of deflate. */
const DICTIONARY_SIZE = 32 * 1024;
/** An empty last block (RFC 1951, 3.2.6), so that no piece has to know that it is the last. */
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
  /** Used in turn: zlib reads one piece while later ones are filled. */
  readonly #buffers: Buffer[];
  /** Settles once the previous piece in the same buffer is written. */
  readonly #done: Promise<void>[] = [];
  #pieces = 0;
  #used = 0;
  #crc = 0;
  #compressed = 0;
  #written: Promise<void> = Promise.resolve();

  /** `write` receives the deflated bytes, one call at a time. `buffers` may be those of a finished deflater. */
  constructor(level: number, write: (bytes: Buffer) => Promise<void>, buffers: Buffer[] = []) {
    this.#level = level;
    this.#write = write;
    this.#buffers = buffers;
  }

  /** The whole content so far, if it is less than one piece. */
  get whole(): Buffer | undefined {
    return this.#pieces === 0 ? (this.#buffers[0] ?? END).subarray(0, this.#used) : undefined;
  }

  /** Takes the bytes, which may be overwritten once it resolves. Rejects with any error of `write`. */
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

  /** Waits until nothing is being written any more. Bytes deflated by then may be lost. */
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
    level,
    finishFlush: constants.Z_SYNC_FLUSH,
    chunkSize: PIECE_SIZE / 2,
    ...(dictionary === undefined ? {} : { dictionary }),
  };
  return new Promise((resolve, reject) => {
    deflateRaw(piece, options, (error, deflated) => (error === null ? resolve(deflated) : reject(error)));
  });
}
