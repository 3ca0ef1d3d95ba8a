/** The contract of the databases that rows are tried on: made for one verification, gone after it. */

import type { ScriptStatement } from '../../formats/sql/readSqlScript.js';

/** Text as its bytes, so that nothing is converted on the way. */
export type ScratchValue = Buffer | bigint | number | boolean | string | null;

/** A table that was created, and its columns that rows are inserted into. */
export interface ScratchTarget {
  /** SQL name. */
  readonly table: string;
  readonly columns: readonly ScratchColumn[];
}

export interface ScratchColumn {
  /** SQL name. */
  readonly name: string;
  /** True for text: it is written and read as bytes. */
  readonly isText: boolean;
}

/** The engine refuses a row. Its message never holds a value. */
export class RefusedRow extends Error {}

/** The engine refuses a statement of a script. Its message never holds a value. */
export class RefusedStatement extends Error {}

export interface ScratchEngine {
  /** For people: `SQLite 3.53.4`. */
  readonly product: string;
  /** Digits of a second that its times keep. */
  readonly timeDigits: number;
  /** Rows of so many columns that go into one statement. */
  rowsPerStatement(columns: number): number;
  /** One or more statements of ours. */
  execute(sql: string): Promise<void>;
  /** All of the rows or none of them: throws RefusedRow when the engine takes one of them not. */
  insert(target: ScratchTarget, rows: readonly (readonly ScratchValue[])[]): Promise<void>;
  /**
   * Executes a script as the engine's client would: statement by statement, in a session of its own transactions. Throws
   * RefusedStatement.
   */
  runScript(statements: AsyncIterable<ScriptStatement>): Promise<void>;
  /** Every row of the table, in batches, in any order. */
  select(target: ScratchTarget): AsyncGenerator<(readonly ScratchValue[])[]>;
  /** Removes everything that was created. Can be called more than once. */
  close(): Promise<void>;
}

/** Where a database server is, and who asks. */
export interface ServerAddress {
  readonly host: string;
  /** Undefined for the usual one. */
  readonly port: number | undefined;
  /** Empty for the usual one. */
  readonly user: string;
  readonly password: string;
  /** Empty for the usual one. */
  readonly database: string;
}
