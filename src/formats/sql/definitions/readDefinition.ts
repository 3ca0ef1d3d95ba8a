/**
 * Reads CREATE TABLE statements. node-sql-parser names the columns; parseDefinition.ts reads what it does not report or rejects
 * (`[id]`, `UUID`, options of newer servers). If the two disagree, the columns are unknown.
 */

import type { Dialect } from '../syntax/Dialect.js';
import { plainStatement } from '../syntax/plainStatement.js';
import { DefinitionList } from './DefinitionList.js';
import { parseDefinition } from './parseDefinition.js';
import type { TableDefinition } from './TableDefinition.js';

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

/** A default in a comment that only some versions of MySQL read. */
const CONDITIONAL_DEFAULT = /\/\*M?!\d*(?:(?!\*\/)[\s\S])*?\bDEFAULT\s+(?!CHAR|COLLATE)/i;

export async function readDefinition(
  createTable: string,
  dialect: Dialect,
  backslashEscapes = dialect === 'mysql',
): Promise<TableDefinition> {
  const statement = plainStatement(createTable, dialect, backslashEscapes).replace(/ ?;$/, '');
  const list = new DefinitionList(statement, dialect, backslashEscapes);
  const read = parseDefinition(list, dialect);
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
