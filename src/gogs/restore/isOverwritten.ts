/** True for a value that `gogs restore` overwrites. */
import type { Row } from '../../core/rows.js';
import { integerOf } from '../../core/values.js';
import type { Target } from '../releases/foldReleases.js';
import { columnIndex, type Table } from '../tables.js';

export function isOverwritten({ restore }: Target, table: Table, row: Row): boolean {
  return restore.overwrites.some(
    ({ table: name, where }) =>
      name === table.name && (where === undefined || (integerOf(row.cell(columnIndex(table, where))) ?? 0) <= 0),
  );
}
