/**
 * The records of a zip archive as bytes (PKWARE APPNOTE 6.3.10, section 4.3): constants, extra fields, and the encoders for
 * `ZipWriter`. No I/O.
 */

export const Signature = {
  LocalHeader: 0x04034b50,
  DataDescriptor: 0x08074b50,
  CentralHeader: 0x02014b50,
  Zip64End: 0x06064b50,
  Zip64Locator: 0x07064b50,
  End: 0x06054b50,
} as const;

/** Length in bytes of each record without its variable parts. */
export const RecordLength = {
  LocalHeader: 30,
  CentralHeader: 46,
  Zip64End: 56,
  Zip64Locator: 20,
  End: 22,
  /** Signature, CRC-32, two 64-bit sizes. */
  LongestDataDescriptor: 24,
} as const;

/** General purpose bits. */
export const Flag = { Encrypted: 0x1, DataDescriptor: 0x8, StrongEncryption: 0x40, Utf8: 0x800 } as const;

/** `Listed` is our own, for temporary archives: the beginning of a file in place of its content. See `ZipWriter.addListed`. */
export const Method = { Stored: 0, Deflated: 8, Listed: 0x4c4c } as const;

export const ExtraId = { Zip64: 0x0001, UnicodePath: 0x7075 } as const;

/** This value in a 32-bit field means that the zip64 record has the actual value. */
export const MAX_32 = 0xffffffff;
/** The same for 16-bit counts. */
export const MAX_16 = 0xffff;
const ZIP64_VERSION = 45;

export const NO_BYTES: Buffer = Buffer.alloc(0);
const NO_VALUES: readonly number[] = [];

/** The fields of a central header, with values of a zip64 field in place. */
export interface CentralHeader {
  readonly versionMadeBy: number;
  readonly versionNeeded: number;
  readonly flags: number;
  readonly method: number;
  /** MS-DOS date in the upper, time in the lower 16 bits. */
  readonly dosTime: number;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly internalAttributes: number;
  readonly externalAttributes: number;
  /** Offset of the local header, in bytes from the start of the file. */
  readonly offset: number;
  readonly name: Buffer;
  readonly extra: Buffer;
  readonly comment: Buffer;
}

type Sizes = Pick<CentralHeader, 'crc32' | 'compressedSize' | 'uncompressedSize'>;

/** An entry to be written. Its extra fields have no zip64 field: the encoders add it if necessary. */
export interface EntryRecord extends CentralHeader {
  readonly localExtra: Buffer;
}

export function readUInt64(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at + 4) * 0x1_0000_0000 + bytes.readUInt32LE(at);
}

function writeUInt64(bytes: Buffer, value: number, at: number): number {
  bytes.writeUInt32LE(value % 0x1_0000_0000, at);
  return bytes.writeUInt32LE(Math.floor(value / 0x1_0000_0000), at + 4);
}

/** The data of the first extra field with this id. Silently stops at malformed fields. */
export function findExtra(extra: Buffer, id: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) return undefined;
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, end);
    at = end;
  }
  return undefined;
}

/** The extra fields without those of the given ids, and without trailing padding. */
export function withoutExtras(extra: Buffer, ids: readonly number[]): Buffer {
  if (extra.length === 0) return extra;
  const kept: Buffer[] = [];
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) break;
    if (!ids.includes(extra.readUInt16LE(at))) kept.push(extra.subarray(at, end));
    at = end;
  }
  if (kept.length === 1 && kept[0]?.length === extra.length) return extra;
  return Buffer.concat(kept);
}

/** A local header that contains CRC and sizes, and so needs no data descriptor. */
export function encodeLocalHeader(record: EntryRecord): Buffer {
  const zip64 = record.compressedSize >= MAX_32 || record.uncompressedSize >= MAX_32;
  // A local zip64 field holds both sizes or none (APPNOTE 4.5.3).
  const extraLength = record.localExtra.length + (zip64 ? 20 : 0);
  const bytes = Buffer.allocUnsafe(RecordLength.LocalHeader + record.name.length + extraLength);
  bytes.writeUInt32LE(Signature.LocalHeader, 0);
  bytes.writeUInt16LE(zip64 ? Math.max(record.versionNeeded, ZIP64_VERSION) : record.versionNeeded, 4);
  bytes.writeUInt16LE(record.flags, 6);
  bytes.writeUInt16LE(record.method, 8);
  bytes.writeUInt32LE(record.dosTime, 10);
  bytes.writeUInt32LE(record.crc32, 14);
  bytes.writeUInt32LE(zip64 ? MAX_32 : record.compressedSize, 18);
  bytes.writeUInt32LE(zip64 ? MAX_32 : record.uncompressedSize, 22);
  bytes.writeUInt16LE(record.name.length, 26);
  bytes.writeUInt16LE(extraLength, 28);
  let at: number = RecordLength.LocalHeader;
  at += record.name.copy(bytes, at);
  if (zip64) {
    at = bytes.writeUInt16LE(ExtraId.Zip64, at);
    at = bytes.writeUInt16LE(16, at);
    at = writeUInt64(bytes, record.uncompressedSize, at);
    at = writeUInt64(bytes, record.compressedSize, at);
  }
  record.localExtra.copy(bytes, at);
  return bytes;
}

