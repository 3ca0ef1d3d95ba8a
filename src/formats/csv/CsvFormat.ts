/**
 * How a CSV file is written, told from its beginning: which separator, and whether a backslash escapes. Quotes mean the same
 * everywhere.
 */

export interface CsvFormat {
  readonly separator: ',' | ';' | '\t';
  /**
   * A backslash escapes, NULL is `\N`, and an empty field is the empty text: as MySQL's `SELECT … INTO OUTFILE` and
   * PostgreSQL's COPY in text format write. Without it, quotes are doubled and an empty field without quotes is NULL.
   */
  readonly backslash: boolean;
}

const SEPARATORS = [',', ';', '\t'] as const;
/** What those two programs write behind a backslash. */
const WRITTEN_ESCAPES = /^[0bfnrtvZN\\"'\t\n,;]$/;

/** Tells the format from the first 64 KiB or so. A file with one column has a comma by convention. */
export function detectCsvFormat(head: Buffer, hasHeader: boolean): CsvFormat {
  const text = head.toString('latin1');
  const separator = detectSeparator(text);
  return { separator, backslash: escapesWithBackslash(text, separator, hasHeader) };
}

/** The separator that stands most often outside quotes on the first line. */
function detectSeparator(text: string): CsvFormat['separator'] {
  const firstLine = /^(?:"(?:[^"]|"")*"|[^"\n])*/.exec(text)?.[0] ?? '';
  const plain = firstLine.replaceAll(/"(?:[^"]|"")*"/g, '');
  const count = (separator: string): number => plain.split(separator).length;
  return SEPARATORS.toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

function escapesWithBackslash(text: string, separator: string, hasHeader: boolean): boolean {
  const usesQuotes = new RegExp(`(^|[${separator}\\n])"`).test(text);
  const followers = [...text.matchAll(/\\([\s\S])/g)].map(([, follower]) => follower ?? '');
  // mysqldump --tab has neither a header nor quotes.
  if (followers.length === 0) return !hasHeader && !usesQuotes && separator === '\t';
  if (!followers.every((follower) => WRITTEN_ESCAPES.test(follower))) return false;
  if (!usesQuotes) return separator === '\t' || !hasHeader;
  // With quotes both are possible: only what doubled quotes exclude, and an escape that nobody writes by chance, tell.
  const outside = text.replaceAll(/"(?:[^"\\]|\\[\s\S])*"/g, '');
  return !/""./.test(text) && outside.includes('\\N') && /\\["\\]/.test(text);
}
