import { CR, LF } from './bytes.js';
import type { Dialect } from './Dialect.js';

/**
 * The line end after the comment that `from` is in; -1 if there is none before `end`. For PostgreSQL a CR alone is one, too:
 * src/backend/parser/scan.l, `non_newline`.
 */
export function lineCommentEnd(bytes: Buffer, from: number, end: number, dialect: Dialect): number {
  const found = bytes.indexOf(LF, from);
  const lineEnd = found >= end ? -1 : found;
  if (dialect !== 'postgres') return lineEnd;
  const cr = bytes.subarray(from, lineEnd < 0 ? end : lineEnd).indexOf(CR);
  return cr < 0 ? lineEnd : from + cr;
}
