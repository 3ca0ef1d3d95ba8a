/** What every form of input offers: the one contract that reading code relies on. */

import type { Notice } from '../core/findings.js';
import type { Row, RowConsumer } from '../core/rows.js';
import type { SourceForm } from '../core/SourceForm.js';
import type { Engine } from '../engines/Engine.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';
import type { Table } from '../gogs/tables.js';
import type { ArchiveFiles } from './ArchiveFiles.js';

/** The JSON Lines that a table is read from. */
export interface OriginalTable {
  readonly zip: ZipReader;
  readonly entry: ZipEntry;
}

/** The rows of one table, wherever they lie. */
export interface SourceTable {
  readonly table: Table;
  /** Names the place in errors and reports: `AccessToken.json`. */
  readonly place: string;
  /** Bytes that reading it takes, as far as known beforehand. */
  readonly bytes: number;
  /** The columns it is known to have, by SQL name; undefined when only the rows tell. */
  readonly columns?: readonly string[] | undefined;
  /** The next automatic id, where the input says it. */
  readonly nextId?: bigint | undefined;
  /** Undefined where the rows do not stand as a backup has them. */
  readonly original?: OriginalTable;
  /** Delivers the rows in file order, in the one row that is given. Can be called again and again. */
  readRows(row: Row, consumer: RowConsumer, signal?: AbortSignal): Promise<void>;
}

export interface StatementSink {
  /** Takes a whole statement. */
  write(statement: string): void;
  /** Awaited from time to time. */
  drain(): Promise<void> | undefined;
}

/** A table that is not one of Gogs'. */
export interface ForeignTable {
  readonly name: string;
  readonly place: string;
  /** Everything about it as SQL of the source's engine, where the input is SQL. */
  readonly text?: () => AsyncIterable<Buffer>;
  /** The same statement by statement, where the source is SQLite's. */
  readonly writeStatements?: (sink: StatementSink) => Promise<void>;
  /** Columns that it would need to be the table of Gogs that has its name. */
  readonly lacks?: readonly string[];
}

export interface Source {
  readonly form: SourceForm;
  /** The input as the user named it. */
  readonly input: string;
  /** Bytes of the whole input. */
  readonly bytes: number;
  /** Bytes that an upgrade deals with: inflated tables, and everything else as it lies. */
  readonly bytesToRead: number;
  /** As metadata.ini says; undefined for forms that do not. */
  readonly gogsVersion: string | undefined;
  /** When the backup was made, as metadata.ini says; undefined when it does not, and for forms without it. */
  readonly madeAt: string | undefined;
  /** The engine the rows come from; undefined when nothing tells. */
  readonly engine: Engine | undefined;
  readonly tables: readonly SourceTable[];
  readonly foreignTables: readonly ForeignTable[];
  /** Everything that is not a table, or undefined when the input holds nothing else. */
  readonly files: ArchiveFiles | undefined;
  /** What is to be said about the input as a whole. */
  readonly notices?: readonly Notice[];
  /** How a text begins; undefined for what is none. */
  opening?(): Promise<string>;
  close(): Promise<void>;
}
