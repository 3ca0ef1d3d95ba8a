/** Texts that are not UTF-8, the only encoding that Gogs writes. */

import { danger } from '../../core/danger.js';
import { findInvalidUtf8 } from '../../core/findInvalidUtf8.js';
import { clauses } from '../../core/language.js';
import type { StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

export const NOT_UTF8 = danger({
  code: 'not-utf8',
  severity: 'error',
  words: () => texts().notUtf8,
  needsHand: true,
  source: 'measured on PostgreSQL 15 ("invalid byte sequence"), MariaDB 10.11 (error 1366) and SQLite',
});

export const notUtf8: StartCheck = ({ names, notice }) => ({
  stepFor(table) {
    const place = placeOf(table, names);
    return (row) => {
      for (const cell of findInvalidUtf8(row)) {
        const column = table.columns[row.cells.indexOf(cell)]?.name;
        const name = column ?? row.extras.find((extra) => extra.cell === cell)?.name;
        notice({ ...NOT_UTF8, place: clauses([place(row), name ?? '']) });
      }
      return undefined;
    };
  },
});
