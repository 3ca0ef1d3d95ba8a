/** What became of one table. */
export interface TableReport {
  /** SQL name. */
  readonly table: string;
  /** Go type, the name of its file in a backup. */
  readonly type: string;
  readonly rowsIn: number;
  /** Rows that the input does not have and the new server needs: the one of table `version`. */
  readonly rowsAdded: number;
  readonly rowsOut: number;
  /** Rows that were left out, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** What was changed, in words: `Passwd is now Password`. */
  readonly changes: readonly string[];
}
