/** What a release of Gogs did to data, as declarations. Renames are not here: see tables.ts. */

/** A release's changes. */
export interface Release {
  /** The first release that has them. */
  readonly version: string;
  /** Row of table `version` once they are done. */
  readonly schema: number;
  readonly changes: readonly Change[];
}

export type Change = Compute | Delete;

/** Fills a column that is empty from another one. */
export interface Compute {
  readonly what: 'compute';
  readonly table: string;
  readonly column: string;
  readonly from: string;
  readonly by: (value: Buffer) => string;
}

/** Leaves out the rows that a condition holds for. */
export interface Delete {
  readonly what: 'delete';
  readonly table: string;
  readonly where: Condition;
  /** Completes "left out": `because its repository is gone`. */
  readonly reason: string;
}

export type Condition =
  | { readonly test: 'equals'; readonly column: string; readonly value: number }
  /** The column's value is the id of no row of `target`, and `exceptIfSet` is 0 or absent. */
  | { readonly test: 'dangles'; readonly column: string; readonly target: string; readonly exceptIfSet?: string };

export function compute(table: string, column: string, how: { from: string; by: (value: Buffer) => string }): Compute {
  return { what: 'compute', table, column, ...how };
}

export function deleteRows(table: string, where: Condition, reason: string): Delete {
  return { what: 'delete', table, where, reason };
}
