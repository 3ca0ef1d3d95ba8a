/** What the central directory of a zip says about one entry. */

import type { ByteList } from './ByteList.js';
import { decodeName, plainName } from './decodeName.js';
import { modificationTime } from './modificationTime.js';
import { type CentralHeader, centralHeaderLength, decodeCentralHeader, Flag, MAX_32, RecordLength } from './records.js';

export interface ZipEntry {
  /** Decoded: UTF-8, CP437 or the Unicode path extra field. Folders end in `/`. */
  readonly name: string;
  /** As the archive has it. */
  readonly rawName: Buffer;
  readonly isDirectory: boolean;
  readonly isSymlink: boolean;
  /** Only the place of an encrypted entry's data can be had. */
  readonly encrypted: boolean;
  /** General purpose bits: `Flag`. */
  readonly flags: number;
  /** 0 stored, 8 deflated; anything else can be copied, but not inflated. */
  readonly method: number;
  /** Bytes. */
  readonly compressedSize: number;
  /** Bytes. */
  readonly uncompressedSize: number;
  readonly crc32: number;
  /** Of the local header, in bytes from the start of the file. */
  readonly offset: number;
  /** Unix permission bits (0o7777), 0 where the archive has none. */
  readonly mode: number;
  /** From an extra field where there is one, else the MS-DOS time taken as UTC. */
  readonly modified: Date;
  /** Everything, for a faithful copy. */
  readonly header: CentralHeader;
  /** Whether these bytes are its name as the archive has it. */
  hasRawName(bytes: Buffer, start: number, end: number): boolean;
  /** Appends the central header as the archive has it. */
  appendHeader(list: ByteList): void;
}

/** Upper byte of "version made by": systems that store a Unix mode in the upper half of the external attributes. */
const UNIX_HOSTS: readonly number[] = [3, 19];
const S_IFMT = 0o170000;
const S_IFLNK = 0o120000;

/**
 * A central header seen as an entry. What every pass over a million entries asks for is decoded at once, the rest when
 * somebody asks. Keeps the bytes around the header in memory.
 */
export class DirectoryEntry implements ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly crc32: number;
  readonly offset: number;
  readonly #bytes: Buffer;
  readonly #at: number;
  /** True when the name is printable ASCII, and the only one. */
  readonly hasPlainName: boolean;

  /** `at`: where a whole central header begins. */
  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
    this.flags = bytes.readUInt16LE(at + 8);
    this.method = bytes.readUInt16LE(at + 10);
    this.crc32 = bytes.readUInt32LE(at + 16);
    const compressedSize = bytes.readUInt32LE(at + 20);
    const uncompressedSize = bytes.readUInt32LE(at + 24);
    const offset = bytes.readUInt32LE(at + 42);
    const fits = compressedSize !== MAX_32 && uncompressedSize !== MAX_32 && offset !== MAX_32;
    const full = fits ? undefined : this.header;
    this.compressedSize = full?.compressedSize ?? compressedSize;
    this.uncompressedSize = full?.uncompressedSize ?? uncompressedSize;
    this.offset = full?.offset ?? offset;
    const plain = plainName(bytes, at);
    this.hasPlainName = plain !== undefined;
    this.name = plain ?? decodeName(bytes, at);
  }

  get header(): CentralHeader {
    return decodeCentralHeader(this.#bytes, this.#at);
  }

  get rawName(): Buffer {
    const start = this.#at + RecordLength.CentralHeader;
    return this.#bytes.subarray(start, start + this.rawNameLength);
  }

  hasRawName(bytes: Buffer, start: number, end: number): boolean {
    const nameStart = this.#at + RecordLength.CentralHeader;
    return this.#bytes.compare(bytes, start, end, nameStart, nameStart + this.rawNameLength) === 0;
  }

  appendHeader(list: ByteList): void {
    list.append(this.#bytes, this.#at, this.#at + centralHeaderLength(this.#bytes, this.#at));
  }

  get rawNameLength(): number {
    return this.#bytes.readUInt16LE(this.#at + 28);
  }

  get hasExtras(): boolean {
    return this.#bytes.readUInt16LE(this.#at + 30) !== 0;
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

  get mode(): number {
    return this.#unixMode & 0o7777;
  }

  get modified(): Date {
    return modificationTime(this.header);
  }

  get #unixMode(): number {
    return UNIX_HOSTS.includes(this.#bytes.readUInt16LE(this.#at + 4) >>> 8)
      ? this.#bytes.readUInt32LE(this.#at + 38) >>> 16
      : 0;
  }
}

/** Names come from outside: control characters must not reach a terminal, nor pages of text a log. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
