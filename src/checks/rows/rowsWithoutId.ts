/** Rows without an id of their own. */
import { danger } from '../../core/danger.js';
import { integerOf } from '../../core/values.js';
import { columnIndex } from '../../gogs/tables.js';
import type { StartCheck } from '../Check.js';
import { lineOf } from '../placeOf.js';
import { texts } from './texts.js';

export const ROW_WITHOUT_ID = danger({
  code: 'row-without-id',
  severity: 'error',
  words: () => texts().rowWithoutId,
  needsHand: true,
  source: 'internal/db/backup.go@v0.13.0: rows are inserted as they are decoded, and 0 stands for the next id',
});

export const rowsWithoutId: StartCheck = ({ notice }) => ({
  stepFor(table) {
    if (!table.columns.some(({ name }) => name === 'id')) return undefined;
    const id = columnIndex(table, 'id');
    return (row) => {
      const value = integerOf(row.cell(id));
      if (value === undefined || value === 0) notice({ ...ROW_WITHOUT_ID, place: lineOf(table, row) });
      return undefined;
    };
  },
});
