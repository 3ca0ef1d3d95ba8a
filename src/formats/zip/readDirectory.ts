/**
 * Yields the entries of the central directory, as yauzl reads them. Checks each record by itself; what entries mean for
 * each other, and whether their data is where they say, is for `ZipReader`. The only file that imports yauzl.
 */

import type { Entry, RandomAccessReader } from 'yauzl';
import { InputError } from '../../errors.js';
import type { EndRecord } from './findEndRecord.js';
import { isAscii } from './isAscii.js';
import { nameProblem } from './nameProblem.js';
import type { PositionedFile } from './PositionedFile.js';
import { ReadWindow } from './ReadWindow.js';
import { ExtraId, Flag, findExtra, Method, RecordLength } from './records.js';
import { quoteName, type ZipEntry } from './ZipEntry.js';

/** Upper byte of "version made by": systems that store a Unix mode in the upper half of the external attributes. */
const UNIX_HOSTS: readonly number[] = [3, 19];
const S_IFMT = 0o170000;
const S_IFLNK = 0o120000;

export async function* readDirectory(file: PositionedFile, end: EndRecord): AsyncGenerator<ZipEntry, void, void> {
  const yauzl = await import('yauzl');
  const fail = (place: string, found: string): InputError =>
    new InputError(
      `Cannot read ${file.path}, ${place}: ${found}. The archive is damaged or was made to mislead: get a fresh copy.`,
    );
  let count = 0;
  const next = (): string => `entry ${count + 1} of ${end.entryCount} in the central directory`;

  let bytesLeft = end.size;
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(windowedReader(yauzl.RandomAccessReader, file), file.size, {
      // yauzl would stop at a bad name without saying which entry has it.
      decodeStrings: false,
      validateEntrySizes: false,
    });
    for await (const raw of zip.eachEntry()) {
      bytesLeft -= RecordLength.CentralHeader + raw.fileNameLength + raw.extraFieldLength + raw.fileCommentLength;
      if (bytesLeft < 0) throw fail(next(), 'it reaches beyond the end of the directory');
      const name = yauzl.getFileNameLowLevel(raw.generalPurposeBitFlag, raw.fileNameRaw, raw.extraFields, true);
      const entry = toEntry(raw, name);
      const problem = entryProblem(entry, end.offset);
      if (problem !== undefined) throw fail(`${next()}, ${quoteName(name)}`, problem);
      count++;
      yield entry;
    }
  } catch (error) {
    if (error instanceof InputError || !isYauzlError(error)) throw error;
    throw fail(next(), error.message);
  }
  if (bytesLeft > 0) {
    throw fail('central directory', `the end record counts ${count} entries, but ${bytesLeft} more bytes follow them`);
  }
}

/** yauzl throws plain errors; a subclass, such as a RangeError, is a bug of ours. */
function isYauzlError(error: unknown): error is Error {
  return error instanceof Error && error.constructor === Error;
}

/** yauzl's own reader makes two system calls an entry: 100,000 entries take 20 s with it and 0.4 s with a window. */
function windowedReader(Base: typeof RandomAccessReader, file: PositionedFile): RandomAccessReader {
  const window = new ReadWindow(file);
  class WindowedReader extends Base {
    override read(
      target: Buffer,
      offset: number,
      length: number,
      position: number,
      callback: (error: Error | null, bytesRead?: number) => void,
    ): void {
      if (position + length > file.size) {
        callback(new Error('it reaches beyond the end of the file'));
        return;
      }
      const present = window.peek(position, length);
      if (present !== undefined) {
        callback(null, present.copy(target, offset));
        return;
      }
      window.view(position, length).then(
        (bytes) => callback(null, bytes.copy(target, offset)),
        (error: Error) => callback(error),
      );
    }
  }
  return new WindowedReader();
}

function toEntry(raw: Entry, name: string): ZipEntry {
  const unixMode = UNIX_HOSTS.includes(raw.versionMadeBy >>> 8) ? raw.externalFileAttributes >>> 16 : 0;
  return {
    name,
    rawName: raw.fileNameRaw,
    isDirectory: name.endsWith('/'),
    isSymlink: (unixMode & S_IFMT) === S_IFLNK,
    encrypted: (raw.generalPurposeBitFlag & Flag.Encrypted) !== 0,
    method: raw.compressionMethod,
    compressedSize: raw.compressedSize,
    uncompressedSize: raw.uncompressedSize,
    crc32: raw.crc32,
    mode: unixMode & 0o7777,
    modified: raw.getLastModDate({ timezone: 'UTC' }),
    versionMadeBy: raw.versionMadeBy,
    versionNeeded: raw.versionNeededToExtract,
    flags: raw.generalPurposeBitFlag,
    dosTime: ((raw.lastModFileDate << 16) | raw.lastModFileTime) >>> 0,
    internalAttributes: raw.internalFileAttributes,
    externalAttributes: raw.externalFileAttributes,
    localHeaderOffset: raw.relativeOffsetOfLocalHeader,
    rawExtra: raw.extraFieldRaw,
    rawComment: raw.fileCommentRaw,
  };
}

/** What makes the record unbelievable by itself. `limit`: where the central directory begins. */
function entryProblem(entry: ZipEntry, limit: number): string | undefined {
  const problem = nameProblem(entry.name);
  if (problem !== undefined) return problem;
  // A program that ignores the Unicode path extra field, Gogs for one, sees the raw name.
  const unicodePath = findExtra(entry.rawExtra, ExtraId.UnicodePath);
  if (unicodePath !== undefined) {
    const rawName = entry.rawName.toString('latin1');
    const rawProblem = nameProblem(rawName);
    if (rawProblem !== undefined) return rawProblem;
    if (rawName !== entry.name && isAscii(entry.rawName)) return `it has a second name, ${quoteName(rawName)}`;
  }
  if (!Number.isSafeInteger(entry.uncompressedSize)) return 'its size is impossible';
  const shortest = RecordLength.LocalHeader + entry.rawName.length + entry.compressedSize;
  if (entry.localHeaderOffset + shortest > limit) {
    return `its data, ${entry.compressedSize} bytes from byte ${entry.localHeaderOffset}, overlaps the central directory`;
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
