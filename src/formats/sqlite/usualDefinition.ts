/** Reads the CREATE TABLE statements that Gogs' libraries write. Every other form is left to SQLite. */
import { SQL_NAMES } from '../sql/syntax/SqlNames.js';
import { affinityOf } from './affinityOf.js';
import type { DefaultValue } from './TableShape.js';

/** Backtracking in a longer statement might exhaust the stack. */
const LONGEST = 64 * 1024;
export const NAME = '(?:`(?:[^`]|``)+`|"(?:[^"]|"")+"|(?!(?:CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN)\\b)[a-z_]\\w*)';
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

export interface UsualColumn {
  readonly name: string;
  readonly type: string;
  readonly isNotNull: boolean;
  readonly isAutoincrement: boolean;
  readonly defaultValue: DefaultValue;
}

export interface UsualKey {
  readonly isPrimary: boolean;
  readonly columns: readonly string[];
}

export interface UsualDefinition {
  readonly table: string;
  readonly columns: readonly UsualColumn[];
  /** In their order. */
  readonly keys: readonly UsualKey[];
  /** Index of the column that is an alias of the row id; -1 if none is. */
  readonly rowIdColumn: number;
}

/** Undefined if only SQLite understands the definition. */
export function usualDefinition(sql: string): UsualDefinition | undefined {
  if (sql.length > LONGEST || !sql.endsWith(')')) return undefined;
  BEGINNING.lastIndex = 0;
  const beginning = BEGINNING.exec(sql);
  if (beginning === null) return undefined;
  const columns: UsualColumn[] = [];
  const keys: UsualKey[] = [];
  for (PART.lastIndex = beginning[0].length; PART.lastIndex < sql.length; ) {
    const part = PART.exec(sql)?.groups;
    if (part === undefined) return undefined;
    const { name: quoted, type = '', before = '', after = '', value, kind = '', key = '' } = part;
    if (quoted === undefined) {
      keys.push({ isPrimary: /^PRIMARY/i.test(kind), columns: SQL_NAMES.sqlite3.parseAll(key) });
      continue;
    }
    const name = SQL_NAMES.sqlite3.unquote(quoted);
    const constraints = before + after;
    for (const [word] of constraints.matchAll(/PRIMARY|UNIQUE/gi)) {
      keys.push({ isPrimary: /^PRIMARY/i.test(word), columns: [name] });
    }
    const defaultValue = defaultOf(value, type);
    if (defaultValue === undefined) return undefined;
    columns.push({
      name,
      type,
      isNotNull: /NOT/i.test(constraints),
      isAutoincrement: /AUTOINCREMENT/i.test(constraints),
      defaultValue,
    });
  }
  const primary = keys.flatMap((key) => (key.isPrimary ? key.columns : []));
  // The key may name its column in other case.
  const [id] = primary.map((name) => name.toLowerCase());
  const idColumn = primary.length === 1 ? columns.findIndex(({ name }) => name.toLowerCase() === id) : -1;
  const rowIdColumn = /^INTEGER$/i.test(columns[idColumn]?.type ?? '') ? idColumn : -1;
  return { table: SQL_NAMES.sqlite3.unquote(beginning[1] ?? ''), columns, keys, rowIdColumn };
}

/** The value of a DEFAULT in a column of this type; undefined if SQLite converts it. */
function defaultOf(sql: string | undefined, type: string): DefaultValue | undefined {
  if (sql === undefined || /^NULL$/i.test(sql)) return null;
  const affinity = affinityOf(type);
  if (sql.startsWith("'")) return affinity === 'text' ? Buffer.from(sql.slice(1, -1).replaceAll("''", "'")) : undefined;
  if (affinity !== 'numeric') return undefined;
  return /^[tf]/i.test(sql) ? Number(/^t/i.test(sql)) : Number(sql);
}
