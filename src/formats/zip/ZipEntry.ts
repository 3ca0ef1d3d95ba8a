/** What the central directory of a zip says about one entry. */

import { modificationTime } from './modificationTime.js';
import { type CentralHeader, Flag } from './records.js';

export interface ZipEntry {
  /** Decoded: UTF-8, CP437 or the Unicode path extra field. Folders end in `/`. */
  readonly name: string;
  /** As the archive has it. */
  readonly rawName: Buffer;
  readonly isDirectory: boolean;
  readonly isSymlink: boolean;
  /** Only the place of an encrypted entry's data can be had. */
  readonly encrypted: boolean;
  /** 0 stored, 8 deflated; anything else can be copied, but not inflated. */
  readonly method: number;
  /** Bytes. */
  readonly compressedSize: number;
  /** Bytes. */
  readonly uncompressedSize: number;
  readonly crc32: number;
  /** Unix permission bits (0o7777), 0 where the archive has none. */
  readonly mode: number;
  /** From an extra field where there is one, else the MS-DOS time taken as UTC. */
  readonly modified: Date;
  /** Everything, for a faithful copy. */
  readonly header: CentralHeader;
}

/** Upper byte of "version made by": systems that store a Unix mode in the upper half of the external attributes. */
const UNIX_HOSTS: readonly number[] = [3, 19];
const S_IFMT = 0o170000;
const S_IFLNK = 0o120000;

/** A central header seen as an entry: nothing is computed that nobody asks for. */
export class DirectoryEntry implements ZipEntry {
  readonly header: CentralHeader;
  readonly name: string;

  constructor(header: CentralHeader, name: string) {
    this.header = header;
    this.name = name;
  }

  get rawName(): Buffer {
    return this.header.name;
  }

  get isDirectory(): boolean {
    return this.name.endsWith('/');
  }

  get isSymlink(): boolean {
    return (this.#unixMode & S_IFMT) === S_IFLNK;
  }

  get encrypted(): boolean {
    return (this.header.flags & Flag.Encrypted) !== 0;
  }

  get method(): number {
    return this.header.method;
  }

  get compressedSize(): number {
    return this.header.compressedSize;
  }

  get uncompressedSize(): number {
    return this.header.uncompressedSize;
  }

  get crc32(): number {
    return this.header.crc32;
  }

  get mode(): number {
    return this.#unixMode & 0o7777;
  }

  get modified(): Date {
    return modificationTime(this.header);
  }

  get #unixMode(): number {
    return UNIX_HOSTS.includes(this.header.versionMadeBy >>> 8) ? this.header.externalAttributes >>> 16 : 0;
  }
}

/** Names come from outside: control characters must not reach a terminal, nor pages of text a log. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
