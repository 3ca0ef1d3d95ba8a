/**
 * The tables of Gogs. SQL names never changed; JSON keys did, because they are the names of Go fields. So (table, SQL column)
 * identifies a value. A table lists the columns of all releases, so that a row has one shape throughout the pipeline.
 */
import type { ColumnShape } from '../core/rows.js';
import { compareVersions } from './versions.js';

/** A column, or a value that Gogs derives from columns and also writes into its backups. */
export interface Column extends ColumnShape {
  /** Its keys, oldest first. */
  readonly keys: readonly { readonly since: string; readonly key: string }[];
  /** The first release with the column; undefined for columns of the oldest release. */
  readonly since?: string | undefined;
  /** The first release without the column. */
  readonly until?: string | undefined;
  /** True for a value that is not in an SQL column: only the backup formats contain it. */
  readonly derived: boolean;
}

export interface Table {
  /** Go type, which is the name of its file in a backup: `AccessToken`. */
  readonly type: string;
  /** SQL name: `access_token`. */
  readonly name: string;
  /** In the order in which the newest release writes them. */
  readonly columns: readonly Column[];
  /** Redundant keys that old releases wrote beside the columns: `Created`, `Repo`. */
  readonly droppedKeys: ReadonlySet<string>;
  /** The first release with the table; undefined for tables of the oldest release. */
  readonly since?: string | undefined;
  /** The first release without the table. */
  readonly until?: string | undefined;
}

/** The index of a column in its table. Asking for a missing column is a bug in this program. */
export function columnIndex(table: Table, name: string): number {
  const index = table.columns.findIndex((column) => column.name === name);
  if (index < 0) throw new RangeError(`${table.name} has no column ${name}`);
  return index;
}

/** The indexes of several columns, in the order of the names. */
export function columnIndexes<const Names extends readonly string[]>(
  table: Table,
  ...names: Names
): { readonly [Index in keyof Names]: number } {
  return names.map((name) => columnIndex(table, name)) as { [Index in keyof Names]: number };
}

/** SQL names of the columns that a table has in every release. */
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

/** Keeps the last result for each table: the backups of a batch mostly come from one release, and go to one. */
export function keptByTable<R extends string | undefined, T>(
  find: (table: Table, release: R) => T,
): (table: Table, release: R) => T {
  const kept = new WeakMap<Table, { readonly release: R; readonly result: T }>();
  return (table, release) => {
    const last = kept.get(table);
    if (last?.release === release) return last.result;
    const result = find(table, release);
    kept.set(table, { release, result });
    return result;
  };
}

/** The key under which a release writes the column; undefined if it has no such column. */
export function keyInRelease(column: Column, release: string): string | undefined {
  if (!existsIn(column, release)) return undefined;
  return column.keys.findLast(({ since }) => compareVersions(since, release) <= 0)?.key;
}
