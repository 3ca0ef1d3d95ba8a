/** The beginning of a statement for messages, without any values: they may be secrets. */

import type { Dialect } from './Dialect.js';

const LONGEST = 80;

/** `plain`: without comments. */
export function openingOf(plain: string, dialect: Dialect): string {
  // After the first word, which may be SET. Only in PostgreSQL is text in double quotes always a name.
  const from = /^\w*/.exec(plain)?.[0].length ?? 0;
  const values = dialect === 'postgres' ? /['$]|\b(?:SET|VALUES|WHERE)\b/i : /['"]|\b(?:SET|VALUES|WHERE)\b/i;
  const value = plain.slice(from).search(values);
  const opening = (value < 0 ? plain : plain.slice(0, from + value)).replaceAll(/\s+/g, ' ').trim();
  return opening.length > LONGEST ? `${opening.slice(0, LONGEST - 1)}…` : opening;
}
