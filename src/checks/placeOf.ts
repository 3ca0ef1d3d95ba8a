/** Names a row without showing what it holds. */
import { columnIndex, type Table } from '../gogs/tables.js';
import type { Row } from '../rows.js';
import { integerOf } from '../values.js';

/** `Issue id 7`; of a table without ids the line. */
export function placeOf(table: Table): (row: Row) => string {
  if (!table.columns.some(({ name }) => name === 'id')) return (row) => `${table.type} line ${row.line}`;
  const id = columnIndex(table, 'id');
  return (row) => `${table.type} id ${integerOf(row.cell(id)) ?? `? (line ${row.line})`}`;
}
