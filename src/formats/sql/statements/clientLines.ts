/** Lines of a dump that are for the client program, or that MySQL executes although they look like comments. No I/O. */

import { BACKSLASH, DOT } from '../syntax/bytes.js';
import type { Dialect } from '../syntax/Dialect.js';

/** Bytes from `i` on that these functions, and `SqlTokenizer`, may need to decide. */
export const LOOKAHEAD = 256;
/** MariaDB's first line switches its client to a mode; it is not part of the following statement. */
const SANDBOX = /^\/\*M?!\d+\\-/;

/** Whether the line at `i` is a command: psql's `\connect`, sqlite3's `.bail`, MySQL's `USE` without a semicolon. */
export function isClientLine(bytes: Buffer, i: number, end: number, dialect: Dialect): boolean {
  const byte = bytes[i] as number;
  if (byte === BACKSLASH) return dialect === 'postgres';
  if (byte === DOT) return dialect === 'sqlite3';
  if (dialect !== 'mysql' || (byte | 0x20) !== 0x75) return false;
  return /^USE[ \t]+[^\s;]+[ \t]*\r?\n/i.test(bytes.toString('latin1', i, Math.min(i + LOOKAHEAD, end)));
}

/** The new delimiter, if the line at `i` sets one. */
export function delimiterAt(bytes: Buffer, i: number, end: number, dialect: Dialect): Buffer | undefined {
  const byte = bytes[i];
  if (dialect !== 'mysql' || (byte !== 0x44 && byte !== 0x64)) return undefined;
  const line = bytes.toString('latin1', i, Math.min(i + 40, end));
  const delimiter = /^DELIMITER[ \t]+([^\s]+)[ \t]*\r?(\n|$)/i.exec(line)?.[1];
  return delimiter === undefined ? undefined : Buffer.from(delimiter, 'latin1');
}

/**
 * Whether only some servers execute the statement, which is a comment for certain versions: MariaDB ignores 5.7 to 9.9, and MySQL
 * ignores versions of MariaDB. https://mariadb.com/kb/en/comment-syntax/
 */
export function dependsOnServer(statement: string): boolean {
  const [, maria, version] = /^\/\*(M?)!(\d{0,6})/.exec(statement) ?? [];
  return maria === 'M' || Number(version ?? 0) >= 50_700;
}

/** Whether MySQL executes the comment at `i`, because it begins with `!`. */
export function isConditional(bytes: Buffer, i: number, end: number, dialect: Dialect): boolean {
  if (dialect !== 'mysql') return false;
  const text = bytes.toString('latin1', i, Math.min(i + 16, end));
  return /^\/\*M?!/.test(text) && !SANDBOX.test(text);
}
