/** How literals are read. The same object is used until a rule changes. */
export interface LiteralRules {
  /** A backslash is an escape in `'…'`. */
  readonly backslashEscapes: boolean;
  /** MySQL: `"…"` is a name, not a text. */
  readonly ansiQuotes: boolean;
  /** MariaDB: functions treat the empty text and NULL as Oracle's do. */
  readonly oracleFunctions: boolean;
  /** MySQL: an automatic id of 0 becomes the next one. */
  readonly zeroIsAutomatic: boolean;
  /** The character set of the text, according to the dump; undefined if it does not say. */
  readonly encoding: string | undefined;
  /** The time zone of times without one; undefined if the dump does not say. */
  readonly timeZone: string | undefined;
  /** A relevant setting with an unknown value. */
  readonly unclear: string | undefined;
}
