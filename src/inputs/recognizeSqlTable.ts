/** Decides whether a table of a dump belongs to Gogs. */
import type { SqlTable } from '../formats/sql/dump/SqlDump.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { type RecognizedTable, recognizeTable } from './recognizeTable.js';

/** Undefined if only the rows show the columns. */
export const columnsOf = ({ columns, insertColumns }: SqlTable): readonly string[] | undefined =>
  columns?.map(({ name }) => name) ?? insertColumns[0];

export const recognizeSqlTable = (history: GogsHistory, table: SqlTable): RecognizedTable =>
  recognizeTable(history, table.name, columnsOf(table));
