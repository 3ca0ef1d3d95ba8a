/** Parses CREATE TABLE statements of all three dialects, as far as it matters for rows: columns, types, keys, defaults. */

import type { Dialect } from '../syntax/Dialect.js';
import { SQL_NAMES, type SqlNames } from '../syntax/SqlNames.js';
import type { DefinitionList } from './DefinitionList.js';
import type { DefinedColumn, TableDefinition, TextComparison } from './TableDefinition.js';

const TABLE_CONSTRAINT =
  /^(CONSTRAINT|PRIMARY KEY|UNIQUE|KEY|INDEX|FULLTEXT|SPATIAL|FOREIGN KEY|CHECK|EXCLUDE|LIKE|PERIOD)\b/i;
/** Tells a constraint from a column with the same name, which is followed by a type: `key varchar(10)`. */
const CONSTRAINT_ARGUMENTS = /^\S+\s*(KEY|INDEX|[`"[(\w]+\s*\(|FOR\b|USING\b)/i;
/** The beginning of a column's constraints. */
const COLUMN_CONSTRAINT =
  /\b(NOT NULL|NULL|DEFAULT|PRIMARY|UNIQUE|AUTO_?INCREMENT|CHECK|REFERENCES|COLLATE|CHARACTER SET|CHARSET|COMMENT|GENERATED|AS|CONSTRAINT|ON UPDATE|ON CONFLICT|KEY|INVISIBLE)\b/i;
/** Collations of SQLite that compare texts without case, or without trailing spaces. */
const FOLDING_COLLATION = /^(?:NOCASE|RTRIM)$/i;
/** MySQL's collations for no particular language. In those of a language, other letters may be equal, such as ü and y. */
const GENERAL_COLLATION = /_(?:bin|general|unicode|uca1400|0900)(?:_|$)|^binary$/i;
/** The others have collations of a language unless a definition says otherwise. */
const GENERAL_CHARSET = /^(?:utf8|utf8mb[34]|binary|ascii)$/i;
/** An INSERT that skips rows with existing keys also skips those that do not meet such a condition. */
const CONDITIONS: Readonly<Record<Dialect, RegExp | undefined>> = {
  mysql: /\b(?:CHECK|REFERENCES|FOREIGN KEY|PARTITION BY|JSON)\b/i,
  postgres: undefined,
  sqlite3: /\b(?:CHECK|STRICT)\b/i,
};
/** What forbids NULL in a column. MySQL's KEY is a short form of PRIMARY KEY. */
const NOT_NULL: Readonly<Record<Dialect, RegExp>> = {
  mysql: /\bNOT NULL\b|(?<!\bUNIQUE )\bKEY\b/i,
  postgres: /\bNOT NULL\b|\bPRIMARY KEY\b/i,
  sqlite3: /\bNOT NULL\b/i,
};
/** MySQL: words that stand for a character set: https://dev.mysql.com/doc/refman/8.0/en/charset-national.html */
const CHARSET_WORDS: readonly (readonly [words: RegExp, charset: string])[] = [
  [/^(?:national|nchar|nvarchar)\b/i, 'utf8mb3'],
  [/\bUNICODE\b/i, 'ucs2'],
  [/\bASCII\b/i, 'latin1'],
  [/\bBYTE\b/i, 'binary'],
];
const CITEXT = /\bcitext\b/i;
const DEFAULT = /(?<!\b(?:SET|BY) )\bDEFAULT\b ?/gi;
/** The columns of a key of MySQL, unique or not. */
const INDEX_COLUMNS = /^(?:CONSTRAINT\b.*? )?(?:PRIMARY KEY|UNIQUE|KEY|INDEX)\b[^(]*\(([\s\S]*)\)/i;
const AUTO_INCREMENT = /\bAUTO_INCREMENT ?= ?(\d+)/i;

/** Splits the parenthesized list at its top-level commas and takes the first name of each part. */
export function parseDefinition(list: DefinitionList, dialect: Dialect): TableDefinition {
  const names = SQL_NAMES[dialect];
  const key = new RegExp(
    `^(?:CONSTRAINT (?:(?!PRIMARY\\b|UNIQUE\\b)${names.name} )?)?(?:PRIMARY KEY|UNIQUE(?: KEY| INDEX)?)${names.gap}\\(([\\s\\S]*)\\)`,
    'i',
  );
  const column = new RegExp(`^(${names.name})\\s*([\\s\\S]*)$`);
  const columns: DefinedColumn[] = [];
  const keys: (readonly string[])[] = [];
  const indexes: (readonly string[])[] = [];
  let primary: readonly string[] = [];
  let isComputed = false;
  for (const part of list.parts) {
    const masked = list.masked(part);
    if (TABLE_CONSTRAINT.test(part) && isConstraint(part)) {
      if (/^LIKE\b/i.test(part)) isComputed = true;
      const keyed = key.exec(part)?.[1];
      if (/\b(?:EXCLUDE|NULLS NOT DISTINCT)\b/i.test(masked)) keys.push([]);
      indexes.push(keyColumns(INDEX_COLUMNS.exec(part)?.[1] ?? '', names));
      if (keyed === undefined) continue;
      keys.push(keyColumns(keyed, names));
      if (/\bPRIMARY KEY\b/i.test(masked)) primary = keys.at(-1) ?? [];
      continue;
    }
    const found = column.exec(part);
    if (found?.[1] === undefined) continue;
    const rest = found[2] ?? '';
    const constraints = masked.slice(part.length - rest.length);
    const defined = readColumn(names.unquote(found[1]), rest, constraints, dialect);
    columns.push(defined);
    const isKey = dialect === 'mysql' ? /\b(?:KEY|UNIQUE|SERIAL)\b/i : /\b(?:PRIMARY KEY|UNIQUE)\b/i;
    if (!isKey.test(constraints)) continue;
    keys.push(/\bNULLS NOT DISTINCT\b/i.test(constraints) ? [] : [defined.name]);
    if (/\bPRIMARY KEY\b(?! DESC)/i.test(constraints)) primary = [defined.name];
  }
  const before = list.masked(list.before);
  const after = list.masked(list.after);
  if (list.parts.length === 0 || /\b(?:LIKE|AS|OF)\b/i.test(before)) isComputed = true;
  if (/\b(?:SELECT|AS|INHERITS|UNION|TABLE)\b|\bVALUES ?\(/i.test(after)) isComputed = true;
  // MySQL: a query in parentheses instead of columns.
  if (dialect === 'mysql' && /^(?:\(|(?:SELECT|VALUES|WITH|TABLE)\b)/i.test(list.parts[0] ?? '')) isComputed = true;
  if (CONDITIONS[dialect]?.test([...list.parts.map((part) => list.masked(part)), after].join(' ')) === true)
    keys.push([]);
  const nextId = AUTO_INCREMENT.exec(after)?.[1];
  if (dialect === 'mysql') {
    const charset = charsetOf(list.after, after);
    for (const [i, each] of columns.entries()) columns[i] = withCharset(each, each.charset ?? charset);
  }
  return {
    columns: dialect === 'sqlite3' ? sqliteColumns(columns, primary, after) : withoutNull(columns, primary),
    keys,
    nextId: nextId === undefined ? undefined : BigInt(nextId),
    countsInGroups: dialect === 'mysql' && columns.some((each) => each.isAutomatic && isLaterIn(indexes, each.name)),
    isComputed,
    comparison: comparisonOf(list, dialect),
    resolvesConflicts:
      dialect === 'sqlite3' && list.parts.some((part) => /\bON CONFLICT (?!ABORT)/i.test(list.masked(part))),
  };
}

function isConstraint(part: string): boolean {
  return !/^(KEY|INDEX|CHECK|PERIOD)\s+[a-z]+\b(?!\s*\()/i.test(part) || CONSTRAINT_ARGUMENTS.test(part);
}

/** MyISAM: https://dev.mysql.com/doc/refman/8.0/en/example-auto-increment.html */
const isLaterIn = (indexes: readonly (readonly string[])[], column: string): boolean =>
  indexes.some(([, ...later]) => later.some((each) => each.toLowerCase() === column.toLowerCase()));

/** Empty for a key on a prefix or an expression. */
function keyColumns(list: string, names: SqlNames): string[] {
  const column = new RegExp(`^(${names.name})(?: COLLATE ${names.name})?(?: (?:ASC|DESC))?(?: AUTOINCREMENT)?$`, 'i');
  const columns = list.split(',').map((part) => column.exec(part.trim())?.[1]);
  return columns.includes(undefined) ? [] : columns.map((name) => names.unquote(name ?? ''));
}

/** `rest` is the text after the column's name; `masked` is the same with its strings blanked out. */
function readColumn(name: string, rest: string, masked: string, dialect: Dialect): DefinedColumn {
  const cut = masked.search(COLUMN_CONSTRAINT);
  const type = plainTypeOf((cut < 0 ? rest : rest.slice(0, cut)).trim(), dialect);
  const defaults = [...masked.matchAll(DEFAULT)];
  const value = defaultOf(rest, masked, defaults[0]);
  // With options, or with a sequence of its own, it may begin anywhere.
  const isSerial = dialect === 'mysql' ? /\bSERIAL\b/i.test(masked) : /^(?:big|small)?serial/i.test(type);
  const isAutomatic = /\bAUTO_INCREMENT\b|\bAS IDENTITY\b(?! ?\()/i.test(masked) || isSerial;
  const isIdentity = /\bAS IDENTITY\b/i.test(masked);
  const isGenerated = /\bAS ?\(/i.test(masked) && !isIdentity;
  const isUnknown = isGenerated || isIdentity || /^nextval\b/i.test(value ?? '');
  // Before MySQL 8.0, such a column takes the time of its row for NULL, unless its definition says otherwise.
  const takesTime = dialect === 'mysql' && /^timestamp\b/i.test(type) && !/(?<!\bNOT )\bNULL\b/i.test(masked);
  return {
    name,
    type,
    nullable: !NOT_NULL[dialect].test(masked) && !isSerial && !takesTime,
    default: value !== undefined && /^NULL\b/i.test(value) ? undefined : value,
    // The last of several counts, but not for every release.
    hasUnknownDefault: isAutomatic || isUnknown || defaults.length > 1,
    // Of PostgreSQL's sequences, only those of a column of this name are followed: see DumpSequences.ts.
    isAutomatic: isAutomatic && (dialect !== 'postgres' || /^id$/i.test(name)),
    isGenerated,
    charset: dialect === 'mysql' ? (charsetOf(rest, masked) ?? charsetInWords(type)) : undefined,
    isRowid: false,
  };
}

/** A column whose type is a domain, by the definition of that domain, which may stand for another one. */
export function withDomain(column: DefinedColumn, domains: ReadonlyMap<string, string>): DefinedColumn {
  const seen = new Set<string>();
  let found = column;
  for (;;) {
    const name = SQL_NAMES.postgres.parseAll(found.type).at(-1)?.toLowerCase() ?? '';
    const text = domains.get(name);
    if (text === undefined || seen.has(name)) return found;
    seen.add(name);
    const masked = text.replaceAll(/'(?:[^']|'')*'/g, (string) => `'${' '.repeat(string.length - 2)}'`);
    const domain = readColumn(column.name, text, masked, 'postgres');
    found = {
      ...found,
      type: domain.type,
      default: found.default ?? domain.default,
      nullable: found.nullable && domain.nullable,
    };
  }
}

/** What a new definition of a column may add to its type. Texts could get another character set: that of the table. */
const KEEPS_VALUES =
  /^(?: ?(?:NOT NULL|NULL|AUTO_INCREMENT|(?:UNIQUE|PRIMARY) KEY|UNIQUE|KEY|DEFAULT (?:'[^']*'|[\w.+-]+)|COMMENT '(?:[^'\\]|''|\\.)*')(?= |$))*$/i;
const TEXTS = /char|text|enum|set\b|long\b/i;

/** Whether a new definition of a column, whose type is followed by `attributes`, keeps the values that it holds. */
export function keepsValues(attributes: string, column: DefinedColumn): boolean {
  if (TEXTS.test(column.type) || !KEEPS_VALUES.test(attributes)) return false;
  return !column.nullable || !/\bNOT NULL\b/i.test(attributes);
}

/** The names that follow a word, without quotes. `masked`: the text with its quoted parts blanked out. */
function namesAfter(word: RegExp, text: string, masked: string): string[] {
  return [...masked.matchAll(word)].flatMap(({ 0: found, index }) => {
    return /^["'`[]?(\w+)/.exec(text.slice(index + found.length))?.[1] ?? [];
  });
}

