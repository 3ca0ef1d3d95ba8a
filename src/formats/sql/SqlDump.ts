/** What an SQL dump holds, and where: the table of contents that `indexSqlDump` makes and `readSqlRows` reads by. */

import type { DumpKind } from './Dialect.js';
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
  /** How strings are written there. */
  readonly backslashEscapes: boolean;
}

/** A statement that is no row and no table's definition. */
export interface SqlStatement extends SqlPlace {
  /** The first 80 characters or so, up to the first string: values never show up. */
  readonly opening: string;
  /** The table it is about, when it says: an index, a sequence, an ALTER TABLE. */
  readonly table?: string;
}

export interface SqlTable {
  readonly name: string;
  /** The schema or the database, when the dump says. */
  readonly schema: string | undefined;
  /** Its CREATE TABLE, if there is one. */
  readonly definition: SqlPlace | undefined;
  /** What the definition lists. */
  readonly columns: readonly DefinedColumn[] | undefined;
  /** The column lists of its INSERT and COPY statements, each different one once. */
  readonly insertColumns: readonly (readonly string[])[];
  readonly rows: readonly SqlRowRange[];
  /** How many statements carry its rows. */
  readonly statements: number;
  /** The next value of its automatic id, as the dump sets it: AUTO_INCREMENT, setval, sqlite_sequence. */
  readonly nextId: bigint | undefined;
  /** Indexes, sequences and other statements about this table. */
  readonly related: readonly SqlStatement[];
}

export interface SqlDump {
  readonly path: string;
  readonly kind: DumpKind;
  readonly tables: readonly SqlTable[];
  /** Statements that are about no table and are not mere settings: views, functions, other databases' users. */
  readonly others: readonly SqlStatement[];
  /** The character set that the dump says it is in: `utf8mb4`, `UTF8`, `latin1`. */
  readonly encoding: string | undefined;
  /**
   * Whether the producer's closing line is there: false means that the dump was cut off, undefined that its producer
   * writes none.
   */
  readonly complete: boolean | undefined;
  readonly size: number;
}
