/**
 * Reads the CREATE TABLE statements that Gogs' libraries write, because starting the embedded SQLite takes as long as reading
 * hundreds of megabytes of rows. Every other form is left to it.
 */
import { SQL_NAMES } from '../sql/syntax/SqlNames.js';
import { affinityOf } from './affinityOf.js';
import type { DefaultValue, SqliteColumn, TableShape } from './TableShape.js';

/** Backtracking in a longer statement might exhaust the stack. */
const LONGEST = 64 * 1024;
const NAME = '(?:`(?:[^`]|``)+`|"(?:[^"]|"")+"|(?!(?:CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN)\\b)[a-z_]\\w*)';
/** Not any word, because a name may also be followed by a constraint. */
const TYPE =
  '(?:INTEGER|(?:BIG|SMALL|TINY)?INT|NUMERIC|BOOL|BOOLEAN|DATE|DATETIME|REAL|DOUBLE|TEXT|UUID|BLOB|(?:VAR)?CHAR)(?:\\(\\d+\\))?';
const CONSTRAINT = '(?:NOT NULL|NULL|UNIQUE|PRIMARY KEY(?: AUTOINCREMENT)?)';
const DEFAULT = "DEFAULT (?<value>-?\\d{1,15}|TRUE|FALSE|NULL|'(?:[^']|'')*')";
const COLUMN = `(?<name>${NAME}) (?<type>${TYPE})(?<before>(?: ${CONSTRAINT})*)(?: ${DEFAULT})?(?<after>(?: ${CONSTRAINT})*)`;
const KEY = `(?:CONSTRAINT ${NAME} )?(?<kind>PRIMARY KEY|UNIQUE) ?\\( ?(?<key>${NAME}(?: ?, ?${NAME})*) ?\\)`;

const BEGINNING = pattern(`CREATE TABLE (${NAME}) ?\\( ?`);
const PART = pattern(`(?:${KEY}|${COLUMN}) ?(?:, ?|\\)$)`);

function pattern(source: string): RegExp {
  return new RegExp(source.replaceAll(' ?', '\\s*').replaceAll(' ', '\\s+'), 'iy');
}

/** Undefined if only SQLite understands the definition. */
export function usualShape(table: string, sql: string): TableShape | undefined {
  if (sql.length > LONGEST || !sql.endsWith(')')) return undefined;
  BEGINNING.lastIndex = 0;
  const beginning = BEGINNING.exec(sql);
  if (beginning === null || SQL_NAMES.sqlite3.unquote(beginning[1] ?? '') !== table) return undefined;
  const columns: SqliteColumn[] = [];
  const types: string[] = [];
  const primary: string[] = [];
  for (PART.lastIndex = beginning[0].length; PART.lastIndex < sql.length; ) {
    const part = PART.exec(sql)?.groups;
    if (part === undefined) return undefined;
    const { name: quoted, type = '', before = '', after = '', value, kind = '', key = '' } = part;
    if (/^PRIMARY/i.test(kind)) primary.push(...SQL_NAMES.sqlite3.parseAll(key));
    if (quoted === undefined) continue;
    const name = SQL_NAMES.sqlite3.unquote(quoted);
    if (/PRIMARY/i.test(before + after)) primary.push(name);
    const oldValue = defaultOf(value, type);
    if (oldValue === undefined) return undefined;
    types.push(type);
    columns.push({ name, isReal: affinityOf(type) === 'real', isGenerated: false, oldValue: () => oldValue });
  }
  // The key may name its column in other case.
  const [key] = primary.map((name) => name.toLowerCase());
  const id = primary.length === 1 ? columns.findIndex(({ name }) => name.toLowerCase() === key) : -1;
  return { columns, rowIdColumn: /^INTEGER$/i.test(types[id] ?? '') ? id : undefined };
}

/** The value of a DEFAULT in a column of this type; undefined if SQLite converts it. */
function defaultOf(sql: string | undefined, type: string): DefaultValue | undefined {
  if (sql === undefined || /^NULL$/i.test(sql)) return null;
  const affinity = affinityOf(type);
  if (sql.startsWith("'")) return affinity === 'text' ? Buffer.from(sql.slice(1, -1).replaceAll("''", "'")) : undefined;
  if (affinity !== 'numeric') return undefined;
  return /^[tf]/i.test(sql) ? Number(/^t/i.test(sql)) : Number(sql);
}
