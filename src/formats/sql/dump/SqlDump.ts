/** The table of contents of an SQL dump, which `indexSqlDump` builds and `readSqlRows` uses. */

import type { DefinedColumn, TextComparison } from '../definitions/TableDefinition.js';
import type { SqlPlace, SqlStatement } from '../statements/SqlStatement.js';
import type { DumpKind } from '../syntax/Dialect.js';
import type { LiteralRules } from '../syntax/LiteralRules.js';

/** One or more consecutive INSERT statements, or the data of one COPY statement. */
export interface SqlRowRange extends SqlPlace {
  readonly kind: 'insert' | 'copy';
  /** Start of the statement: before `start` for COPY, whose rows follow the statement. */
  readonly statementStart: number;
  /** Number of INSERT statements; 1 for COPY. */
  readonly statements: number;
  /** The columns that a COPY statement names. */
  readonly columns?: readonly string[] | undefined;
  /** The rules for literals in this range. */
  readonly rules: LiteralRules;
  /** The statement replaces, updates or skips rows whose key already exists: REPLACE, IGNORE, ON CONFLICT. */
  readonly resolvesConflicts: boolean;
  /** What ends each statement, if that is no semicolon. */
  readonly delimiter?: Buffer | undefined;
}

/** A statement after which a database would hold other rows than those in the dump. */
export interface SqlChange extends SqlStatement {
  /** Completes "the statement …": `changes rows that stand before it`. */
  readonly effect: string;
  /** It creates a table that already exists with rows: a second dump begins here. */
  readonly isSecondDump?: boolean;
}

/** A view: its rows are those of other tables, or none that a dump contains. */
export interface SqlView extends SqlChange {
  readonly name: string;
  readonly database: string | undefined;
  readonly schema: string | undefined;
}

export interface SqlTable {
  readonly name: string;
  /** Its database, if the dump names it. */
  readonly database: string | undefined;
  /** Its schema: `public` unless the dump says otherwise, `main` in SQLite, undefined in MySQL. */
  readonly schema: string | undefined;
  /** It disappears at the end of the session. */
  readonly temporary: boolean;
  /** Its CREATE TABLE, if there is one. */
  readonly definition: SqlPlace | undefined;
  /** The columns of the definition. */
  readonly columns: readonly DefinedColumn[] | undefined;
  /** The columns of the primary key and each unique key that are defined before the rows. */
  readonly keys: readonly (readonly string[])[];
  /** How some of its texts are compared. */
  readonly comparison: TextComparison;
  /** Its definition replaces or skips rows whose key already exists. */
  readonly resolvesConflicts: boolean;
  /** The distinct column lists of its INSERT and COPY statements. */
  readonly insertColumns: readonly (readonly string[])[];
  readonly rows: readonly SqlRowRange[];
  /** Number of statements that contain its rows. */
  readonly statements: number;
  /** The next automatic id as set by the dump: AUTO_INCREMENT, setval, sqlite_sequence. */
  readonly nextId: bigint | undefined;
  /** The id of the first row without one; undefined if statements of the dump change it. */
  readonly firstId: bigint | undefined;
  /** Indexes, sequences and other statements about this table. */
  readonly related: readonly SqlStatement[];
  /** Why a database would hold other rows, in the order of the dump. */
  readonly changes: readonly SqlChange[];
  /** How often it was dropped with rows and created again; only the last rows count. */
  readonly restarts: number;
  /** The dump finally drops it. */
  readonly dropped: boolean;
}

export interface SqlDump {
  readonly path: string;
  readonly kind: DumpKind;
  readonly tables: readonly SqlTable[];
  /** Statements that may change any table of a database. */
  readonly changes: readonly (SqlChange & { readonly database: string | undefined })[];
  /** The views that take the place of a table of that name. */
  readonly views: readonly SqlView[];
  /** The first statements without rows, as many as an upgrade could write. */
  readonly others: readonly SqlStatement[];
  /**
   * Whether the producer's closing line is present: false means that the dump is truncated, undefined that its producer writes
   * none.
   */
  readonly complete: boolean | undefined;
  /** The statement that begins a transaction with rows which is never committed. */
  readonly uncommitted: SqlPlace | undefined;
  /** sqlite3 found the database damaged, and says so at the end of its dump. */
  readonly damaged: boolean;
  readonly size: number;
}
