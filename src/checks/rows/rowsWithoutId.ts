/** Rows without an id of their own. */
import { integerOf } from '../../core/values.js';
import { columnIndex } from '../../gogs/tables.js';
import type { Danger, StartCheck } from '../Check.js';

export const ROW_WITHOUT_ID: Danger = {
  code: 'row-without-id',
  severity: 'error',
  title: 'Rows have no id',
  consequence: 'The database gives such a row another id, and nothing that belonged to it finds it any more.',
  remedy: 'Give the row its id in the input, or leave it out.',
  needsHand: true,
  source: 'internal/db/backup.go@v0.13.0: rows are inserted as they are decoded, and 0 stands for the next id',
};

export const rowsWithoutId: StartCheck = ({ notice }) => ({
  stepFor(table) {
    if (!table.columns.some(({ name }) => name === 'id')) return undefined;
    const id = columnIndex(table, 'id');
    return (row) => {
      const value = integerOf(row.cell(id));
      if (value === undefined || value === 0) notice({ ...ROW_WITHOUT_ID, place: `${table.type} line ${row.line}` });
      return undefined;
    };
  },
});
