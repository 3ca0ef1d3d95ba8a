/** Tells whether a table of an input is one of Gogs': by its name, and by the columns that every release of the table has. */
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { lastingColumns, type Table } from '../gogs/tables.js';

export interface RecognizedTable {
  /** Undefined for a table of another program. */
  readonly table: Table | undefined;
  /** Columns that it would need to be the table of Gogs that has its name. */
  readonly lacks: readonly string[];
}

/** `columns`: undefined when only the rows tell. Names may differ in case: MySQL on Windows and other tools change it. */
export function recognizeTable(
  history: GogsHistory,
  name: string,
  columns: readonly string[] | undefined,
): RecognizedTable {
  const table = history.tableNamed(name) ?? history.tableNamed(name.toLowerCase());
  if (table === undefined || columns === undefined) return { table, lacks: [] };
  const known = new Set(columns.map((column) => column.toLowerCase()));
  const lacks = lastingColumns(table).filter((column) => !known.has(column));
  return { table: lacks.length === 0 ? table : undefined, lacks };
}
