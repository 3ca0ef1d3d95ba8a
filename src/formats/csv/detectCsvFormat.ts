/**
 * Detects the syntax of a CSV file from its beginning: the separator, and whether a backslash escapes. Quotes mean the same in
 * all variants.
 */

import { Cell } from '../../core/rows.js';
import { NEED_MORE, RowProblem } from '../RowProblem.js';
import type { CsvFormat } from './CsvFormat.js';
import { CsvParser } from './CsvParser.js';

const SEPARATORS = [',', ';', '\t'] as const;
/** The characters that MySQL and PostgreSQL write after a backslash. */
const WRITTEN_ESCAPES = /^[0bfnrtvZN\\"'\t\n,;]$/;

/** Two quotes that do not form an empty field. */
const DOUBLED_QUOTE = /[^,;\t\r\n"\\]""[^,;\t\r\n]|"""/;

/**
 * Whether it is unclear if `
 * ` is a line break or two characters: tabs, a header and backslashes, but no quotes. Programs that escape write `\N` for NULL
 * and double each backslash; spreadsheets do neither.
 */
export function isUnclear(head: Buffer, format: CsvFormat, hasHeader: boolean): boolean {
  if (!format.backslash || format.separator !== '\t' || !hasHeader) return false;
  const text = head.toString('latin1');
  return (
    text.includes('\\') &&
    !text.includes('\\\\') &&
    !/(?:^|[\t\n])\\N(?:[\t\r\n]|$)/.test(text) &&
    !/(?:^|\t)"/m.test(text)
  );
}

/** Detects the format from the first 64 KiB or so. A file with a single column counts as comma-separated. */
export function detectCsvFormat(head: Buffer, hasHeader: boolean): CsvFormat {
  const text = head.toString('latin1');
  const separator = detectSeparator(text);
  return { separator, backslash: escapesWithBackslash(text, separator, hasHeader) };
}

/** The most frequent separator outside quotes on the first line. */
function detectSeparator(text: string): CsvFormat['separator'] {
  const firstLine = /^(?:"(?:[^"]|"")*"|[^"\n])*/.exec(text)?.[0] ?? '';
  const plain = firstLine.replaceAll(/"(?:[^"]|"")*"/g, '');
  const count = (separator: string): number => plain.split(separator).length;
  return SEPARATORS.toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

function escapesWithBackslash(text: string, separator: CsvFormat['separator'], hasHeader: boolean): boolean {
  const usesQuotes = new RegExp(`(^|[${separator}\\n])"`).test(text);
  const followers = [...text.matchAll(/\\([\s\S])/g)].map(([, follower]) => follower ?? '');
  // mysqldump --tab writes neither a header nor quotes.
  if (followers.length === 0) return !hasHeader && !usesQuotes && separator === '\t';
  if (!followers.every((follower) => WRITTEN_ESCAPES.test(follower))) return false;
  if (!usesQuotes) return separator === '\t' || !hasHeader;
  // With quotes both are possible. A file with a header does not use backslash escapes unless its content proves it.
  if (!parsesWithDoubledQuotes(text, separator)) return true;
  const outside = text.replaceAll(/"(?:[^"]|"")*"/g, '');
  return !hasHeader && !DOUBLED_QUOTE.test(text) && outside.includes('\\N') && text.includes('\\\\');
}

/** Whether the beginning is valid CSV if only doubled quotes are escapes: `"say \"hi\""` is not. */
function parsesWithDoubledQuotes(text: string, separator: CsvFormat['separator']): boolean {
  const parser = new CsvParser({ separator, backslash: false });
  parser.bytes = Buffer.from(text, 'latin1');
  parser.end = parser.bytes.length;
  const cell = new Cell();
  try {
    while (parser.skipEmptyLines()) parser.readRecord(() => cell);
    return true;
  } catch (error) {
    // The end of the examined bytes, perhaps within a long field.
    if (error === NEED_MORE) return true;
    if (error instanceof RowProblem) return false;
    throw error;
  }
}
