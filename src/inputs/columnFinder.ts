/** Finds columns by their SQL names. */
import type { Table } from '../gogs/tables.js';

/** The index of a column in its table, ignoring case; undefined for an unknown name. */
export function columnFinder(table: Table): (name: string) => number | undefined {
  const indexes = new Map(
    table.columns.flatMap(({ name, derived }, index) => (derived ? [] : [[name.toLowerCase(), index] as const])),
  );
  return (name) => indexes.get(name.toLowerCase());
}
