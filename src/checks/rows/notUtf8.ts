/** Texts in another character set than UTF-8, the only one that Gogs writes. */
import { findInvalidUtf8 } from '../../core/findInvalidUtf8.js';
import type { Danger, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';

export const NOT_UTF8: Danger = {
  code: 'not-utf8',
  severity: 'error',
  title: 'Texts hold bytes that are not UTF-8',
  consequence:
    'PostgreSQL and MySQL refuse them, and the restore stops there; SQLite takes them, and every umlaut or Chinese character of the text is wrong.',
  remedy: 'Make the dump in UTF-8, or say with --encoding what SQL or CSV is in. They are carried over as they are.',
  needsHand: true,
  source: 'measured on PostgreSQL 15 ("invalid byte sequence"), MariaDB 10.11 (error 1366) and SQLite',
};

export const notUtf8: StartCheck = ({ names, notice }) => ({
  stepFor(table) {
    const place = placeOf(table, names);
    return (row) => {
      for (const cell of findInvalidUtf8(row)) {
        const column = table.columns[row.cells.indexOf(cell)]?.name;
        const name = column ?? row.extras.find((extra) => extra.cell === cell)?.name;
        notice({ ...NOT_UTF8, place: `${place(row)}, ${name}` });
      }
      return undefined;
    };
  },
});
