/** Decides whether a table of an input belongs to Gogs: by its name, and by the columns that every release of the table has. */
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { lastingColumns, type Table } from '../gogs/tables.js';

export interface RecognizedTable {
  /** Undefined for a table of another program. */
  readonly table: Table | undefined;
  /** The columns that it lacks to be the Gogs table of the same name. */
  readonly lacks: readonly string[];
}

export interface NameRules {
  /** Whether a Gogs on it would not find names in another case. Default: no, because MySQL on Windows and other tools change it. */
  readonly keepCase?: boolean;
}

/** `columns`: undefined if only the rows show them. */
export function recognizeTable(
  history: GogsHistory,
  name: string,
  columns: readonly string[] | undefined,
  { keepCase = false }: NameRules = {},
): RecognizedTable {
  const table = history.tableNamed(name) ?? (keepCase ? undefined : history.tableNamed(name.toLowerCase()));
  if (table === undefined || columns === undefined) return { table, lacks: [] };
  const given = new Set(columns);
  const inAnyCase = new Set(columns.map((column) => column.toLowerCase()));
  const lasting = new Set(lastingColumns(table));
  const lacks = table.columns
    .filter(({ name, derived }) => !derived && (inAnyCase.has(name) ? keepCase && !given.has(name) : lasting.has(name)))
    .map(({ name }) => name);
  return { table: lacks.length === 0 ? table : undefined, lacks };
}
