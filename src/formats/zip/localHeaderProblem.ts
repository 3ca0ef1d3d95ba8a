/** Compares an entry's local header and data descriptor with the central directory. No I/O. */

import { isAscii } from './isAscii.js';
import { ExtraId, Flag, findExtra, MAX_32, RecordLength, readUInt64, Signature } from './records.js';
import { texts } from './texts.js';
import type { ZipEntry } from './ZipEntry.js';

/**
 * What differs, as the end of a sentence; undefined if nothing does. `at`: the position of the local header, which must be
 * present at least up to the end of its extra fields.
 */
export function localHeaderProblem(bytes: Buffer, at: number, entry: ZipEntry): string | undefined {
  const { found } = texts();
  const flags = bytes.readUInt16LE(at + 6);
  const nameStart = at + RecordLength.LocalHeader;
  const nameEnd = nameStart + bytes.readUInt16LE(at + 26);
  if (!entry.hasRawName(bytes, nameStart, nameEnd)) return found.otherNames;
  if (((flags ^ entry.flags) & Flag.Utf8) !== 0 && !isAscii(entry.rawName)) return found.otherEncodings;
  if (((flags ^ entry.flags) & Flag.Encrypted) !== 0) return found.otherEncryption;
  if (bytes.readUInt16LE(at + 8) !== entry.method) return found.otherMethods;
  // With a data descriptor these fields are optional, and most writers set them to zero.
  if ((flags & Flag.DataDescriptor) !== 0) return undefined;
  if (bytes.readUInt32LE(at + 14) !== entry.crc32) return found.otherCrc;
  let compressed = bytes.readUInt32LE(at + 18);
  let uncompressed = bytes.readUInt32LE(at + 22);
  if (compressed === MAX_32 || uncompressed === MAX_32) {
    const extra = bytes.subarray(nameEnd, nameEnd + bytes.readUInt16LE(at + 28));
    const zip64 = findExtra(extra, ExtraId.Zip64);
    if (zip64 !== undefined && zip64.length >= 16) {
      if (uncompressed === MAX_32) uncompressed = readUInt64(zip64, 0);
      if (compressed === MAX_32) compressed = readUInt64(zip64, 8);
    }
  }
  if (compressed !== entry.compressedSize || uncompressed !== entry.uncompressedSize) return found.otherSizes;
  return undefined;
}

/**
 * The length of the data descriptor; undefined if the bytes at `at` are not one for this entry. Its signature is optional, and
 * its sizes have 32 or 64 bits without a reliable mark, so all four forms are tried.
 */
export function dataDescriptorLength(bytes: Buffer, at: number, entry: ZipEntry): number | undefined {
  const { crc32, compressedSize, uncompressedSize } = entry;
  const left = bytes.length - at;
  const signed = left >= 4 && bytes.readUInt32LE(at) === Signature.DataDescriptor;
  for (const start of signed ? [4, 0] : [0]) {
    if (left < start + 12 || bytes.readUInt32LE(at + start) !== crc32) continue;
    const sizes = at + start + 4;
    if (
      left >= start + 20 &&
      readUInt64(bytes, sizes) === compressedSize &&
      readUInt64(bytes, sizes + 8) === uncompressedSize
    ) {
      return start + 20;
    }
    if (bytes.readUInt32LE(sizes) === compressedSize && bytes.readUInt32LE(sizes + 4) === uncompressedSize) {
      return start + 12;
    }
  }
  return undefined;
}
