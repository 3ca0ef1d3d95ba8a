/** What the central directory of a zip says about one entry. */

export interface ZipEntry {
  /** Decoded: UTF-8, CP437 or the Unicode path extra field. Folders end in `/`. */
  readonly name: string;
  /** As the archive has it. */
  readonly rawName: Buffer;
  readonly isDirectory: boolean;
  readonly isSymlink: boolean;
  /** Only raw ranges of an encrypted entry can be had. */
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
  /** From the extended timestamp where there is one, else the MS-DOS time taken as UTC. */
  readonly modified: Date;

  /** The rest is what a faithful copy needs. */
  readonly versionMadeBy: number;
  readonly versionNeeded: number;
  readonly flags: number;
  /** MS-DOS date in the upper, time in the lower 16 bits. */
  readonly dosTime: number;
  readonly internalAttributes: number;
  readonly externalAttributes: number;
  readonly localHeaderOffset: number;
  readonly rawExtra: Buffer;
  readonly rawComment: Buffer;
}

/** Names come from outside: control characters must not reach a terminal, nor pages of text a log. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
