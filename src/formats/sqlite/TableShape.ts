/** What a CREATE TABLE statement means for the records of its rows. */

export interface SqliteColumn {
  readonly name: string;
  /** Whole numbers are stored as integers, so 3 means 3.0. */
  readonly isReal: boolean;
  /** Computed from other columns, and stored. */
  readonly isGenerated: boolean;
  /** The value in rows from before the column was added. Throws RecordProblem if it is not a constant. */
  readonly oldValue: () => DefaultValue;
}

export interface TableShape {
  /** The stored columns, in the order of a record. */
  readonly columns: readonly SqliteColumn[];
  /** Index in `columns` of the column that is an alias of the row id and is not stored. */
  readonly rowIdColumn: number | undefined;
}

/** The value of a column's DEFAULT; a text as bytes. */
export type DefaultValue = number | bigint | Uint8Array | null;
