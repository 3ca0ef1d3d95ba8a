/** The contract that every form of input fulfils for code that reads rows and files. */

import type { Notice } from '../core/findings.js';
import type { Row, RowConsumer } from '../core/rows.js';
import type { SourceForm } from '../core/SourceForm.js';
import type { Engine } from '../engines/Engine.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';
import type { Table } from '../gogs/tables.js';
import type { ArchiveFiles } from './ArchiveFiles.js';

/** The JSON Lines from which a table is read. */
export interface OriginalTable {
  readonly zip: ZipReader;
  readonly entry: ZipEntry;
}

/** The rows of one table. */
export interface SourceTable {
  readonly table: Table;
  /** Its place for errors and reports: `AccessToken.json`. */
  readonly place: string;
  /** The number of bytes to read, as far as it is known in advance. */
  readonly bytes: number;
  /** The known columns, by SQL name; undefined if only the rows show them. */
  readonly columns?: readonly string[] | undefined;
  /** The next automatic id, if the input states it. */
  readonly nextId?: bigint | undefined;
  /** The statements that define the table in SQL of the source's engine; empty if the input states none. */
  definitions?(): Promise<readonly string[]>;
  /** Undefined unless the rows are stored as in a backup. */
  readonly original?: OriginalTable;
  /** Reads the rows in file order into the given row. Can be called repeatedly. */
  readRows(row: Row, consumer: RowConsumer, signal?: AbortSignal): Promise<void>;
}

export interface StatementSink {
  /** Takes a complete statement. */
  write(statement: string): void;
  /** Awaited from time to time. */
  drain(): Promise<void> | undefined;
}

/** A table that does not belong to Gogs. */
export interface ForeignTable {
  readonly name: string;
  readonly place: string;
  /** All SQL about the table, for the source's engine; only if the input is SQL. */
  readonly text?: () => AsyncIterable<Buffer>;
  /** The same statement by statement, if the source is an SQLite database. */
  readonly writeStatements?: (sink: StatementSink) => Promise<void>;
  /** The columns that it lacks to be the Gogs table of the same name. */
  readonly lacks?: readonly string[];
}

/** A statement of SQL. */
export interface StatedStatement {
  readonly line: number;
  /** Its beginning, without values. */
  readonly opening: string;
  readonly text: string;
  /** The table of another program that it is about. */
  readonly foreignTable: string | undefined;
}

export interface Source {
  readonly form: SourceForm;
  /** The input as given by the user. */
  readonly input: string;
  /** Size of the whole input in bytes. */
  readonly bytes: number;
  /** Bytes that an upgrade processes: tables inflated, everything else compressed. */
  readonly bytesToRead: number;
  /** From metadata.ini; undefined for forms without it. */
  readonly gogsVersion: string | undefined;
  /** When the backup was made, from metadata.ini; undefined if it does not say, and for forms without it. */
  readonly madeAt: string | undefined;
  /** The engine that the rows come from; undefined if unknown. */
  readonly engine: Engine | undefined;
  readonly tables: readonly SourceTable[];
  readonly foreignTables: readonly ForeignTable[];
  /** Everything but tables; undefined if the input contains only a database. */
  readonly files: ArchiveFiles | undefined;
  /** Findings about the input as a whole. */
  readonly notices?: readonly Notice[];
  /** The first statements of SQL, without rows. */
  statements?(): Promise<readonly StatedStatement[]>;
  /** The beginning of a text input; undefined for other forms. */
  opening?(): Promise<string>;
  /** What a database file's own engine finds wrong in it, indexes included; undefined if nothing, and for other forms. */
  integrityProblem?(): Promise<string | undefined>;
  close(): Promise<void>;
}
