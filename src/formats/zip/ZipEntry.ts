/** What the central directory of a zip says about one entry. */

import type { CentralHeader } from './records.js';

/** A name as a header has it. */
export interface EncodedName {
  readonly bytes: Buffer;
  /** Whether the flag for UTF-8 is set. */
  readonly isUtf8: boolean;
}

export interface ZipEntry {
  /**
   * Decoded: UTF-8, the Unicode path extra field, or CP437 where it is neither. Folders end in `/`, and parts are separated by it:
   * programs on Windows, Gogs among them, write backslashes.
   */
  readonly name: string;
  /** As the archive has it. */
  readonly rawName: Buffer;
  /** False where only the program that wrote the name knows its encoding. */
  readonly hasKnownEncoding: boolean;
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
  /** From an extra field where there is one, else the MS-DOS time taken as UTC, as Go does. */
  readonly modified: Date;
  /** Everything, for a faithful copy. */
  readonly header: CentralHeader;
  /** Whether these bytes are its name as the archive has it. */
  hasRawName(bytes: Buffer, start: number, end: number): boolean;
  /** What a header says for the entry to have this name; undefined where the archive's own says so already. */
  encodeName(name: string): EncodedName | undefined;
}

/** Names come from outside: control characters must not reach a terminal, nor pages of text a log. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