/**
 * The data descriptor for data whose CRC and sizes are not in its local header. Like Go, uses 64-bit sizes if one needs them.
 */
export function encodeDataDescriptor({ crc32, compressedSize, uncompressedSize }: Sizes): Buffer {
  const zip64 = compressedSize >= MAX_32 || uncompressedSize >= MAX_32;
  const bytes = Buffer.alloc(zip64 ? RecordLength.LongestDataDescriptor : 16);
  bytes.writeUInt32LE(Signature.DataDescriptor, 0);
  bytes.writeUInt32LE(crc32, 4);
  if (zip64) {
    writeUInt64(bytes, compressedSize, 8);
    writeUInt64(bytes, uncompressedSize, 16);
  } else {
    bytes.writeUInt32LE(compressedSize, 8);
    bytes.writeUInt32LE(uncompressedSize, 12);
  }
  return bytes;
}

/** `offset`, and `extra` fields without the zip64 one, replace the record's own. */
export function encodeCentralHeader(record: CentralHeader, offset = record.offset, extra = record.extra): Buffer {
  // The central zip64 field holds exactly the values that do not fit, in this order (APPNOTE 4.5.3).
  const { uncompressedSize, compressedSize } = record;
  const fits = uncompressedSize < MAX_32 && compressedSize < MAX_32 && offset < MAX_32;
  const large = fits ? NO_VALUES : [uncompressedSize, compressedSize, offset].filter((value) => value >= MAX_32);
  const zip64Length = large.length === 0 ? 0 : 4 + 8 * large.length;
  const extraLength = zip64Length + extra.length;
  const bytes = Buffer.allocUnsafe(
    RecordLength.CentralHeader + record.name.length + extraLength + record.comment.length,
  );
  bytes.writeUInt32LE(Signature.CentralHeader, 0);
  bytes.writeUInt16LE(record.versionMadeBy, 4);
  bytes.writeUInt16LE(zip64Length > 0 ? Math.max(record.versionNeeded, ZIP64_VERSION) : record.versionNeeded, 6);
  bytes.writeUInt16LE(record.flags, 8);
  bytes.writeUInt16LE(record.method, 10);
  bytes.writeUInt32LE(record.dosTime, 12);
  bytes.writeUInt32LE(record.crc32, 16);
  bytes.writeUInt32LE(Math.min(record.compressedSize, MAX_32), 20);
  bytes.writeUInt32LE(Math.min(record.uncompressedSize, MAX_32), 24);
  bytes.writeUInt16LE(record.name.length, 28);
  bytes.writeUInt16LE(extraLength, 30);
  bytes.writeUInt16LE(record.comment.length, 32);
  bytes.writeUInt16LE(0, 34); // disk
  bytes.writeUInt16LE(record.internalAttributes, 36);
  bytes.writeUInt32LE(record.externalAttributes, 38);
  bytes.writeUInt32LE(Math.min(offset, MAX_32), 42);
  let at: number = RecordLength.CentralHeader;
  at += record.name.copy(bytes, at);
  if (zip64Length > 0) {
    at = bytes.writeUInt16LE(ExtraId.Zip64, at);
    at = bytes.writeUInt16LE(8 * large.length, at);
    for (const value of large) at = writeUInt64(bytes, value, at);
  }
  at += extra.copy(bytes, at);
  record.comment.copy(bytes, at);
  return bytes;
}

/** The position and size of the central directory. */
export interface DirectoryPlace {
  readonly entryCount: number;
  /** In bytes from the start of the file. */
  readonly offset: number;
  /** In bytes. */
  readonly size: number;
}

/** The end record, preceded by a zip64 end record and its locator if a value does not fit. */
export function encodeEnd({ entryCount, offset, size }: DirectoryPlace, comment: Buffer): Buffer {
  const zip64 = entryCount >= MAX_16 || offset >= MAX_32 || size >= MAX_32;
  const start = zip64 ? RecordLength.Zip64End + RecordLength.Zip64Locator : 0;
  const bytes = Buffer.alloc(start + RecordLength.End + comment.length);
  if (zip64) {
    bytes.writeUInt32LE(Signature.Zip64End, 0);
    writeUInt64(bytes, RecordLength.Zip64End - 12, 4); // size of what follows this field
    bytes.writeUInt16LE(ZIP64_VERSION, 12); // made by
    bytes.writeUInt16LE(ZIP64_VERSION, 14); // needed
    writeUInt64(bytes, entryCount, 24); // on this disk
    writeUInt64(bytes, entryCount, 32);
    writeUInt64(bytes, size, 40);
    writeUInt64(bytes, offset, 48);
    bytes.writeUInt32LE(Signature.Zip64Locator, 56);
    writeUInt64(bytes, offset + size, 64);
    bytes.writeUInt32LE(1, 72); // disks
  }
  bytes.writeUInt32LE(Signature.End, start);
  bytes.writeUInt16LE(Math.min(entryCount, MAX_16), start + 8); // on this disk
  bytes.writeUInt16LE(Math.min(entryCount, MAX_16), start + 10);
  bytes.writeUInt32LE(Math.min(size, MAX_32), start + 12);
  bytes.writeUInt32LE(Math.min(offset, MAX_32), start + 16);
  bytes.writeUInt16LE(comment.length, start + 20);
  comment.copy(bytes, start + RecordLength.End);
  return bytes;
}
