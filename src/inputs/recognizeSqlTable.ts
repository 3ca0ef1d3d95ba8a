/** Decides whether a table of a dump belongs to Gogs. */
import { engineNamed } from '../engines/engineNamed.js';
import type { SqlDump, SqlTable } from '../formats/sql/dump/SqlDump.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { type RecognizedTable, recognizeTable } from './recognizeTable.js';

/** Undefined if only the rows show the columns. */
export const columnsOf = ({ columns, insertColumns }: SqlTable): readonly string[] | undefined =>
  columns?.map(({ name }) => name) ?? insertColumns[0];

export const recognizeSqlTable = (history: GogsHistory, { kind }: SqlDump, table: SqlTable): RecognizedTable =>
  recognizeTable(history, table.name, columnsOf(table), { keepCase: engineNamed(kind.dialect).sql.namesKeepCase });
