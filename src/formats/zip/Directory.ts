/**
 * All entries of an archive in memory, in columns: they take some 110 bytes each, yauzl's objects a thousand. So the directory
 * has to be read only once.
 */

import { isUtf8 } from 'node:buffer';
import { Entry, getFileNameLowLevel, parseExtraFields } from 'yauzl';
import type { ByteWriter } from '../../core/ByteWriter.js';
import { isAscii } from './isAscii.js';
import {
  type CentralHeader,
  type DirectoryPlace,
  ExtraId,
  encodeCentralHeader,
  Flag,
  findExtra,
  MAX_32,
  NO_BYTES,
  RecordLength,
  Signature,
  withoutExtras,
} from './records.js';
import type { EncodedName, ZipEntry } from './ZipEntry.js';

/** Upper byte of "version made by": systems that store a Unix mode in the upper half of the external attributes. */
const UNIX_HOSTS: readonly number[] = [3, 19];
const S_IFMT = 0o170000;
const S_IFLNK = 0o120000;

interface Columns {
  readonly offset: Float64Array;
  readonly compressedSize: Float64Array;
  readonly uncompressedSize: Float64Array;
  readonly crc32: Uint32Array;
  /** MS-DOS date in the upper, time in the lower 16 bits. */
  readonly dosTime: Uint32Array;
  readonly externalAttributes: Uint32Array;
  readonly internalAttributes: Uint16Array;
  readonly versionMadeBy: Uint16Array;
  readonly versionNeeded: Uint16Array;
  readonly flags: Uint16Array;
  readonly method: Uint16Array;
  /** 1 for an entry with only one name, which is printable ASCII without backslashes. */
  readonly hasPlainName: Uint8Array;
  /** Position in `text` of the name, which is followed by the extra fields and the comment. */
  readonly nameStart: Uint32Array;
  readonly extraStart: Uint32Array;
  readonly commentStart: Uint32Array;
  readonly text: Buffer;
}

export class Directory implements Iterable<ZipEntry> {
  readonly #columns: Columns;
  #count = 0;
  #used = 0;

