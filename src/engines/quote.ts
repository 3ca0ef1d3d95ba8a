/** Quoting for SQL. */

/** A quoted name. */
export const quoteWith = (quote: string, name: string): string =>
  `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;

/** A text without backslashes as a string literal that every engine reads the same. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
