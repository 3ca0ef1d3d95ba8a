/** Finds columns by their SQL names. */
import type { Table } from '../gogs/tables.js';

/** Index of a column in its table, whatever the case of its name; undefined for a name that is not a column's. */
export function columnFinder(table: Table): (name: string) => number | undefined {
  const indexes = new Map(
    table.columns.flatMap(({ name, derived }, index) => (derived ? [] : [[name.toLowerCase(), index] as const])),
  );
  return (name) => indexes.get(name.toLowerCase());
}
