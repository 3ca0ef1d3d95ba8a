/** Where an upgrade goes: takes the tables, then everything else, and appears whole or not at all. */
import type { Writable } from 'node:stream';
import type { Notice } from '../core/findings.js';
import type { Row } from '../core/rows.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import type { Table } from '../gogs/tables.js';
import type { Sink } from './Sink.js';

/** Where an output goes. */
export interface DestinationPlace {
  /** A path, or a stream that gets the output once it is whole. */
  readonly output: string | Writable;
  /** Replace what exists. */
  readonly replace: boolean;
}

/** What every destination may use while it writes. */
export interface DestinationContext {
  readonly temporary: TemporaryFolder;
  readonly notice: (notice: Notice) => void;
  /** Names a row of a table as people know it: `user alice (5)`. */
  readonly placeOf: (table: Table, row: Row) => string;
  readonly signal: AbortSignal | undefined;
}

/** What was written. */
export interface Written {
  readonly bytes: number;
  /** Entries that were carried over as compressed bytes. */
  readonly files: { readonly count: number; readonly bytes: number };
}

/** What will be there once it is committed. */
export interface Finished {
  /** Path of the SQL to load after the restore; null when none is needed. */
  readonly afterRestoreSql: string | null;
}

/** A backup that is whole and has not its name yet. */
export interface UnnamedBackup {
  readonly archive: string;
  /** The SQL to load after the restore; undefined when none is needed. */
  readonly afterRestoreSql: string | undefined;
}

/** What happens to the files that are no tables. */
export interface FilesListener {
  /** A file that the output holds, by its name in a backup, with its bytes inflated and as they lie in the archive. */
  onFile(name: string, bytes: number, compressedBytes: number): void;
  /** Bytes that have been copied. */
  onBytes(bytes: number): void;
}

export interface Destination extends Sink {
  /** Writes what is no table, where the output holds it. Call it before the first table; copying may go on until `finish`. */
  writeFiles?(listener: FilesListener): Promise<void>;
  /** Ends everything under its temporary name, flushed to disk. */
  finish(): Promise<Finished>;
  /** What `finish` left; undefined for outputs that are no backup with tables. */
  unnamed?(): UnnamedBackup;
  /** Where the database lies that `finish` left; undefined for outputs that hold none. */
  unnamedDatabase?(): string;
  /** Where the folder of a server lies that `finish` left; undefined for other outputs. */
  unnamedFolder?(): string;
  /** Gives the files their names. */
  commit(): Promise<Written>;
  /** Leaves nothing behind. Can be called at any time; does nothing after a commit. */
  abort(): Promise<void>;
}
