/** The contract of scratch databases: each is created for one verification and removed after it. */

import type { ScriptStatement } from '../../formats/sql/statements/readSqlScript.js';

/** Text is passed as bytes, so that nothing is converted. */
export type ScratchValue = Buffer | bigint | number | boolean | string | null;

/** A created table, and the columns that are inserted. */
export interface ScratchTarget {
  /** SQL name. */
  readonly table: string;
  readonly columns: readonly ScratchColumn[];
}

export interface ScratchColumn {
  /** SQL name. */
  readonly name: string;
  /** True for text, which is written and read as bytes. */
  readonly isText: boolean;
}

/** The engine rejects a row. The message contains no values. */
export class RefusedRow extends Error {}

/** The engine rejects a statement of a script. The message contains no values. */
export class RefusedStatement extends Error {}

export interface ScratchEngine {
  /** For people: `SQLite 3.53.4`. */
  readonly product: string;
  /** Number of fractional digits of a second that its times store. */
  readonly timeDigits: number;
  /** How many rows of so many columns go into one statement. */
  rowsPerStatement(columns: number): number;
  /** Executes one or more statements of ours. */
  execute(sql: string): Promise<void>;
  /** Inserts all of the rows or none of them: throws RefusedRow if the engine rejects one of them. */
  insert(target: ScratchTarget, rows: readonly (readonly ScratchValue[])[]): Promise<void>;
  /**
   * Executes a script as the engine's client would: statement by statement, in a session with the script's own transactions.
   * Throws RefusedStatement.
   */
  runScript(statements: AsyncIterable<ScriptStatement>): Promise<void>;
  /** Every row of the table, in batches, in any order. */
  select(target: ScratchTarget): AsyncGenerator<(readonly ScratchValue[])[]>;
  /** Removes everything that was created. Can be called more than once. */
  close(): Promise<void>;
}

/** The address of a database server, and the user. */
export interface ServerAddress {
  readonly host: string;
  /** Undefined for the default. */
  readonly port: number | undefined;
  /** Empty for the default. */
  readonly user: string;
  readonly password: string;
  /** Empty for the default. */
  readonly database: string;
}