  /** Makes room for the entries of a directory of this size. */
  constructor({ entryCount, size }: DirectoryPlace) {
    const room = Math.min(entryCount, Math.floor(size / RecordLength.CentralHeader));
    this.#columns = {
      offset: new Float64Array(room),
      compressedSize: new Float64Array(room),
      uncompressedSize: new Float64Array(room),
      crc32: new Uint32Array(room),
      dosTime: new Uint32Array(room),
      externalAttributes: new Uint32Array(room),
      internalAttributes: new Uint16Array(room),
      versionMadeBy: new Uint16Array(room),
      versionNeeded: new Uint16Array(room),
      flags: new Uint16Array(room),
      method: new Uint16Array(room),
      hasPlainName: new Uint8Array(room),
      nameStart: new Uint32Array(room + 1),
      extraStart: new Uint32Array(room),
      commentStart: new Uint32Array(room),
      // Unwritten memory is not allocated, and the number of entries may be wrong.
      text: Buffer.allocUnsafeSlow(size),
    };
  }

  /** Number of entries so far. */
  get length(): number {
    return this.#count;
  }

  /** Adds the next record, which must lie within the directory. */
  add(entry: Entry): DirectoryEntry {
    const columns = this.#columns;
    const i = this.#count;
    const { fileNameRaw, extraFieldRaw, fileCommentRaw } = entry;
    const extraStart = this.#used + fileNameRaw.length;
    const commentStart = extraStart + extraFieldRaw.length;
    const end = commentStart + fileCommentRaw.length;
    columns.offset[i] = entry.relativeOffsetOfLocalHeader;
    columns.compressedSize[i] = entry.compressedSize;
    columns.uncompressedSize[i] = entry.uncompressedSize;
    columns.crc32[i] = entry.crc32;
    columns.dosTime[i] = (entry.lastModFileDate << 16) | entry.lastModFileTime;
    columns.externalAttributes[i] = entry.externalFileAttributes;
    columns.internalAttributes[i] = entry.internalFileAttributes;
    columns.versionMadeBy[i] = entry.versionMadeBy;
    columns.versionNeeded[i] = entry.versionNeededToExtract;
    columns.flags[i] = entry.generalPurposeBitFlag;
    columns.method[i] = entry.compressionMethod;
    columns.extraStart[i] = extraStart;
    columns.commentStart[i] = commentStart;
    columns.nameStart[i + 1] = end;
    columns.text.set(fileNameRaw, this.#used);
    if (extraStart < commentStart) columns.text.set(extraFieldRaw, extraStart);
    if (commentStart < end) columns.text.set(fileCommentRaw, commentStart);
    this.#used = end;
    this.#count++;
    const hasSecondName = extraStart < commentStart && findExtra(extraFieldRaw, ExtraId.UnicodePath) !== undefined;
    columns.hasPlainName[i] = isPlain(fileNameRaw) && !hasSecondName ? 1 : 0;
    return new DirectoryEntry(columns, i);
  }

  /** Offset of the local header. */
  offsetOf(index: number): number {
    return this.#columns.offset[index] as number;
  }

  at(index: number): DirectoryEntry {
    return new DirectoryEntry(this.#columns, index);
  }

  /** Appends an entry's record unchanged, for data that begins at `offset`. */
  putRecord(index: number, offset: number, out: ByteWriter): void {
    const columns = this.#columns;
    const start = columns.nameStart[index] as number;
    const extraStart = columns.extraStart[index] as number;
    const commentStart = columns.commentStart[index] as number;
    const end = columns.nameStart[index + 1] as number;
    const compressedSize = columns.compressedSize[index] as number;
    const uncompressedSize = columns.uncompressedSize[index] as number;
    const extra = textBetween(columns.text, extraStart, commentStart);
    const has64Bits = compressedSize >= MAX_32 || uncompressedSize >= MAX_32 || offset >= MAX_32;
    if (has64Bits || (extra.length > 0 && findExtra(extra, ExtraId.Zip64) !== undefined)) {
      out.putBytes(encodeCentralHeader(this.at(index).header, offset, withoutExtras(extra, [ExtraId.Zip64])));
      return;
    }
    out.reserve(RecordLength.CentralHeader);
    const { bytes } = out;
    let at = bytes.writeUInt32LE(Signature.CentralHeader, out.length);
    at = bytes.writeUInt16LE(columns.versionMadeBy[index] as number, at);
    at = bytes.writeUInt16LE(columns.versionNeeded[index] as number, at);
    at = bytes.writeUInt16LE(columns.flags[index] as number, at);
    at = bytes.writeUInt16LE(columns.method[index] as number, at);
    at = bytes.writeUInt32LE(columns.dosTime[index] as number, at);
    at = bytes.writeUInt32LE(columns.crc32[index] as number, at);
    at = bytes.writeUInt32LE(compressedSize, at);
    at = bytes.writeUInt32LE(uncompressedSize, at);
    at = bytes.writeUInt16LE(extraStart - start, at);
    at = bytes.writeUInt16LE(commentStart - extraStart, at);
    at = bytes.writeUInt16LE(end - commentStart, at);
    at = bytes.writeUInt16LE(0, at); // disk
    at = bytes.writeUInt16LE(columns.internalAttributes[index] as number, at);
    at = bytes.writeUInt32LE(columns.externalAttributes[index] as number, at);
    out.length = bytes.writeUInt32LE(offset, at);
    out.putBytes(columns.text, start, end);
  }

  /** A copy of the offsets of the local headers, in the order of the directory. */
  offsets(): Float64Array {
    return this.#columns.offset.slice(0, this.#count);
  }

  /** The entry whose data comes last in the file. */
  get last(): DirectoryEntry | undefined {
    const { offset } = this.#columns;
    let last = 0;
    for (let i = 1; i < this.#count; i++) if ((offset[i] as number) > (offset[last] as number)) last = i;
    return this.#count === 0 ? undefined : this.at(last);
  }

  *[Symbol.iterator](): Generator<DirectoryEntry, void, void> {
    for (let i = 0; i < this.#count; i++) yield this.at(i);
  }
}

/** A row of the directory. It keeps the whole directory in memory. */
export class DirectoryEntry implements ZipEntry {
  readonly name: string;
  /** True for an entry with only one name, which is printable ASCII without backslashes. */
  readonly hasPlainName: boolean;
  readonly index: number;
  readonly #columns: Columns;

  constructor(columns: Columns, index: number) {
    this.#columns = columns;
    this.index = index;
    const { text, nameStart, extraStart } = columns;
    this.hasPlainName = columns.hasPlainName[index] === 1;
    this.name = this.hasPlainName
      ? text.toString('latin1', nameStart[index], extraStart[index])
      : withSlashes(this.#decodedName, this.hasKnownEncoding);
  }

  /** False if only the program that wrote the name knows its encoding. */
  get hasKnownEncoding(): boolean {
    return this.hasPlainName || this.hasUnicodePath || isUtf8(this.rawName);
  }

  get rawName(): Buffer {
    const { text, nameStart, extraStart } = this.#columns;
    return text.subarray(nameStart[this.index], extraStart[this.index]);
  }

  hasRawName(bytes: Buffer, start: number, end: number): boolean {
    const { text, nameStart, extraStart } = this.#columns;
    return text.compare(bytes, start, end, nameStart[this.index], extraStart[this.index]) === 0;
  }

  get extra(): Buffer {
    const { text, extraStart, commentStart } = this.#columns;
    return textBetween(text, extraStart[this.index], commentStart[this.index]);
  }

  /** Whether an extra field gives it a second name. */
  get hasUnicodePath(): boolean {
    const { extraStart, commentStart } = this.#columns;
    return (
      extraStart[this.index] !== commentStart[this.index] && findExtra(this.extra, ExtraId.UnicodePath) !== undefined
    );
  }

  get isDirectory(): boolean {
    return this.name.endsWith('/');
  }

  get isSymlink(): boolean {
    return (this.#unixMode & S_IFMT) === S_IFLNK;
  }

  get encrypted(): boolean {
    return (this.flags & Flag.Encrypted) !== 0;
  }

  get flags(): number {
    return this.#columns.flags[this.index] as number;
  }

  get method(): number {
    return this.#columns.method[this.index] as number;
  }

  get compressedSize(): number {
    return this.#columns.compressedSize[this.index] as number;
  }

  get uncompressedSize(): number {
    return this.#columns.uncompressedSize[this.index] as number;
  }

  get crc32(): number {
    return this.#columns.crc32[this.index] as number;
  }

  get offset(): number {
    return this.#columns.offset[this.index] as number;
  }

  get mode(): number {
    return this.#unixMode & 0o7777;
  }

  get modified(): Date {
    const { dosTime } = this.#columns;
    const time = dosTime[this.index] as number;
    const extraFields = parseExtraFields(this.extra);
    const fields = { extraFields, lastModFileDate: time >>> 16, lastModFileTime: time & 0xffff };
    return Object.assign(new Entry(), fields).getLastModDate({ timezone: 'UTC' });
  }

  get header(): CentralHeader {
    const columns = this.#columns;
    const i = this.index;
    const { text, extraStart, commentStart, nameStart } = columns;
    return {
      versionMadeBy: columns.versionMadeBy[i] as number,
      versionNeeded: columns.versionNeeded[i] as number,
      flags: columns.flags[i] as number,
      method: columns.method[i] as number,
      dosTime: columns.dosTime[i] as number,
      crc32: columns.crc32[i] as number,
      compressedSize: columns.compressedSize[i] as number,
      uncompressedSize: columns.uncompressedSize[i] as number,
      internalAttributes: columns.internalAttributes[i] as number,
      externalAttributes: columns.externalAttributes[i] as number,
      offset: columns.offset[i] as number,
      name: textBetween(text, nameStart[i], extraStart[i]),
      extra: textBetween(text, extraStart[i], commentStart[i]),
      comment: textBetween(text, commentStart[i], nameStart[i + 1]),
    };
  }

  encodeName(name: string): EncodedName | undefined {
    if (name === this.name && (this.hasPlainName || name === this.#decodedName)) return undefined;
    if (this.hasKnownEncoding) {
      const bytes = Buffer.from(name);
      return { bytes, isUtf8: !isAscii(bytes) };
    }
    // In CP437 each character is a byte: the shared end of both names keeps its bytes.
    let shared = 0;
    while (shared < name.length && name.at(-1 - shared) === this.name.at(-1 - shared)) shared++;
    const { rawName } = this;
    const end = Buffer.from(rawName.subarray(rawName.length - shared));
    for (let i = 0; i < shared; i++) if (name[name.length - shared + i] === '/') end[i] = SLASH;
    return { bytes: Buffer.concat([Buffer.from(name.slice(0, name.length - shared)), end]), isUtf8: false };
  }

  get #decodedName(): string {
    const { flags, rawName } = this;
    // Programs on Linux and macOS write UTF-8 without the flag. In CP437 each byte is a character, so any bytes are valid.
    const assumed = isAscii(rawName) ? flags : isUtf8(rawName) ? flags | Flag.Utf8 : flags & ~Flag.Utf8;
    return getFileNameLowLevel(assumed, rawName, parseExtraFields(this.extra), true);
  }

  get #unixMode(): number {
    const { versionMadeBy, externalAttributes } = this.#columns;
    const host = (versionMadeBy[this.index] as number) >>> 8;
    return UNIX_HOSTS.includes(host) ? (externalAttributes[this.index] as number) >>> 16 : 0;
  }
}

/** Printable ASCII without backslashes. CP437 has its own symbols for control characters. */
function isPlain(name: Buffer): boolean {
  for (let i = 0; i < name.length; i++) {
    const byte = name[i] as number;
    if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH) return false;
  }
  return true;
}

/** Most entries have neither extra fields nor a comment, and creating a view is slow. */
function textBetween(text: Buffer, start: number | undefined, end: number | undefined): Buffer {
  return start === end ? NO_BYTES : text.subarray(start, end);
}

const SLASH = 0x2f;
const BACKSLASH = 0x5c;

/** In GBK, Big5 and Shift JIS a backslash may be the second half of a character. */
function withSlashes(name: string, knownEncoding: boolean): string {
  return name.replace(knownEncoding ? /\\/g : /(?<!\P{ASCII})\\/gu, '/');
}
