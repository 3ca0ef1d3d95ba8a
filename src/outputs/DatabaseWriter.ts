/** What a database is written to: a script for an engine's own client, or an SQLite file. */
import type { RowConsumer } from '../core/rows.js';
import type { SqlOutputColumn } from '../formats/sql/SqlTableWriter.js';

export interface TableWriter extends RowConsumer {
  /** Must follow the last row. */
  finish(): Promise<void>;
}

export interface DatabaseWriter {
  /** Where it lies until it has its name. */
  readonly temporaryPath: string;
  execute(...statements: string[]): Promise<void>;
  /** SQL in chunks that need not end where a statement does; absent where only whole statements can be taken. */
  append?(sql: AsyncIterable<Buffer>): Promise<void>;
  /** The rows of a table that was created. One table at a time. */
  tableWriter(table: string, columns: readonly SqlOutputColumn[]): TableWriter;
  /** Ends everything under its temporary name, flushed to disk. */
  finish(): Promise<void>;
  /** Gives the file its name. Returns its bytes. */
  commit(): Promise<number>;
  /** Leaves nothing behind; does nothing after a commit. */
  abort(): Promise<void>;
}
