/** Identifies a row without showing its content. */

import type { Names } from '../../checks/Names.js';
import type { Row } from '../../core/rows.js';
import { textOf } from '../../core/values.js';
import { columnIndex, type Table } from '../../gogs/tables.js';

/** The columns of `lfs_object`'s primary key, and `id` for every other table: internal/db/lfs.go@v0.13.0 */
const keyColumns = (table: Table): readonly string[] => (table.name === 'lfs_object' ? ['repo_id', 'oid'] : ['id']);

/** `id 7`; `repo_id 1, oid ef79…` */
export function rowLabeller(table: Table): (row: Row) => string {
  const keys = keyColumns(table).map((name) => ({ name, index: columnIndex(table, name) }));
  return (row) =>
    keys
      .map(({ name, index }) => `${name} ${textOf(row.cell(index))?.toString('utf8').slice(0, 64) ?? '?'}`)
      .join(', ');
}

/** A row's name for people: `user alice (7)`, otherwise `Comment id 7`. `kind`: the name of its table. */
export function describeLabel(table: Table, label: string, names: Names, kind = table.type): string {
  const id = /^id (\d+)$/.exec(label)?.[1];
  return (id && names.describeRow(table.name, Number(id))) || `${kind} ${label}`;
}
