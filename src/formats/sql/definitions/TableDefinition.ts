/**
 * Reads CREATE TABLE statements. node-sql-parser names the columns; a small parser of our own reads what it does not report or
 * rejects (`[id]`, `UUID`, options of newer servers). If the two disagree, the columns are unknown.
 */

import type { Dialect } from '../syntax/Dialect.js';
import { plainStatement } from '../syntax/plainStatement.js';
import { SQL_NAMES, type SqlNames } from '../syntax/SqlNames.js';

export interface DefinedColumn {
  readonly name: string;
  /** As written, without constraints: `bigint(20)`, `character varying(255)`; empty if there is none. */
  readonly type: string;
  /** It accepts NULL. */
  readonly nullable: boolean;
  /** The value of a row that omits the column, in SQL; undefined for NULL. */
  readonly default: string | undefined;
  /** Its default is known only to a database, or it is computed from other columns. */
  readonly hasUnknownDefault: boolean;
  /** A row that omits it, or gives NULL in MySQL and SQLite, gets the table's next id. */
  readonly isAutomatic: boolean;
  /** MySQL: the character set of the column or table; undefined if neither has one. */
  readonly charset: string | undefined;
  /** SQLite: it is an alias of `rowid`. */
  readonly isRowid: boolean;
}

export interface TableDefinition {
  /** In the order of the statement; empty if it lists none. */
  readonly columns: readonly DefinedColumn[];
  /** The columns of the primary key and of each unique key; empty for a key that does not consist of whole columns. */
  readonly keys: readonly (readonly string[])[];
  /** The next automatic id, from MySQL's option AUTO_INCREMENT. */
  readonly nextId: bigint | undefined;
  /** Its columns or rows come from elsewhere: `LIKE`, `AS SELECT`, `INHERITS`. */
  readonly isComputed: boolean;
  /** Some of its texts are compared without case. */
  readonly foldsCase: boolean;
  /** SQLite: its constraints replace or skip rows whose key already exists. */
  readonly resolvesConflicts: boolean;
}

interface Parser {
  astify(sql: string): unknown;
}

/**
 * The shape of a build when imported: it is CommonJS, so everything is in the default export. Its own types are wrong about
 * this.
 */
interface Build {
  readonly default: { readonly Parser: new () => Parser };
}

const BUILDS: Readonly<Record<Dialect, () => Promise<unknown>>> = {
  mysql: () => import('node-sql-parser/build/mariadb.js'),
  postgres: () => import('node-sql-parser/build/postgresql.js'),
  sqlite3: () => import('node-sql-parser/build/sqlite.js'),
};

const loaded = new Map<Dialect, Promise<Parser>>();

function loadParser(dialect: Dialect): Promise<Parser> {
  let parser = loaded.get(dialect);
  if (parser === undefined) {
    parser = BUILDS[dialect]().then((build) => new (build as Build).default.Parser());
    loaded.set(dialect, parser);
  }
  return parser;
}

/**
 * node-sql-parser tries every reading of nested parentheses: 16 levels take seconds, 24 gigabytes. No dump program nests this
 * deep or writes definitions of this length.
 */
const DEEPEST = 6;
const LONGEST = 128 * 1024;

export async function readDefinition(
  createTable: string,
  dialect: Dialect,
  backslashEscapes = dialect === 'mysql',
): Promise<TableDefinition> {
  const statement = plainStatement(createTable, dialect, backslashEscapes).replace(/ ?;$/, '');
  const list = new DefinitionList(statement, dialect, backslashEscapes);
  const read = readByHand(list, dialect);
  // Whether MySQL reads such a comment depends on its version.
  const isUnclear = dialect === 'mysql' && CONDITIONAL_DEFAULT.test(createTable);
  const definition = isUnclear
    ? { ...read, columns: read.columns.map((column) => ({ ...column, hasUnknownDefault: true })) }
    : read;
  if (list.depth > DEEPEST || statement.length > LONGEST) return definition;
  const names = columnsOfTree(await parse(statement, dialect))?.map((name) => name.toLowerCase());
  const own = definition.columns.map(({ name }) => name.toLowerCase());
  // node-sql-parser drops the quotes of reserved names, and folds others.
  const agrees = names === undefined || names.join('\n') === own.join('\n');
  return agrees ? definition : { ...definition, columns: [] };
}

