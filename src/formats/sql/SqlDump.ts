/** What an SQL dump holds, and where: the table of contents that `indexSqlDump` makes and `readSqlRows` reads by. */

import type { DumpKind } from './Dialect.js';
import type { LiteralRules } from './SqlSession.js';
import type { DefinedColumn } from './TableDefinition.js';

/** A piece of the file. */
export interface SqlPlace {
  /** Bytes `[start, end)`. */
  readonly start: number;
  readonly end: number;
  /** 1-based line of `start`. */
  readonly line: number;
}

/** One or more INSERT statements that follow each other, or the data of one COPY statement. */
export interface SqlRowRange extends SqlPlace {
  readonly kind: 'insert' | 'copy';
  /** Where the statement begins: before `start` for COPY, whose rows follow the statement. */
  readonly statementStart: number;
  /** How many INSERT statements; 1 for COPY. */
  readonly statements: number;
  /** Of a COPY statement that names them. */
  readonly columns?: readonly string[] | undefined;
  /** How literals are read there. */
  readonly rules: LiteralRules;
  /** The statement replaces, updates or skips a row whose key is there already: REPLACE, IGNORE, ON CONFLICT. */
  readonly resolvesConflicts: boolean;
}

/** A statement that is no row and no table's definition. */
export interface SqlStatement extends SqlPlace {
  /** The first 80 characters or so, up to the first text: values never show up. */
  readonly opening: string;
}

/** A statement because of which a database holds other rows than those that the dump lists. */
export interface SqlChange extends SqlStatement {
  /** Completes "the statement …": `changes rows that stand before it`. */
  readonly effect: string;
}

export interface SqlTable {
  readonly name: string;
  /** The database it is in, when the dump says. */
  readonly database: string | undefined;
  /** The schema it is in: `public` unless the dump says otherwise, `main` in SQLite, undefined in MySQL. */
  readonly schema: string | undefined;
  /** It is gone when the session ends. */
  readonly temporary: boolean;
  /** Its CREATE TABLE, if there is one. */
  readonly definition: SqlPlace | undefined;
  /** What the definition lists. */
  readonly columns: readonly DefinedColumn[] | undefined;
  /** The columns of its primary key and of each unique key that are known before its rows. */
  readonly keys: readonly (readonly string[])[];
  /** The column lists of its INSERT and COPY statements, each different one once. */
  readonly insertColumns: readonly (readonly string[])[];
  readonly rows: readonly SqlRowRange[];
  /** How many statements carry its rows. */
  readonly statements: number;
  /** The next value of its automatic id, as the dump sets it: AUTO_INCREMENT, setval, sqlite_sequence. */
  readonly nextId: bigint | undefined;
  /** The id that its first row without one gets; undefined when statements of the dump change that. */
  readonly firstId: bigint | undefined;
  /** Indexes, sequences and other statements about this table. */
  readonly related: readonly SqlStatement[];
  /** Why the rows are not what a database would hold, in the order of the dump. */
  readonly changes: readonly SqlChange[];
  /** How often it was dropped with rows and created again; only what came last counts. */
  readonly restarts: number;
  /** The dump drops it in the end. */
  readonly dropped: boolean;
}

export interface SqlDump {
  readonly path: string;
  readonly kind: DumpKind;
  readonly tables: readonly SqlTable[];
  /** Statements that may change any table of a database. */
  readonly changes: readonly (SqlChange & { readonly database: string | undefined })[];
  /**
   * Whether the producer's closing line is there: false means that the dump was cut off, undefined that its producer
   * writes none.
   */
  readonly complete: boolean | undefined;
  /** Rows are in a transaction that this statement begins, and that nothing commits. */
  readonly uncommitted: SqlPlace | undefined;
  /** sqlite3 found the database damaged, and says so at the end of its dump. */
  readonly damaged: boolean;
  readonly size: number;
}
