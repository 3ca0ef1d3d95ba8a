/**
 * Lets archiver make a zip of one entry and passes on its local header and data as they come; the rest of that little
 * archive, which begins with the central header, is held back and returned for a directory of our own. So memory does
 * not grow with the number of entries, raw copies can come between, and the output need not be seekable.
 * The only file that imports archiver.
 */

import { finished, type Readable } from 'node:stream';
import { type CentralHeader, decodeCentralHeader, MAX_32, RecordLength, readUInt64, Signature } from './records.js';
import { quoteName } from './ZipEntry.js';

export interface DeflateOptions {
  /** Permission bits, 0o7777. */
  readonly mode: number;
  readonly modified: Date;
  /** 1 (fast) to 9 (small). */
  readonly level: number;
}

/** Larger than zlib's 16 KiB, so that time goes into deflating and not into passing chunks on. */
const CHUNK_SIZE = 256 * 1024;

/** What archiver puts after the data: the central header with a zip64 field, the zip64 end records, the end record. */
function longestTail(nameLength: number): number {
  const zip64 = 28 + RecordLength.Zip64End + RecordLength.Zip64Locator;
  return RecordLength.CentralHeader + nameLength + zip64 + RecordLength.End;
}

/**
 * Hands `write` the entry's local header, data and data descriptor. Returns its central header,
 * whose offset is 0. Rejects with the content's own error when that fails; destroys the content when `write` fails.
 */
export async function deflateEntry(
  name: string,
  content: Readable,
  options: DeflateOptions,
  write: (bytes: Buffer) => Promise<void>,
): Promise<CentralHeader> {
  const { ZipArchive } = await import('archiver');
  const archive = new ZipArchive({ zlib: { level: options.level, chunkSize: CHUNK_SIZE } });
  // archiver may emit an error again after it was destroyed.
  archive.on('error', () => undefined);
  // It would end the entry early when its content fails, and wait forever when that is destroyed.
  const stopWatching = finished(content, { writable: false }, (error) => {
    if (error) archive.destroy(error);
  });
  let held: Buffer = Buffer.alloc(0);
  const tailLength = longestTail(Buffer.byteLength(name));
  try {
    archive.append(content, { name, mode: options.mode, date: options.modified });
    archive.finalize().catch(() => undefined);
    for await (const chunk of archive as AsyncIterable<Buffer>) {
      if (chunk.length < tailLength) {
        held = Buffer.concat([held, chunk]);
      } else {
        await write(held);
        held = chunk;
      }
      const passOn = held.length - tailLength;
      if (passOn > 0) {
        await write(held.subarray(0, passOn));
        held = held.subarray(passOn);
      }
    }
  } catch (error) {
    archive.abort();
    content.destroy();
    throw error;
  } finally {
    stopWatching();
  }
  const header = held.length - tailSize(held);
  await write(held.subarray(0, header));
  const written = decodeCentralHeader(held, header);
  // archiver rewrites what it takes for odd: drives, backslashes, doubled slashes.
  const writtenName = written.name.toString();
  if (writtenName !== name) throw new Error(`archiver wrote ${quoteName(writtenName)} for ${quoteName(name)}`);
  return written;
}

/** Bytes from the central header to the end of archiver's archive of one entry without comment. */
function tailSize(held: Buffer): number {
  const end = held.length - RecordLength.End;
  if (held.readUInt32LE(end) !== Signature.End) throw new Error('archiver ended without an end record');
  const directorySize = held.readUInt32LE(end + 12);
  if (directorySize !== MAX_32) return directorySize + RecordLength.End;
  const zip64End = end - RecordLength.Zip64Locator - RecordLength.Zip64End;
  return readUInt64(held, zip64End + 40) + held.length - zip64End;
}
