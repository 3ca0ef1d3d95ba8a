/** Inflates an entry's data and checks it against the size and CRC-32 in the archive. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw, type InflateRaw, inflateRawSync } from 'node:zlib';
import { handledLater } from '../../core/handledLater.js';
import { errorCode, errorMessage } from '../../core/systemErrors.js';
import { Method } from './records.js';
import { texts } from './texts.js';
import type { ZipEntry } from './ZipEntry.js';

/** With zlib's default of 16 KiB, more time is spent between chunks than in them. Half of this would take a tenth longer. */
const CHUNK_SIZE = 512 * 1024;
/** Maximum size, compressed or inflated, of an entry that is inflated in one piece. */
const SMALL = 256 * 1024;

/** Whether an entry is small enough for `inflateWhole`. */
export const isSmall = ({ compressedSize, uncompressedSize }: ZipEntry): boolean =>
  compressedSize <= SMALL && uncompressedSize <= SMALL;

/** Some writers mark an empty file as deflated and store no bytes. */
const isPlain = ({ method, compressedSize }: ZipEntry): boolean => method === Method.Stored || compressedSize === 0;

/** Inflates a small entry's data at once, and checks it like `inflateChecked`. */
export function inflateWhole(raw: Buffer, entry: ZipEntry, fail: (found: string) => Error): Buffer {
  const content = isPlain(entry) ? raw : inflateAtOnce(raw, entry, fail);
  if (content.length > entry.uncompressedSize) throw fail(inflatesTooMuch(entry));
  if (content.length < entry.uncompressedSize) throw fail(endsAfter(content.length, entry));
  if (crc32(content) !== entry.crc32) throw fail(texts().found.wrongCrc);
  return content;
}

/** Yields the inflated bytes in order; `fail` creates the error. Always closes `raw`. */
export async function* inflateChecked(
  raw: AsyncGenerator<Buffer, void, void>,
  entry: ZipEntry,
  fail: (found: string) => Error,
): AsyncGenerator<Buffer, void, void> {
  let size = 0;
  let crc = 0;
  for await (const chunk of isPlain(entry) ? raw : inflate(raw, entry, fail)) {
    size += chunk.length;
    if (size > entry.uncompressedSize) throw fail(inflatesTooMuch(entry));
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (size < entry.uncompressedSize) throw fail(endsAfter(size, entry));
  if (crc !== entry.crc32) throw fail(texts().found.wrongCrc);
}

async function* inflate(
  raw: AsyncGenerator<Buffer, void, void>,
  entry: ZipEntry,
  fail: (found: string) => Error,
): AsyncGenerator<Buffer, void, void> {
  if (isSmall(entry)) {
    const pieces: Buffer[] = [];
    for await (const piece of raw) pieces.push(piece);
    const only = pieces[0];
    yield inflateAtOnce(only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces), entry, fail);
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
  // zlib stops at the end of the deflate stream and ignores what follows.
  if (inflater.bytesWritten !== entry.compressedSize) throw fail(texts().found.endsEarly);
}

/** Avoids streams for a small entry, which cost ten times as much as inflating it. */
function inflateAtOnce(whole: Buffer, entry: ZipEntry, fail: (found: string) => Error): Buffer {
  let inflated: { buffer: Buffer; engine: InflateRaw };
  try {
    // One byte more than expected shows the caller that there is more.
    const maxOutputLength = entry.uncompressedSize + 1;
    const options = { maxOutputLength, chunkSize: Math.max(SMALLEST_CHUNK, maxOutputLength), info: true };
    // The types do not know that `info` also returns the engine.
    inflated = inflateRawSync(whole, options) as unknown as { buffer: Buffer; engine: InflateRaw };
  } catch (error) {
    if (isZlibError(error)) throw fail(texts().found.damagedData({ reason: errorMessage(error) }));
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') throw fail(inflatesTooMuch(entry));
    throw error;
  }
  if (inflated.engine.bytesWritten !== entry.compressedSize) throw fail(texts().found.endsEarly);
  return inflated.buffer;
}

/** The smallest chunk size of zlib. */
const SMALLEST_CHUNK = 64;

const endsAfter = (found: number, { uncompressedSize: expected }: ZipEntry): string =>
  texts().found.tooShort({ found, expected });

function inflatesTooMuch(entry: ZipEntry): string {
  return texts().found.tooLong({ expected: entry.uncompressedSize });
}

function isZlibError(error: unknown): boolean {
  return errorCode(error)?.startsWith('Z_') === true;
}
