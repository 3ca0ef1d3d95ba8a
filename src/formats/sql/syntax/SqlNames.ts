/** SQL names: plain, in double quotes, in backticks (MySQL), in brackets or single quotes (SQLite). */

import type { Dialect } from './Dialect.js';

export interface QualifiedName {
  /** The prefix of the name: a database in MySQL, a schema elsewhere. */
  readonly qualifier?: string | undefined;
  readonly name: string;
}

const QUOTED = '`(?:[^`]|``)*`|"(?:[^"]|"")*"|\\[[^\\]]*\\]';
/**
 * What else follows an unquoted name begins a comment, or belongs to a value of psql's `:name` or to the escapes of `U&"…"`: then
 * it is not read as a name at all, instead of as its part before that.
 */
const PLAIN = '[\\w$\\x80-\\uffff]+(?![^\\s.,;()])';

/** Reads the names of one dialect. */
export class SqlNames {
  /** The pattern of one name, quoted or not. */
  readonly name: string;
  /** The pattern of a name with its prefix: `"public"."access"`. */
  readonly qualified: string;
  /** The pattern of a parenthesized list of columns, with one group for its content. */
  readonly columns: string;
  /** The pattern of as little text as possible that ends outside of names and strings. */
  readonly gap: string;

  readonly #dialect: Dialect;
  readonly #each: RegExp;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    // SQLite accepts a string where only a name is allowed, and `.recover` writes names this way.
    this.name = dialect === 'sqlite3' ? `(?:${QUOTED}|'(?:[^']|'')*'|${PLAIN})` : `(?:${QUOTED}|${PLAIN})`;
    this.qualified = `${this.name}(?:\\s*\\.\\s*${this.name})*(?!\\s*\\.)`;
    this.columns = `\\(\\s*(${this.name}(?:\\s*,\\s*${this.name})*)?\\s*\\)`;
    // A doubled quote is the end of one piece and the beginning of another.
    const [brackets, bracket] = dialect === 'sqlite3' ? ['|\\[[^\\]]*\\]', '\\['] : ['', ''];
    this.gap = `(?:'[^']*'|"[^"]*"|\`[^\`]*\`${brackets}|[^"'\`${bracket}])*?`;
    this.#each = new RegExp(this.name, 'g');
  }

  /** The last two parts of `` `gogs`.`access` `` without their quotes. */
  parse(text: string): QualifiedName {
    const parts = this.parseAll(text);
    return { qualifier: parts.at(-2), name: parts.at(-1) ?? '' };
  }

  /** The table of `public.access.id`, which is the last two parts before the column; undefined if there is none. */
  parseTableOf(column: string): QualifiedName | undefined {
    const [name, qualifier] = this.parseAll(column).reverse().slice(1);
    return name === undefined ? undefined : { qualifier, name };
  }

  /** All names in a list, without quotes. */
  parseAll(text: string): string[] {
    return (text.match(this.#each) ?? []).map((name) => this.unquote(name));
  }

  unquote(text: string): string {
    const quote = text[0];
    if (quote === '`' || quote === '"' || quote === "'") return text.slice(1, -1).replaceAll(quote + quote, quote);
    if (quote === '[') return text.slice(1, -1);
    // PostgreSQL folds unquoted names: https://www.postgresql.org/docs/15/sql-syntax-lexical.html
    return this.#dialect === 'postgres' ? text.toLowerCase() : text;
  }
}

export const SQL_NAMES: Readonly<Record<Dialect, SqlNames>> = {
  mysql: new SqlNames('mysql'),
  postgres: new SqlNames('postgres'),
  sqlite3: new SqlNames('sqlite3'),
};
