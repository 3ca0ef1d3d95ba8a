/** What CREATE TABLE says about a table. */

/** How the texts of a table are compared in keys: byte by byte, without case, or by the rules of a language. */
export type TextComparison = 'bytes' | 'folded' | 'language';

export interface DefinedColumn {
  readonly name: string;
  /** As written, without constraints: `bigint(20)`, `character varying(255)`; empty if there is none. */
  readonly type: string;
  /** It accepts NULL. */
  readonly nullable: boolean;
  /** The value of a row that omits the column, in SQL; undefined for NULL. */
  readonly default: string | undefined;
  /** Its default is known only to a database, or it is computed from other columns. */
  readonly hasUnknownDefault: boolean;
  /** A row that omits it, or gives NULL in MySQL and SQLite, gets the table's next id. */
  readonly isAutomatic: boolean;
  /** Computed from other columns: MySQL then ignores what a row gives, unless it is strict. */
  readonly isGenerated: boolean;
  /** MySQL: the character set of the column or table; undefined if neither has one. */
  readonly charset: string | undefined;
  /** SQLite: it is an alias of `rowid`. */
  readonly isRowid: boolean;
}

export interface TableDefinition {
  /** In the order of the statement; empty if it lists none. */
  readonly columns: readonly DefinedColumn[];
  /**
   * The columns of the primary key and of each unique key; empty for a key that does not consist of whole columns, and for
   * anything else for which an INSERT that handles existing keys skips rows: checks, references, partitions.
   */
  readonly keys: readonly (readonly string[])[];
  /** The next automatic id, from MySQL's option AUTO_INCREMENT. */
  readonly nextId: bigint | undefined;
  /** MySQL: some of its engines count the ids of this table for each value of another column. */
  readonly countsInGroups: boolean;
  /** Its columns or rows come from elsewhere: `LIKE`, `AS SELECT`, `INHERITS`. */
  readonly isComputed: boolean;
  /** How some of its texts are compared. */
  readonly comparison: TextComparison;
  /** SQLite: its constraints replace or skip rows whose key already exists. */
  readonly resolvesConflicts: boolean;
}
