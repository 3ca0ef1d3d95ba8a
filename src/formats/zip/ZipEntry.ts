/** An entry as described by the central directory of a zip. */

import type { CentralHeader } from './records.js';

/** A name in a header. */
export interface EncodedName {
  readonly bytes: Buffer;
  /** Whether the flag for UTF-8 is set. */
  readonly isUtf8: boolean;
}

export interface ZipEntry {
  /**
   * Decoded from UTF-8, the Unicode path extra field, or otherwise CP437. Parts are separated by `/`, and folders end in it;
   * programs on Windows, including Gogs, write backslashes.
   */
  readonly name: string;
  /** As stored in the archive. */
  readonly rawName: Buffer;
  /** False if only the program that wrote the name knows its encoding. */
  readonly hasKnownEncoding: boolean;
  readonly isDirectory: boolean;
  readonly isSymlink: boolean;
  /** For an encrypted entry, only the position of its data is available. */
  readonly encrypted: boolean;
  /** General purpose bits: `Flag`. */
  readonly flags: number;
  /** 0 stored, 8 deflated; other methods can be copied, but not inflated. */
  readonly method: number;
  /** Bytes. */
  readonly compressedSize: number;
  /** Bytes. */
  readonly uncompressedSize: number;
  readonly crc32: number;
  /** Offset of the local header, in bytes from the start of the file. */
  readonly offset: number;
  /** Unix permission bits (0o7777); 0 if the archive has none. */
  readonly mode: number;
  /** From an extra field if there is one, otherwise the MS-DOS time as UTC, as in Go. */
  readonly modified: Date;
  /** All fields, for an exact copy. */
  readonly header: CentralHeader;
  /** Whether these bytes are its name as stored in the archive. */
  hasRawName(bytes: Buffer, start: number, end: number): boolean;
  /** The header fields for the entry to have this name; undefined if it already has it. */
  encodeName(name: string): EncodedName | undefined;
}

/** Names come from outside: control characters must not reach a terminal, nor pages of text a log. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
