/** Compares an entry's local header and data descriptor with what the central directory says. No I/O. */

import { isAscii } from './isAscii.js';
import { ExtraId, Flag, findExtra, MAX_32, RecordLength, readUInt64, Signature } from './records.js';
import type { ZipEntry } from './ZipEntry.js';

/** What differs, as the end of a sentence; undefined when nothing does. `header` goes at least up to its extra fields' end. */
export function localHeaderProblem(header: Buffer, entry: ZipEntry): string | undefined {
  const differs = (what: string): string => `${what} in its local header and in the central directory differ`;
  const flags = header.readUInt16LE(6);
  const nameEnd = RecordLength.LocalHeader + header.readUInt16LE(26);
  const name = entry.rawName;
  if (header.compare(name, 0, name.length, RecordLength.LocalHeader, nameEnd) !== 0) return differs('the names');
  if (((flags ^ entry.header.flags) & Flag.Utf8) !== 0 && !isAscii(name)) return differs('the encodings of the name');
  if (((flags ^ entry.header.flags) & Flag.Encrypted) !== 0) return differs('the encryption flags');
  if (header.readUInt16LE(8) !== entry.method) return differs('the compression methods');
  // With a data descriptor the header need not know the rest, and most writers put zeros there.
  if ((flags & Flag.DataDescriptor) !== 0) return undefined;
  if (header.readUInt32LE(14) !== entry.crc32) return differs('the CRC-32 values');
  let compressed = header.readUInt32LE(18);
  let uncompressed = header.readUInt32LE(22);
  if (compressed === MAX_32 || uncompressed === MAX_32) {
    const extra = header.subarray(nameEnd, nameEnd + header.readUInt16LE(28));
    const zip64 = findExtra(extra, ExtraId.Zip64);
    if (zip64 !== undefined && zip64.length >= 16) {
      if (uncompressed === MAX_32) uncompressed = readUInt64(zip64, 0);
      if (compressed === MAX_32) compressed = readUInt64(zip64, 8);
    }
  }
  if (compressed !== entry.compressedSize || uncompressed !== entry.uncompressedSize) return differs('the sizes');
  return undefined;
}

/**
 * How many bytes the data descriptor takes; undefined when what stands there is none for this entry. Its signature is
 * optional, and its sizes have 32 or 64 bits without a reliable sign of which: all four forms are tried.
 */
export function dataDescriptorLength(bytes: Buffer, entry: ZipEntry): number | undefined {
  const signed = bytes.length >= 4 && bytes.readUInt32LE(0) === Signature.DataDescriptor;
  for (const start of signed ? [4, 0] : [0]) {
    if (bytes.length < start + 12 || bytes.readUInt32LE(start) !== entry.crc32) continue;
    if (
      bytes.length >= start + 20 &&
      readUInt64(bytes, start + 4) === entry.compressedSize &&
      readUInt64(bytes, start + 12) === entry.uncompressedSize
    ) {
      return start + 20;
    }
    if (
      bytes.readUInt32LE(start + 4) === entry.compressedSize &&
      bytes.readUInt32LE(start + 8) === entry.uncompressedSize
    ) {
      return start + 12;
    }
  }
  return undefined;
}
