/** Names as SQL writes them: plain, in double quotes, in backticks (MySQL), in brackets (SQLite). */

import type { Dialect } from './Dialect.js';

/** The pattern of one name, quoted or not. */
export const NAME = '(?:`(?:[^`]|``)*`|"(?:[^"]|"")*"|\\[[^\\]]*\\]|[^\\s.,;()`"\\[\\]]+)';
/** The pattern of a name with the schemas it is in: `"public"."access"`. */
export const QUALIFIED_NAME = `${NAME}(?:\\s*\\.\\s*${NAME})*`;

const EACH_NAME = new RegExp(NAME, 'g');

export interface QualifiedName {
  /** The schema or database, when it is said. */
  readonly schema?: string;
  readonly name: string;
}

/** The parts of `` `gogs`.`access` `` without their quotes; `database.schema.name` loses the database. */
export function parseName(text: string): QualifiedName {
  const parts = parseNames(text);
  const name = parts.at(-1) ?? '';
  const schema = parts.at(-2);
  return schema === undefined ? { name } : { schema, name };
}

/** All names in a list, without quotes. */
export function parseNames(text: string): string[] {
  return (text.match(EACH_NAME) ?? []).map(unquoteName);
}

export function unquoteName(text: string): string {
  const quote = text[0];
  if (quote === '`' || quote === '"') return text.slice(1, -1).replaceAll(quote + quote, quote);
  return quote === '[' ? text.slice(1, -1) : text;
}

/** A name in the quotes of an engine: backticks in MySQL, double quotes elsewhere. */
export function quoteName(name: string, dialect: Dialect): string {
  const quote = dialect === 'mysql' ? '`' : '"';
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
}

/** A text without backslashes as a string literal, which every engine reads alike. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
