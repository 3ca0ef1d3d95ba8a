/** Reports nothing, but collects the names of users, repositories and issues for other checks. */
import type { Cell, Row } from '../../core/rows.js';
import { integerOf, textOf } from '../../core/values.js';
import { columnIndex, type Table } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import type { Names } from '../Names.js';

const nameIn = (cell: Cell): string => textOf(cell)?.toString('utf8') ?? '';

export const rememberNames: StartCheck = ({ names }) => ({
  stepFor(table) {
    const remember = nameRememberer(table, names);
    if (remember === undefined) return undefined;
    return (row) => {
      remember(row);
      return undefined;
    };
  },
});

/** Remembers the rows of a table of named things; undefined for any other table. */
export function nameRememberer(table: Table, names: Names): ((row: Row) => void) | undefined {
  if (table.name !== 'user' && table.name !== 'repository') return undefined;
  const [id, name] = [columnIndex(table, 'id'), columnIndex(table, 'name')];
  const owner = table.name === 'user' ? undefined : columnIndex(table, 'owner_id');
  return (row) => {
    const rowId = integerOf(row.cell(id));
    if (rowId === undefined) return;
    if (owner === undefined) names.rememberUser(rowId, nameIn(row.cell(name)));
    else names.rememberRepository(rowId, integerOf(row.cell(owner)) ?? 0, nameIn(row.cell(name)));
  };
}
