/** Names a row without showing its values. */

import type { Row } from '../core/rows.js';
import { integerOf } from '../core/values.js';
import { columnIndex, type Table } from '../gogs/tables.js';

/** `Issue id 7`; of a table without ids the line. */
export function placeOf(table: Table): (row: Row) => string {
  if (!table.columns.some(({ name }) => name === 'id')) return (row) => `${table.type} line ${row.line}`;
  const id = columnIndex(table, 'id');
  return (row) => `${table.type} id ${integerOf(row.cell(id)) ?? `? (line ${row.line})`}`;
}
