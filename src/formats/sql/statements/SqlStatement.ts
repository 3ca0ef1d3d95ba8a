/** Where a statement is in a dump. */

/** A piece of the file. */
export interface SqlPlace {
  /** Bytes `[start, end)`. */
  readonly start: number;
  readonly end: number;
  /** 1-based line of `start`. */
  readonly line: number;
}

/** A statement other than rows and table definitions. */
export interface SqlStatement extends SqlPlace {
  /** The first 80 characters or so, up to the first string: contains no values. */
  readonly opening: string;
}
