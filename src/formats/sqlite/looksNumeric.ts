/**
 * Whether SQLite may take a text for a number, which it stores instead in a column of such a type:
 * https://www.sqlite.org/datatype3.html, section 3.2
 */

const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

export const looksNumeric = (text: string): boolean => NUMBER.test(text);
