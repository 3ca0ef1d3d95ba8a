/** Inflates one entry's data and holds it against the size and the CRC-32 that the archive promises. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw, type InflateRaw, inflateRawSync } from 'node:zlib';
import { handledLater } from '../../core/handledLater.js';
import { errorCode, errorMessage } from '../../core/systemErrors.js';
import { Method } from './records.js';
import { texts } from './texts.js';
import type { ZipEntry } from './ZipEntry.js';

/** zlib's default of 16 KiB spends more time between chunks than in them. */
const CHUNK_SIZE = 256 * 1024;
/** Bytes, compressed or inflated, up to which an entry is inflated in one piece. */
const SMALL = 256 * 1024;

/** Yields the inflated bytes in order; `fail` makes the error out of what was found. Closes `raw` in any case. */
export async function* inflateChecked(
  raw: AsyncGenerator<Buffer, void, void>,
  entry: ZipEntry,
  fail: (found: string) => Error,
): AsyncGenerator<Buffer, void, void> {
  let size = 0;
  let crc = 0;
  // Some writers call an empty file deflated and store nothing at all.
  const plain = entry.method === Method.Stored || entry.compressedSize === 0;
  for await (const chunk of plain ? raw : inflate(raw, entry, fail)) {
    size += chunk.length;
    if (size > entry.uncompressedSize) throw fail(inflatesTooMuch(entry));
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (size < entry.uncompressedSize) {
    throw fail(texts().found.tooShort({ found: size, expected: entry.uncompressedSize }));
  }
  if (crc !== entry.crc32) throw fail(texts().found.wrongCrc);
}

async function* inflate(
  raw: AsyncGenerator<Buffer, void, void>,
  entry: ZipEntry,
  fail: (found: string) => Error,
): AsyncGenerator<Buffer, void, void> {
  if (entry.compressedSize <= SMALL && entry.uncompressedSize <= SMALL) {
    yield* inflateAtOnce(raw, entry, fail);
    return;
  }
  const inflater = createInflateRaw({ chunkSize: CHUNK_SIZE });
  // A failure of either side destroys the other, and the loop below sees it.
  const fed = Readable.from(raw, { objectMode: false, highWaterMark: 2 * CHUNK_SIZE });
  const feeding = handledLater(pipeline(fed, inflater));
  try {
    for await (const chunk of inflater) yield chunk;
    await feeding;
  } catch (error) {
    if (isZlibError(error)) throw fail(texts().found.damagedData({ reason: errorMessage(error) }));
    throw error;
  } finally {
    inflater.destroy();
  }
  // zlib stops at the end of the deflate stream and says nothing of what follows it.
  if (inflater.bytesWritten !== entry.compressedSize) throw fail(texts().found.endsEarly);
}

/** Saves a small entry the streams, which cost it ten times the inflating. */
async function* inflateAtOnce(
  raw: AsyncGenerator<Buffer, void, void>,
  entry: ZipEntry,
  fail: (found: string) => Error,
): AsyncGenerator<Buffer, void, void> {
  const pieces: Buffer[] = [];
  for await (const piece of raw) pieces.push(piece);
  const only = pieces[0];
  const whole = only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces);
  let inflated: { buffer: Buffer; engine: InflateRaw };
  try {
    // One byte more than promised: then the caller sees that there is more.
    const options = { maxOutputLength: entry.uncompressedSize + 1, info: true };
    // The types do not know that `info` returns the engine too.
    inflated = inflateRawSync(whole, options) as unknown as { buffer: Buffer; engine: InflateRaw };
  } catch (error) {
    if (isZlibError(error)) throw fail(texts().found.damagedData({ reason: errorMessage(error) }));
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') throw fail(inflatesTooMuch(entry));
    throw error;
  }
  yield inflated.buffer;
  if (inflated.engine.bytesWritten !== entry.compressedSize) throw fail(texts().found.endsEarly);
}

function inflatesTooMuch(entry: ZipEntry): string {
  return texts().found.tooLong({ expected: entry.uncompressedSize });
}

function isZlibError(error: unknown): boolean {
  return errorCode(error)?.startsWith('Z_') === true;
}
