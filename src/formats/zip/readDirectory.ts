/**
 * Yields the entries of the central directory. Checks each record by itself; what entries mean for each other, and
 * whether their data is where they say, is for `ZipReader`.
 */

import { InputError } from '../../core/errors.js';
import type { PositionedFile } from '../../files/PositionedFile.js';
import type { EndRecord } from './findEndRecord.js';
import { isAscii } from './isAscii.js';
import { nameProblem } from './nameProblem.js';
import {
  centralHeaderLength,
  ExtraId,
  Flag,
  findExtra,
  holdsWholeExtras,
  MAX_32,
  Method,
  RecordLength,
  Signature,
} from './records.js';
import { DirectoryEntry, quoteName } from './ZipEntry.js';

/** Bytes; holds the longest record. An entry that is kept keeps this much in memory. */
const WINDOW_SIZE = 256 * 1024;

/**
 * Yields batches of entries in the order of the directory. `trusted`: it was read to its end before, so nothing has to be
 * doubted any more.
 */
export async function* readDirectory(
  file: PositionedFile,
  end: EndRecord,
  trusted: boolean,
): AsyncGenerator<DirectoryEntry[], void, void> {
  let count = 0;
  const fail = (found: string, name?: string): InputError => {
    const place = `entry ${count + 1} of ${end.entryCount} in the central directory`;
    const named = name === undefined ? place : `${place}, ${quoteName(name)}`;
    return new InputError(`Cannot read ${file.path}, ${named}: ${found}. ${DAMAGED}`);
  };
  const stop = end.offset + end.size;
  const read = async (position: number): Promise<Buffer> => {
    const window = Buffer.allocUnsafeSlow(Math.min(WINDOW_SIZE, stop - position));
    await file.read(window, position);
    return window;
  };
  let reading = read(end.offset);
  for (let position = end.offset; count < end.entryCount; ) {
    const window = await reading;
    const batch: DirectoryEntry[] = [];
    let problem: InputError | undefined;
    let at = 0;
    for (; count < end.entryCount; count++) {
      const length = recordLength(window, at);
      if (at + length > window.length && position + window.length < stop) break;
      const malformed = trusted ? undefined : recordProblem(window, at, length);
      if (malformed !== undefined) {
        problem = fail(malformed);
        break;
      }
      const entry = new DirectoryEntry(window, at);
      const unbelievable = trusted ? undefined : entryProblem(entry, end.offset);
      if (unbelievable !== undefined) {
        problem = fail(unbelievable, entry.name);
        break;
      }
      batch.push(entry);
      at += length;
    }
    position += at;
    // Goes on while the batch is looked at. A record that the window cuts off is read again, with what follows it.
    if (problem === undefined) reading = read(position);
    reading.catch(() => undefined);
    yield batch;
    if (problem !== undefined) throw problem;
    if (count === end.entryCount && position < stop) {
      const found = `the end record counts ${count} entries, but ${stop - position} more bytes follow them`;
      throw new InputError(`Cannot read ${file.path}, central directory: ${found}. ${DAMAGED}`);
    }
  }
}

const DAMAGED = 'The archive is damaged or was made to mislead: get a fresh copy.';

function recordLength(window: Buffer, at: number): number {
  const fixed = RecordLength.CentralHeader;
  return at + fixed > window.length ? fixed : centralHeaderLength(window, at);
}

/** What makes the bytes no record that can be decoded. */
function recordProblem(window: Buffer, at: number, length: number): string | undefined {
  const signature = at + 4 > window.length ? Signature.CentralHeader : window.readUInt32LE(at);
  if (signature !== Signature.CentralHeader) return `it begins with 0x${signature.toString(16)}, which no entry does`;
  if (at + length > window.length) return 'it reaches beyond the end of the directory';
  if ((window.readUInt16LE(at + 8) & Flag.StrongEncryption) !== 0)
    return 'it is encrypted in a way that hides its name';
  const extraLength = window.readUInt16LE(at + 30);
  if (extraLength === 0) return undefined;
  const extraStart = at + RecordLength.CentralHeader + window.readUInt16LE(at + 28);
  const extra = window.subarray(extraStart, extraStart + extraLength);
  if (!holdsWholeExtras(extra)) return 'its extra fields are longer than the room they have';
  const zip64 = findExtra(extra, ExtraId.Zip64);
  if (zip64 !== undefined && zip64.length < 8 * valuesIn64Bits(window, at))
    return 'its zip64 field lacks a size or the place';
  return undefined;
}

/** How many values of the record do not fit its 32 bits. */
function valuesIn64Bits(window: Buffer, at: number): number {
  return [20, 24, 42].filter((place) => window.readUInt32LE(at + place) === MAX_32).length;
}

/** What makes the record unbelievable by itself. `limit`: where the central directory begins. */
function entryProblem(entry: DirectoryEntry, limit: number): string | undefined {
  const problem = nameProblem(entry.name);
  if (problem !== undefined) return problem;
  // A program that ignores the Unicode path extra field, Gogs for one, sees the raw name.
  if (entry.hasExtras && findExtra(entry.header.extra, ExtraId.UnicodePath) !== undefined) {
    const rawName = entry.rawName.toString('latin1');
    const rawProblem = nameProblem(rawName);
    if (rawProblem !== undefined) return rawProblem;
    if (rawName !== entry.name && isAscii(entry.rawName)) return `it has a second name, ${quoteName(rawName)}`;
  }
  if (!Number.isSafeInteger(entry.uncompressedSize)) return 'its size is impossible';
  const shortest = RecordLength.LocalHeader + entry.rawNameLength + entry.compressedSize;
  if (entry.offset + shortest > limit) {
    return `its data, ${entry.compressedSize} bytes from byte ${entry.offset}, overlaps the central directory`;
  }
  if (entry.isDirectory && entry.uncompressedSize !== 0) return 'it is a folder, but has contents';
  const overhead = entry.encrypted ? ENCRYPTION_HEADER : 0;
  if (entry.method === Method.Stored && entry.compressedSize !== entry.uncompressedSize + overhead) {
    return `it is stored, but as ${entry.compressedSize} instead of ${entry.uncompressedSize} bytes`;
  }
  return undefined;
}

/** Bytes that traditional encryption adds (APPNOTE 6.1). */
const ENCRYPTION_HEADER = 12;
