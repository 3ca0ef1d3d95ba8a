/** Reports nothing: it lets the other checks call users, repositories and issues by the names that people know. */
import type { Cell } from '../../core/rows.js';
import { integerOf, textOf } from '../../core/values.js';
import { columnIndex } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';

const nameIn = (cell: Cell): string => textOf(cell)?.toString('utf8') ?? '';

export const rememberNames: StartCheck = ({ names }) => ({
  stepFor(table) {
    if (table.name !== 'user' && table.name !== 'repository') return undefined;
    const [id, name] = [columnIndex(table, 'id'), columnIndex(table, 'name')];
    const owner = table.name === 'user' ? undefined : columnIndex(table, 'owner_id');
    return (row) => {
      const rowId = integerOf(row.cell(id));
      if (rowId === undefined) return undefined;
      if (owner === undefined) names.rememberUser(rowId, nameIn(row.cell(name)));
      else names.rememberRepository(rowId, integerOf(row.cell(owner)) ?? 0, nameIn(row.cell(name)));
      return undefined;
    };
  },
});
