/** Quotes of SQL. */

/** A name in quotes. */
export const quoteWith = (quote: string, name: string): string =>
  `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;

/** A text without backslashes as a string literal, which every engine reads alike. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
