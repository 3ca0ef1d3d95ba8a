/** Decides whether a table of an input belongs to Gogs: by its name, and by the columns that every release of the table has. */
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { lastingColumns, type Table } from '../gogs/tables.js';

export interface RecognizedTable {
  /** Undefined for a table of another program. */
  readonly table: Table | undefined;
  /** The columns that it lacks to be the Gogs table of the same name. */
  readonly lacks: readonly string[];
}

/**
 * `columns`: undefined if only the rows show them. Ignores case in names, because MySQL on Windows and other tools change it.
 */
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
