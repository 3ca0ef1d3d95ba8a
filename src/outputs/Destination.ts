/** The output of an upgrade: takes the tables, then everything else, and appears whole or not at all. */
import type { Writable } from 'node:stream';
import type { Notice } from '../core/findings.js';
import type { Row } from '../core/rows.js';
import type { OutputGate } from '../files/OutputGate.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import type { Table } from '../gogs/tables.js';
import type { Sink } from './Sink.js';

/** The location of an output. */
export interface DestinationPlace {
  /** A path, or a stream that receives the output once it is whole. */
  readonly output: string | Writable;
}

/** Shared services for every destination. */
export interface DestinationContext {
  readonly temporary: TemporaryFolder;
  /** Opens every file and folder of the output. */
  readonly gate: OutputGate;
  readonly notice: (notice: Notice) => void;
  /** Names a row for people: `user alice (5)`. */
  readonly placeOf: (table: Table, row: Row) => string;
  readonly signal: AbortSignal | undefined;
}

/** What was written. */
export interface Written {
  readonly bytes: number;
  /** Entries that were carried over in compressed form. */
  readonly files: { readonly count: number; readonly bytes: number };
}

/** The files that exist after the commit. */
export interface Finished {
  /** Path of the SQL to load after the restore; null if none is needed. */
  readonly afterRestoreSql: string | null;
}

/** A whole backup before it gets its final name. */
export interface UnnamedBackup {
  readonly archive: string;
  /** The SQL to load after the restore; undefined if none is needed. */
  readonly afterRestoreSql: string | undefined;
}

/** Is told about the files that are not tables. */
export interface FilesListener {
  /** Reports a file of the output by its name in a backup, with its inflated and compressed size. */
  onFile(name: string, bytes: number, compressedBytes: number): void;
  /** Reports bytes that have been copied. */
  onBytes(bytes: number): void;
}

export interface Destination extends Sink {
  /**
   * Writes everything but tables, if the output holds it. Call it before the first table; copying may continue until `finish`.
   */
  writeFiles?(listener: FilesListener): Promise<void>;
  /** Completes everything under its temporary name, flushed to disk. */
  finish(): Promise<Finished>;
  /** The result of `finish`; undefined for outputs that are not a backup with tables. */
  unnamed?(): UnnamedBackup;
  /** The path of the database after `finish`; undefined for outputs without one. */
  unnamedDatabase?(): string;
  /** The path of the server folder after `finish`; undefined for other outputs. */
  unnamedFolder?(): string;
  /** Gives the files their final names. The caller then flushes the folder of the output. */
  commit(): Promise<Written>;
  /** Removes everything. Can be called at any time; does nothing after a commit. */
  abort(): Promise<void>;
}