const collationsOf = (text: string, masked: string): string[] => namesAfter(/\bCOLLATE ?=? ?/gi, text, masked);

function comparisonOf(list: DefinitionList, dialect: Dialect): TextComparison {
  const texts = [list.after, ...list.parts].map((text) => [text, list.masked(text)] as const);
  const collations = texts.flatMap(([text, masked]) => collationsOf(text, masked));
  if (dialect !== 'mysql') {
    const folds = collations.some((name) => FOLDING_COLLATION.test(name)) || texts.some(([text]) => CITEXT.test(text));
    return folds ? 'folded' : 'bytes';
  }
  const charsets = texts.flatMap(([text, masked]) => charsetOf(text, masked) ?? []);
  const isGeneral =
    collations.every((name) => GENERAL_COLLATION.test(name)) && charsets.every((name) => GENERAL_CHARSET.test(name));
  return isGeneral ? 'folded' : 'language';
}

/** Reads `CHARACTER SET utf8`, `CHARSET=utf8`, or the first part of a collation's name. */
function charsetOf(text: string, masked: string): string | undefined {
  const [named] = namesAfter(/\b(?:CHARACTER SET|CHARSET) ?=? ?/gi, text, masked);
  return (named ?? collationsOf(text, masked)[0]?.split('_')[0])?.toLowerCase();
}

