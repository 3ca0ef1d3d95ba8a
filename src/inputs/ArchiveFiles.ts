/** The files of an archive that are no tables: few are read, the rest goes over as the compressed bytes it is. */
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';

/** An entry that is carried over unread. */
export interface CarriedFile {
  readonly entry: ZipEntry;
  /** The name it takes in a backup. */
  readonly name: string;
}

/** A small file that was read whole. */
export interface ReadFile {
  readonly entry: ZipEntry;
  readonly content: Buffer;
}

export interface ArchiveFiles {
  readonly zip: ZipReader;
  readonly metadata: ReadFile | undefined;
  readonly config: ReadFile | undefined;
  /** The zip with all repositories. */
  readonly repositories: ZipEntry | undefined;
  /** Tells the entries that are carried over under their own names; undefined where they take others. */
  readonly isCarried: ((entry: ZipEntry) => boolean) | undefined;
  /** Every entry but tables, metadata.ini and app.ini, in the order of the archive. */
  carried(): AsyncIterable<CarriedFile>;
}
