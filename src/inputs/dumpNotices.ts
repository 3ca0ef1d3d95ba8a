/** What an SQL dump as a whole gives reason to say. */
import type { Notice } from '../core/findings.js';

export const OTHER_DATABASES: Omit<Notice, 'title'> = {
  code: 'other-databases',
  severity: 'info',
  consequence: 'The tables of the others are not in the output.',
  remedy: 'If another one is meant, name it: --database-name NAME.',
  needsHand: false,
  source: 'what the dump itself says: USE, \\connect, search_path',
};

export const SEVERAL_DUMPS: Notice = {
  code: 'several-dumps',
  severity: 'warning',
  title: 'The file holds several dumps of a table; the last one counts',
  consequence:
    'Rows that only an earlier dump has are not in the output, as they would not be in a database that the file is loaded into.',
  remedy: 'If an earlier dump is meant, cut the later ones off the file.',
  needsHand: false,
  source: 'DROP TABLE and CREATE TABLE stand behind rows of the same table',
};

/** What sqlite3's .recover calls the table of rows that it cannot assign. */
export const LOST_AND_FOUND = /^lost_and_found(?:_\d+)?$/;

export const LOST_ROWS: Notice = {
  code: 'lost-and-found',
  severity: 'error',
  title: 'Rows of a damaged database belong to a table that .recover could not name',
  consequence: 'They are not in the output.',
  remedy:
    'Look at them in the dump: their columns stand in the order of the table that they are from. Move them there by hand.',
  needsHand: true,
  source: 'https://www.sqlite.org/recovery.html',
};