async function parse(sql: string, dialect: Dialect): Promise<unknown> {
  const parser = await loadParser(dialect);
  try {
    return parser.astify(sql);
  } catch {
    // Unknown SQL: the caller has a second parser.
    return undefined;
  }
}

/** The names in `create_definitions`; undefined if the tree has an unexpected shape. */
function columnsOfTree(tree: unknown): string[] | undefined {
  const statement: unknown = Array.isArray(tree) ? tree[0] : tree;
  const definitions = member(statement, 'create_definitions');
  if (!Array.isArray(definitions)) return undefined;
  const names: string[] = [];
  for (const definition of definitions) {
    if (member(definition, 'resource') !== 'column') continue;
    const column = member(member(definition, 'column'), 'column');
    const name = typeof column === 'string' ? column : member(member(column, 'expr'), 'value');
    if (typeof name !== 'string') return undefined;
    names.push(name);
  }
  return names;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** The first parenthesized list of a statement, and the text around it. Strings are masked before words are searched. */
export class DefinitionList {
  readonly before: string;
  /** The parts of the list, trimmed; not split at commas within strings, names and parentheses. */
  readonly parts: readonly string[];
  readonly after: string;
  /** Nesting depth of parentheses. */
  readonly depth: number;
  readonly #strings: RegExp;

  constructor(sql: string, dialect: Dialect, backslashEscapes: boolean) {
    this.#strings = backslashEscapes || dialect === 'mysql' ? /'(?:[^'\\]|''|\\[\s\S])*'/g : /'(?:[^']|'')*'/g;
    const tokens = new RegExp(
      `${this.#strings.source}|\`(?:[^\`]|\`\`)*\`|"(?:[^"]|"")*"|\\[[^\\]]*\\]|[(),]|[^'\`"(),[]+|[\\s\\S]`,
      'g',
    );
    const parts: string[] = [];
    let depth = 0;
    let deepest = 0;
    let start = -1;
    let end = sql.length;
    let part = '';
    for (const { 0: token, index } of sql.matchAll(tokens)) {
      if (token === '(') deepest = Math.max(deepest, ++depth);
      else if (token === ')') depth--;
      if (end < sql.length) continue;
      if (token === '(' && depth === 1 && start < 0) start = index;
      else if (token === ')' && depth === 0 && start >= 0) end = index;
      else if (token === ',' && depth === 1) {
        parts.push(part.trim());
        part = '';
      } else if (start >= 0) part += token;
    }
    parts.push(part.trim());
    this.parts = parts.filter((text) => text !== '');
    this.before = sql.slice(0, start < 0 ? sql.length : start);
    this.after = sql.slice(end + 1);
    this.depth = deepest;
  }

  /** The text with its strings blanked out, of the same length. */
  masked(text: string): string {
    return text.replaceAll(this.#strings, (string) => `'${' '.repeat(string.length - 2)}'`);
  }
}

const CONDITIONAL_DEFAULT = /\/\*M?!\d*(?:(?!\*\/)[\s\S])*?\bDEFAULT\s+(?!CHAR|COLLATE)/i;
const TABLE_CONSTRAINT =
  /^(CONSTRAINT|PRIMARY KEY|UNIQUE|KEY|INDEX|FULLTEXT|SPATIAL|FOREIGN KEY|CHECK|EXCLUDE|LIKE|PERIOD)\b/i;
/** Tells a constraint from a column with the same name, which is followed by a type: `key varchar(10)`. */
const CONSTRAINT_ARGUMENTS = /^\S+\s*(KEY|INDEX|[`"[(\w]+\s*\(|FOR\b|USING\b)/i;
/** The beginning of a column's constraints. */
const COLUMN_CONSTRAINT =
  /\s*\b(NOT NULL|NULL|DEFAULT|PRIMARY|UNIQUE|AUTO_?INCREMENT|CHECK|REFERENCES|COLLATE|CHARACTER SET|CHARSET|COMMENT|GENERATED|AS|CONSTRAINT|ON UPDATE|ON CONFLICT|KEY|INVISIBLE)\b/i;
const KEY = /^(?:CONSTRAINT (?:\S+ )?)?(?:PRIMARY KEY|UNIQUE(?: KEY| INDEX)?)[^(]*\(([\s\S]*)\)/i;
/** Collations and types that compare texts without case, or without trailing spaces. */
const FOLDS_CASE = /\bCOLLATE ["`[]?(?:NOCASE|RTRIM)\b|\bcitext\b/i;
const AUTO_INCREMENT = /\bAUTO_INCREMENT ?= ?(\d+)/i;

/** Splits the parenthesized list at its top-level commas and takes the first name of each part. */
export function readByHand(list: DefinitionList, dialect: Dialect): TableDefinition {
  const names = SQL_NAMES[dialect];
  const column = new RegExp(`^(${names.name})\\s*([\\s\\S]*)$`);
  const columns: DefinedColumn[] = [];
  const keys: (readonly string[])[] = [];
  let primary: readonly string[] = [];
  let isComputed = false;
  for (const part of list.parts) {
    const masked = list.masked(part);
    if (TABLE_CONSTRAINT.test(part) && isConstraint(part)) {
      if (/^LIKE\b/i.test(part)) isComputed = true;
      const key = KEY.exec(part)?.[1];
      if (/\b(?:EXCLUDE|NULLS NOT DISTINCT)\b/i.test(masked)) keys.push([]);
      if (key === undefined) continue;
      keys.push(keyColumns(key, names));
      if (/\bPRIMARY KEY\b/i.test(masked)) primary = keys.at(-1) ?? [];
      continue;
    }
    const found = column.exec(part);
    if (found?.[1] === undefined) continue;
    const rest = found[2] ?? '';
    const constraints = masked.slice(part.length - rest.length);
    const defined = readColumn(names.unquote(found[1]), rest, constraints, dialect);
    columns.push(defined);
    if (!/\b(?:PRIMARY KEY|UNIQUE)\b/i.test(constraints)) continue;
    keys.push(/\bNULLS NOT DISTINCT\b/i.test(constraints) ? [] : [defined.name]);
    if (/\bPRIMARY KEY\b(?! DESC)/i.test(constraints)) primary = [defined.name];
  }
  const before = list.masked(list.before).replaceAll(/"[^"]*"|`[^`]*`|\[[^\]]*\]/g, 'name');
  const after = list.masked(list.after);
  if (list.parts.length === 0 || /\b(?:LIKE|AS|OF)\b/i.test(before)) isComputed = true;
  if (/\b(?:SELECT|AS|INHERITS|UNION|TABLE)\b|\bVALUES ?\(/i.test(after)) isComputed = true;
  // MySQL: a query in parentheses instead of columns.
  if (dialect === 'mysql' && /^(?:\(|(?:SELECT|VALUES|WITH|TABLE)\b)/i.test(list.parts[0] ?? '')) isComputed = true;
  const nextId = AUTO_INCREMENT.exec(after)?.[1];
  if (dialect === 'mysql') {
    const charset = charsetOf(after);
    for (const [i, each] of columns.entries()) columns[i] = { ...each, charset: each.charset ?? charset };
  }
  return {
    columns: dialect === 'sqlite3' ? sqliteColumns(columns, primary, after) : columns,
    keys,
    nextId: nextId === undefined ? undefined : BigInt(nextId),
    isComputed,
    foldsCase: FOLDS_CASE.test(list.parts.map((part) => list.masked(part)).join()),
    resolvesConflicts:
      dialect === 'sqlite3' && list.parts.some((part) => /\bON CONFLICT (?!ABORT)/i.test(list.masked(part))),
  };
}

function isConstraint(part: string): boolean {
  return !/^(KEY|INDEX|CHECK|PERIOD)\s+[a-z]+\b(?!\s*\()/i.test(part) || CONSTRAINT_ARGUMENTS.test(part);
}

/** Empty for a key on a prefix or an expression. */
function keyColumns(list: string, names: SqlNames): string[] {
  const column = new RegExp(`^(${names.name})(?: COLLATE \\S+)?(?: (?:ASC|DESC))?$`, 'i');
  const columns = list.split(',').map((part) => column.exec(part.trim())?.[1]);
  return columns.includes(undefined) ? [] : columns.map((name) => names.unquote(name ?? ''));
}

/** `rest` is the text after the column's name; `masked` is the same with its strings blanked out. */
function readColumn(name: string, rest: string, masked: string, dialect: Dialect): DefinedColumn {
  const cut = masked.search(COLUMN_CONSTRAINT);
  const type = (cut < 0 ? rest : rest.slice(0, cut)).trim();
  const value = defaultOf(rest, masked);
  // With options, or with a sequence of its own, it may begin anywhere.
  const isAutomatic = /\bAUTO_INCREMENT\b|\bAS IDENTITY\b(?! ?\()/i.test(masked) || /^(?:big|small)?serial/i.test(type);
  const isUnknown = /\bAS IDENTITY\b|\b(?:GENERATED ALWAYS )?AS ?\(/i.test(masked) || /^nextval\b/i.test(value ?? '');
  return {
    name,
    type,
    nullable: !/\bNOT NULL\b|\bPRIMARY KEY\b/i.test(masked) || (dialect === 'sqlite3' && !/\bNOT NULL\b/i.test(masked)),
    default: value !== undefined && /^NULL\b/i.test(value) ? undefined : value,
    hasUnknownDefault: isAutomatic || isUnknown,
    isAutomatic,
    charset: dialect === 'mysql' ? charsetOf(masked) : undefined,
    isRowid: false,
  };
}

/** A column whose type is a domain, by the definition of that domain. */
export function withDomain(column: DefinedColumn, domains: ReadonlyMap<string, string>): DefinedColumn {
  const name = SQL_NAMES.postgres.parseAll(column.type).at(-1)?.toLowerCase() ?? '';
  const text = domains.get(name);
  if (text === undefined) return column;
  const masked = text.replaceAll(/'(?:[^']|'')*'/g, (string) => `'${' '.repeat(string.length - 2)}'`);
  const domain = readColumn(column.name, text, masked, 'postgres');
  // The domain may stand for another one; it cannot refer to itself.
  const base = domain.type === column.type ? domain : withDomain({ ...column, type: domain.type }, domains);
  const { type } = base;
  const value = column.default ?? domain.default ?? base.default;
  return { ...column, type, default: value, nullable: column.nullable && domain.nullable && base.nullable };
}

/** Whether a new definition of a column, which has its type, keeps the values that it holds. */
export function keepsValues(definition: string, column: DefinedColumn): boolean {
  const charset = charsetOf(definition.replaceAll(/'(?:[^'\\]|''|\\.)*'/g, "''"));
  if (charset !== undefined && charset !== column.charset && !/^utf8(?:mb4)?$/.test(charset)) return false;
  return !column.nullable || !/\bNOT NULL\b/i.test(definition);
}

/** Reads `CHARACTER SET utf8`, `CHARSET=utf8`, or the first part of a collation's name. */
function charsetOf(masked: string): string | undefined {
  const named = /\b(?:CHARACTER SET|CHARSET) ?=? ?[`'"]?(\w+)/i.exec(masked)?.[1];
  return (named ?? /\bCOLLATE ?=? ?[`'"]?([a-z0-9]+)_/i.exec(masked)?.[1])?.toLowerCase();
}

function defaultOf(rest: string, masked: string): string | undefined {
  const at = /\bDEFAULT /i.exec(masked);
  if (at === null) return undefined;
  const start = at.index + at[0].length;
  // The default ends at the next constraint; a constraint word in the value itself only makes it unreadable.
  const next = masked.slice(start + 1).search(COLUMN_CONSTRAINT);
  return rest.slice(start, next < 0 ? rest.length : start + 1 + next).trim();
}

/** Options of a table, such as STRICT, follow its list. */
function sqliteColumns(
  columns: readonly DefinedColumn[],
  primary: readonly string[],
  options: string,
): DefinedColumn[] {
  const all = /\bWITHOUT ROWID\b/i.test(options) ? [...columns] : withRowid(columns, primary);
  // In a strict table ANY converts nothing, as BLOB elsewhere.
  return /\bSTRICT\b/i.test(options)
    ? all.map((each) => (/^ANY$/i.test(each.type) ? { ...each, type: 'BLOB' } : each))
    : all;
}

/** A column of type INTEGER that alone is the primary key: https://www.sqlite.org/lang_createtable.html#rowid */
function withRowid(columns: readonly DefinedColumn[], primary: readonly string[]): DefinedColumn[] {
  const [name, ...more] = primary.map((each) => each.toLowerCase());
  return columns.map((column) =>
    more.length === 0 && column.name.toLowerCase() === name && /^INTEGER$/i.test(column.type)
      ? { ...column, isRowid: true, isAutomatic: true, hasUnknownDefault: true }
      : column,
  );
}
