/**
 * How a CSV file writes its fields:
 * - `doubled`: quotes, doubled within quotes. Spreadsheets, PostgreSQL, most programs.
 * - `apostrophe`: quotes, and an apostrophe before each quote and apostrophe within them, as pgAdmin sets COPY.
 * - `enclosed`: quotes, and a backslash escapes: MySQL's `SELECT … INTO OUTFILE … ENCLOSED BY '"'`.
 * - `text`: a backslash escapes, and quotes mean nothing: MySQL's INTO OUTFILE, mysqldump --tab, `mysql --batch`, and
 *   PostgreSQL's COPY in text format.
 * - `raw`: neither means anything: `mysql --batch --raw`, `psql --no-align`, and sqlite3 with tabs.
 */
export type CsvStyle = 'doubled' | 'apostrophe' | 'enclosed' | 'text' | 'raw';

/** The syntax of a CSV file. In all variants `\N` without quotes is NULL. */
export interface CsvFormat {
  readonly separator: ',' | ';' | '\t';
  readonly style: CsvStyle;
  /** The word NULL without quotes is NULL. Otherwise an empty field without quotes is, unless a backslash escapes. */
  readonly nullWord: boolean;
}

export const escapesWithBackslash = (style: CsvStyle): boolean => style === 'enclosed' || style === 'text';