const charsetInWords = (type: string): string | undefined => CHARSET_WORDS.find(([words]) => words.test(type))?.[1];

/** MySQL makes a text in the character set `binary` a column of bytes, with lengths and padding of its own. */
const withCharset = (column: DefinedColumn, charset: string | undefined): DefinedColumn =>
  charset === 'binary' && TEXTS.test(column.type) ? { ...column, charset, type: 'bytes' } : { ...column, charset };

function defaultOf(rest: string, masked: string, at: RegExpMatchArray | undefined): string | undefined {
  if (at?.index === undefined) return undefined;
  const start = at.index + at[0].length;
  // The default ends at the next constraint; a constraint word in the value itself only makes it unreadable.
  const next = masked.slice(start + 1).search(COLUMN_CONSTRAINT);
  return rest.slice(start, next < 0 ? rest.length : start + 1 + next).trim();
}

/** The name of a type without quotes: `"pg_catalog"."varchar"(255)`. PostgreSQL's `"char"` is a type of its own. */
function plainTypeOf(type: string, dialect: Dialect): string {
  if (dialect === 'mysql') return type;
  const quoted = dialect === 'sqlite3' ? /"([^"]*)"|'([^']*)'|`([^`]*)`|\[([^\]]*)\]/g : /"(?!char")([a-z]\w*)"/g;
  return type.replaceAll(
    quoted,
    (_, ...groups: unknown[]) => groups.find((group) => typeof group === 'string') as string,
  );
}

/** Options of a table, such as STRICT, follow its list. */
function sqliteColumns(
  columns: readonly DefinedColumn[],
  primary: readonly string[],
  options: string,
): DefinedColumn[] {
  const all = /\bWITHOUT ROWID\b/i.test(options) ? withoutNull(columns, primary) : withRowid(columns, primary);
  // In a strict table ANY converts nothing, as BLOB elsewhere.
  return /\bSTRICT\b/i.test(options)
    ? all.map((each) => (/^ANY$/i.test(each.type) ? { ...each, type: 'BLOB' } : each))
    : all;
}

/** In MySQL, PostgreSQL and SQLite's tables WITHOUT ROWID, a column of the primary key accepts no NULL. */
function withoutNull(columns: readonly DefinedColumn[], primary: readonly string[]): DefinedColumn[] {
  const names = new Set(primary.map((each) => each.toLowerCase()));
  return columns.map((each) => (names.has(each.name.toLowerCase()) ? { ...each, nullable: false } : each));
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
