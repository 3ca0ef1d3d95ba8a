/** Writes a database: a script for an engine's own client, or an SQLite file. */
import type { RowConsumer } from '../core/rows.js';
import type { SqlOutputColumn } from '../formats/sql/writing/SqlTableWriter.js';
import type { StatementSink } from '../inputs/Source.js';

export interface TableWriter extends RowConsumer {
  /** Call it after the last row. */
  finish(): Promise<void>;
}

export interface DatabaseWriter {
  /** Its path until it gets its final name. */
  readonly temporaryPath: string;
  execute(...statements: string[]): Promise<void>;
  /** Names the statements that will create the keys of the tables, after all rows. */
  awaitKeys?(statements: readonly string[]): void;
  /** Appends SQL in chunks that may end within a statement; absent if only whole statements can be written. */
  append?(sql: AsyncIterable<Buffer>): Promise<void>;
  /**
   * Writes a table of another application, once everything else is complete. If it fails, removes the table and returns the
   * reason.
   */
  addTable?(writeStatements: (sink: StatementSink) => Promise<void>): Promise<string | undefined>;
  /** Writes the rows of a table that was created. One table at a time. */
  tableWriter(table: string, columns: readonly SqlOutputColumn[]): TableWriter;
  /** Completes everything under its temporary name, flushed to disk. */
  finish(): Promise<void>;
  /** Gives the file its final name. Returns its size in bytes. */
  commit(): Promise<number>;
  /** Removes everything; does nothing after a commit. */
  abort(): Promise<void>;
}
