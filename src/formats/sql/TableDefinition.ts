/**
 * Reads the columns of CREATE TABLE. node-sql-parser does it, one dialect's build at a time because all of them take long
 * to load; only its tree is read, never text that it writes, since it drops the quotes of reserved names. What it
 * refuses (`[id]`, `UUID`, options of newer servers) a small parser of our own reads.
 */

import type { Dialect } from './Dialect.js';
import { NAME, unquoteName } from './names.js';

export interface DefinedColumn {
  readonly name: string;
  /** As it was written, without constraints: `bigint(20)`, `character varying(255)`; empty when there is none. */
  readonly type: string;
}

interface Parser {
  astify(sql: string): unknown;
}

/** What a build is to `import`: CommonJS, so everything is the default. Its own types say otherwise. */
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

/** The columns that a CREATE TABLE statement defines, in its order; empty when it lists none (`LIKE`, `AS SELECT`). */
export async function readColumns(createTable: string, dialect: Dialect): Promise<DefinedColumn[]> {
  // mysqldump stands in for a view with a table in a comment that MySQL executes.
  const statement = createTable.replace(/^\/\*M?!\d*\s*([\s\S]*)\*\//, '$1');
  const own = readColumnsByHand(statement);
  const names = columnsOfTree(await parse(statement, dialect));
  if (names === undefined) return own;
  // The tree has types in its own spelling: they are taken from the text.
  const types = new Map(own.map(({ name, type }) => [name, type]));
  return names.map((name) => ({ name, type: types.get(name) ?? '' }));
}

async function parse(sql: string, dialect: Dialect): Promise<unknown> {
  const parser = await loadParser(dialect);
  try {
    return parser.astify(sql);
  } catch {
    // Not SQL that it knows: the caller has a second reader.
    return undefined;
  }
}

/** The names in `create_definitions`, or undefined when the tree is not what we know. */
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

const TABLE_CONSTRAINT =
  /^(CONSTRAINT|PRIMARY\s+KEY|UNIQUE|KEY|INDEX|FULLTEXT|SPATIAL|FOREIGN\s+KEY|CHECK|EXCLUDE|LIKE|PERIOD)\b/i;
/** A column of that name is only taken for one when a type follows: `key varchar(10)`. */
const CONSTRAINT_ARGUMENTS = /^\S+\s*(KEY|INDEX|[`"[(\w]+\s*\(|FOR\b|USING\b)/i;
const COLUMN = new RegExp(`^(${NAME})\\s*([\\s\\S]*)$`);
/** Where a column's constraints begin. */
const COLUMN_CONSTRAINT =
  /\s*\b(NOT\s+NULL|NULL|DEFAULT|PRIMARY|UNIQUE|AUTO_?INCREMENT|CHECK|REFERENCES|COLLATE|CHARACTER\s+SET|CHARSET|COMMENT|GENERATED|CONSTRAINT|ON\s+UPDATE|KEY)\b/i;

/** Splits the parenthesised list at its own commas and takes the first name of each part. */
export function readColumnsByHand(createTable: string): DefinedColumn[] {
  return splitList(createTable).flatMap((part) => {
    const column = COLUMN.exec(part);
    if (column?.[1] === undefined) return [];
    if (TABLE_CONSTRAINT.test(part) && isConstraint(part)) return [];
    const rest = column[2] ?? '';
    const cut = rest.search(COLUMN_CONSTRAINT);
    return [{ name: unquoteName(column[1]), type: (cut < 0 ? rest : rest.slice(0, cut)).trim() }];
  });
}

function isConstraint(part: string): boolean {
  return !/^(KEY|INDEX|LIKE|CHECK|PERIOD)\s+[a-z]+\b(?!\s*\()/i.test(part) || CONSTRAINT_ARGUMENTS.test(part);
}

/** The parts of the first parenthesised list, trimmed; commas within strings, names and parentheses do not split. */
function splitList(sql: string): string[] {
  const tokens =
    /'(?:[^'\\]|''|\\.)*'|`(?:[^`]|``)*`|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|[(),]|[^'`"(),\-/]+|[-/]/g;
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const [token] of sql.matchAll(tokens)) {
    if (token.startsWith('--') || token.startsWith('/*')) continue;
    if (token === '(' && depth++ === 0) continue;
    if (token === ')' && --depth === 0) break;
    if (token === ',' && depth === 1) {
      parts.push(part.trim());
      part = '';
    } else if (depth > 0) part += token;
  }
  parts.push(part.trim());
  return parts.filter((text) => text !== '');
}
