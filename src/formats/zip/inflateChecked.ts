/** Inflates one entry's data and holds it against the size and the CRC-32 that the archive promises. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { Method } from './records.js';
import type { ZipEntry } from './ZipEntry.js';

/** zlib's default of 16 KiB spends more time between chunks than in them. */
const CHUNK_SIZE = 256 * 1024;

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
    if (size > entry.uncompressedSize)
      throw fail(`it inflates to more than the ${entry.uncompressedSize} bytes it says`);
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (size < entry.uncompressedSize) {
    throw fail(`it ends after ${size} of the ${entry.uncompressedSize} bytes it says`);
  }
  if (crc !== entry.crc32) throw fail('its CRC-32 is wrong');
}

async function* inflate(
  raw: AsyncGenerator<Buffer, void, void>,
  entry: ZipEntry,
  fail: (found: string) => Error,
): AsyncGenerator<Buffer, void, void> {
  const inflater = createInflateRaw({ chunkSize: CHUNK_SIZE });
  // Not awaited until the end: a failure of either side destroys the other, and the loop below sees it.
  const feeding = pipeline(Readable.from(raw, { objectMode: false, highWaterMark: 2 * CHUNK_SIZE }), inflater);
  feeding.catch(() => undefined);
  try {
    for await (const chunk of inflater) yield chunk;
    await feeding;
  } catch (error) {
    if (isZlibError(error)) throw fail(`its data is damaged (${error.message})`);
    throw error;
  } finally {
    inflater.destroy();
  }
  // zlib stops at the end of the deflate stream and says nothing of what follows it.
  if (inflater.bytesWritten !== entry.compressedSize) throw fail('its data ends before the size that it says');
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}
