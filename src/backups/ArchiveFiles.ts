/** The files of an archive that are no tables: few are read, the rest goes over as the compressed bytes it is. */
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';

/** Where things lie in a backup: internal/cmd/backup.go@v0.13.0 */
export const ROOT = 'gogs-backup/';
export const METADATA = `${ROOT}metadata.ini`;
export const CONFIG = `${ROOT}custom/conf/app.ini`;
export const DATABASE = `${ROOT}db/`;
/** The database in the zip of `gogs dump`: cmd/dump.go@v0.9.141 */
export const DUMP_DATABASE = 'gogs-db.sql';
export const REPOSITORIES = `${ROOT}repositories.zip`;

/** Larger configuration files are not read into memory: real ones have a few kilobytes. */
export const MAX_CONFIG_BYTES = 1024 * 1024;

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
  /** Tells the entries that are carried over under their own names; undefined where they take others. */
  readonly isCarried: ((entry: ZipEntry) => boolean) | undefined;
  /** Every entry but tables, metadata.ini and app.ini, in the order of the archive. */
  carried(): AsyncIterable<CarriedFile>;
}
