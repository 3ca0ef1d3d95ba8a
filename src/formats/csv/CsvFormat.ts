/** The syntax of a CSV file. Quotes mean the same in all variants. */
export interface CsvFormat {
  readonly separator: ',' | ';' | '\t';
  /**
   * A backslash escapes, NULL is `\N`, and an empty field is the empty text, as written by MySQL's `SELECT … INTO OUTFILE` and
   * PostgreSQL's COPY in text format. Otherwise quotes are doubled, and an empty field without quotes is NULL.
   */
  readonly backslash: boolean;
}
