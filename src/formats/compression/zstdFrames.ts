/**
 * Finds the ends of the frames of a zstd file. Node's decompressor reads one frame and silently drops the rest (measured on
 * 22.23 and 24.21), but pzstd, appending and `cat` create files with several. Node 22.23 does not notice a truncated frame
 * either. RFC 8878, section 3.1.
 */
import { texts } from './texts.js';

const MAGIC = 0xfd2fb528;
/** One of 16 values that begin frames to be skipped. */
const SKIPPABLE = 0x184d2a5;
const BLOCK_HEADER = 3;
const RLE = 1;
const CHECKSUM = 4;

/**
 * Yields the frames one after the other; each must be read to its end. Throws if a frame is truncated, and for anything but a
 * frame.
 */
export async function* zstdFrames(packed: AsyncIterable<Buffer>): AsyncGenerator<AsyncGenerator<Buffer>, void, void> {
  const source = new Source(packed);
  while ((await source.peek(1)).length > 0) yield frame(source);
}

async function* frame(source: Source): AsyncGenerator<Buffer, void, void> {
  const head = await source.peek(8);
  const magic = head.length < 8 ? 0 : head.readUInt32LE(0);
  if (magic >>> 4 === SKIPPABLE) {
    yield* source.take(8 + head.readUInt32LE(4));
    return;
  }
  if (magic !== MAGIC) throw new Error(head.length < 8 ? texts().cutOff : texts().notAFrame);
  const descriptor = head[4] as number;
  yield* source.take(headerBytes(descriptor));
  for (;;) {
    const block = await source.peek(BLOCK_HEADER);
    if (block.length < BLOCK_HEADER) throw new Error(texts().cutOff);
    const header = block.readUIntLE(0, BLOCK_HEADER);
    const size = ((header >>> 1) & 3) === RLE ? 1 : header >>> 3;
    yield* source.take(BLOCK_HEADER + size);
    if ((header & 1) === 1) break;
  }
  if ((descriptor & 4) !== 0) yield* source.take(CHECKSUM);
}

/** Length of magic number, descriptor, and the fields that the descriptor announces. */
function headerBytes(descriptor: number): number {
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >>> 6;
  const contentSize = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 1 << sizeFlag;
  const dictionary = [0, 1, 2, 4][descriptor & 3] as number;
  return 5 + (isSingleSegment ? 0 : 1) + dictionary + contentSize;
}

/** Reads chunked bytes in pieces of other sizes. */
class Source {
  readonly #pieces: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(packed: AsyncIterable<Buffer>) {
    this.#pieces = packed[Symbol.asyncIterator]();
  }

  /** The next bytes, without consuming them; fewer only at the end of the file. */
  async peek(length: number): Promise<Buffer> {
    while (this.#rest.length < length && (await this.#more()));
    return this.#rest.subarray(0, length);
  }

  /** Yields this many bytes. Throws if the file ends before. */
  async *take(length: number): AsyncGenerator<Buffer, void, void> {
    for (let left = length; left > 0; ) {
      if (this.#rest.length === 0 && !(await this.#more())) throw new Error(texts().cutOff);
      const taken = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(taken.length);
      left -= taken.length;
      yield taken;
    }
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#pieces.next();
    if (done === true) return false;
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
    return true;
  }
}
