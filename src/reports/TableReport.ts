/** The result of upgrading one table. */
export interface TableReport {
  /** SQL name. */
  readonly table: string;
  /** Go type, which is the name of its file in a backup. */
  readonly type: string;
  readonly rowsIn: number;
  /** Rows that the input lacks and the new server needs: that of table `version`. */
  readonly rowsAdded: number;
  readonly rowsOut: number;
  /** Number of rows that were left out, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** The changes in words: `Passwd is now Password`. */
  readonly changes: readonly string[];
}
