/** How a CSV file is written. Quotes mean the same everywhere. */
export interface CsvFormat {
  readonly separator: ',' | ';' | '\t';
  /**
   * A backslash escapes, NULL is `\N`, and an empty field is the empty text: as MySQL's `SELECT … INTO OUTFILE` and
   * PostgreSQL's COPY in text format write. Without it, quotes are doubled and an empty field without quotes is NULL.
   */
  readonly backslash: boolean;
}
