/** Findings about an SQL dump as a whole. */
import { danger } from '../core/danger.js';
import type { Notice } from '../core/findings.js';
import { texts } from './texts.js';

/** `name`: the database that is used. */
export function otherDatabases(name: string): Notice {
  const { title, consequence, remedy } = texts().otherDatabases;
  return {
    code: 'other-databases',
    severity: 'info',
    title: title({ name }),
    consequence,
    remedy,
    needsHand: false,
    source: 'what the dump itself says: USE, connect, search_path',
  };
}

export const SEVERAL_DUMPS = danger({
  code: 'several-dumps',
  severity: 'warning',
  words: () => texts().severalDumps,
  needsHand: false,
  source: 'DROP TABLE and CREATE TABLE stand behind rows of the same table',
});

/** The name that sqlite3's .recover gives to tables of rows that it cannot assign. */
export const LOST_AND_FOUND = /^lost_and_found(?:_\d+)?$/;

export const LOST_ROWS = danger({
  code: 'lost-and-found',
  severity: 'error',
  words: () => texts().lostRows,
  needsHand: true,
  source: 'https://www.sqlite.org/recovery.html',
});
