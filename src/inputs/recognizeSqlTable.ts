/** Tells whether a table of a dump is one of Gogs'. */
import type { SqlTable } from '../formats/sql/SqlDump.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { type RecognizedTable, recognizeTable } from './recognizeTable.js';

/** Undefined when only the rows tell. */
export const columnsOf = ({ columns, insertColumns }: SqlTable): readonly string[] | undefined =>
  columns?.map(({ name }) => name) ?? insertColumns[0];

export const recognizeSqlTable = (history: GogsHistory, table: SqlTable): RecognizedTable =>
  recognizeTable(history, table.name, columnsOf(table));
