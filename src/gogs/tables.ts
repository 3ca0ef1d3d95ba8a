/**
 * The tables of Gogs. SQL names never changed; JSON keys did, because they are Go field names. So (table, SQL column) is
 * the identity of a value. A table lists every column of every release, so that a row has one shape on its whole way.
 */
import type { ColumnShape } from '../core/rows.js';
import { compareVersions } from './versions.js';

/** A column, or a value that Gogs derives from columns and yet writes into its backups. */
export interface Column extends ColumnShape {
  /** Keys from old to new. */
  readonly keys: readonly { readonly since: string; readonly key: string }[];
  /** The first release that has the column; undefined for the ones that were always there. */
  readonly since?: string | undefined;
  /** The first release without the column. */
  readonly until?: string | undefined;
  /** True for a value no SQL column holds: the backup formats carry it, SQL and CSV do not. */
  readonly derived: boolean;
}

export interface Table {
  /** Go type, and name of the file in a backup: `AccessToken`. */
  readonly type: string;
  /** SQL name: `access_token`. */
  readonly name: string;
  /** In the order in which the newest release writes them. */
  readonly columns: readonly Column[];
  /** Keys that old releases wrote beside the columns and that say nothing new: `Created`, `Repo`. */
  readonly droppedKeys: ReadonlySet<string>;
  /** The first release that has the table; undefined for the ones that were always there. */
  readonly since?: string | undefined;
  /** The first release without the table. */
  readonly until?: string | undefined;
}

/** Position of a column in its table; asking for one that is not there is a bug of ours. */
export function columnIndex(table: Table, name: string): number {
  const index = table.columns.findIndex((column) => column.name === name);
  if (index < 0) throw new RangeError(`${table.name} has no column ${name}`);
  return index;
}

/** Positions of several columns, in the order of their names. */
export function columnIndexes<const Names extends readonly string[]>(
  table: Table,
  ...names: Names
): { readonly [Index in keyof Names]: number } {
  return names.map((name) => columnIndex(table, name)) as { [Index in keyof Names]: number };
}

/** SQL names of the columns that a table has had in every release. */
export const lastingColumns = ({ columns }: Table): string[] =>
  columns.flatMap(({ name, derived, since, until }) =>
    derived || since !== undefined || until !== undefined ? [] : [name],
  );

/** Whether a table or column exists in a release. */
export function existsIn({ since, until }: Pick<Column, 'since' | 'until'>, release: string): boolean {
  return (
    (since === undefined || compareVersions(release, since) >= 0) &&
    (until === undefined || compareVersions(release, until) < 0)
  );
}

/** The key under which a release writes the column, or undefined when it has no such column. */
export function keyInRelease(column: Column, release: string): string | undefined {
  if (!existsIn(column, release)) return undefined;
  return column.keys.findLast(({ since }) => compareVersions(since, release) <= 0)?.key;
}
