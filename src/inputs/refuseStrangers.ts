/** Rejects inputs that are not from Gogs: an input must have tables of Gogs, with the columns of Gogs. */
import { ForeignInputError, InputError } from '../core/errors.js';
import { listed } from '../core/language.js';
import type { Engine } from '../engines/Engine.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import type { Table } from '../gogs/tables.js';
import { refuseOtherPrograms } from './refuseOtherPrograms.js';
import type { Source } from './Source.js';
import { texts } from './texts.js';

export interface ProofOptions {
  readonly history: GogsHistory;
  /** Only the files are wanted: no table is needed. */
  readonly filesOnly: boolean;
}

/** Throws InputError for an input that is not from Gogs, or has none of its tables. */
export async function refuseStrangers(source: Source, { history, filesOnly }: ProofOptions): Promise<void> {
  const { input, form, tables, foreignTables } = source;
  const words = texts().strangers;
  refuseOtherPrograms(source);
  refuseRepeatedTables(source);
  if (form === 'gogs backup') {
    if (tables.length > 0 || filesOnly) return;
    throw new InputError(words.filesOnly({ input }));
  }
  if (isEnough(source)) return;
  const names = foreignTables.map(({ name }) => name);
  const advice =
    adviceOnPrefix(names, history, source.engine) ??
    adviceOn(KNOWN_KINDS, (await source.opening?.()) ?? '') ??
    words.giveBackup;
  throw new ForeignInputError(words.notOfGogs[form]({ input, found: describeTables(source), advice }));
}

/** Rejects both `user.csv` and `User.csv`: it is unknown which of them counts. */
function refuseRepeatedTables({ input, tables }: Source): void {
  const seen = new Map<Table, string>();
  for (const { table, place } of tables) {
    const other = seen.get(table);
    if (other !== undefined) {
      throw new InputError(texts().strangers.twice({ input, one: other, two: place }));
    }
    seen.set(table, place);
  }
}

/** Tables of Gogs that any program might have: `version` has the columns id and version. */
const PLAIN_TABLES: ReadonlySet<string> = new Set(['version', 'upload']);

const isEnough = ({ tables }: Source): boolean => tables.some(({ table }) => !PLAIN_TABLES.has(table.name));

/** This many tables with one prefix are no coincidence. */
const MANY_TABLES = 3;

const MOST_NAMES = 5;

function describeTables({ tables, foreignTables }: Source): string {
  const names = [...tables.map(({ table }) => table.name), ...foreignTables.map(({ name }) => name)];
  const namesake = foreignTables.find(({ lacks = [] }) => lacks.length > 0);
  const words = texts().strangers;
  if (names.length === 0) return words.noTableAtAll;
  const some = listed(names.slice(0, MOST_NAMES));
  const shown = names.length > MOST_NAMES ? words.andMore({ names: some, count: names.length - MOST_NAMES }) : some;
  const found = tables.length === 0 ? words.none({ names: shown }) : words.hardlyAny({ names: shown });
  if (namesake === undefined) return found;
  return words.namesake({ found, table: namesake.name, columns: shorten(namesake.lacks ?? []) });
}

const shorten = (names: readonly string[]): string =>
  listed(names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES - 1), '…'] : names);

/** Explains a prefix (`gogs_user`, `gogs_repository`, …), which Gogs itself never uses. */
function adviceOnPrefix(
  names: readonly string[],
  { tables }: GogsHistory,
  engine: Engine | undefined,
): string | undefined {
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    for (const found of names) {
      if (found === name || !found.toLowerCase().endsWith(name)) continue;
      const prefix = found.slice(0, -name.length);
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  const [prefix] = [...counts].filter(([, count]) => count >= MANY_TABLES).sort(([, a], [, b]) => b - a)[0] ?? [];
  if (prefix === undefined) return undefined;
  const query = renamesOf(engine ?? 'mysql', prefix.length + 1).replace(
    'PREFIX',
    () => `${prefix.replaceAll("'", "''")}%`,
  );
  return texts().strangers.prefix({ prefix: JSON.stringify(prefix), query });
}

/** Writes a rename statement for each table of a database; new names are the old ones from character `from` on. */
function renamesOf(engine: Engine, from: number): string {
  switch (engine) {
    case 'mysql':
      return `SELECT CONCAT('RENAME TABLE \`', table_name, '\` TO \`', SUBSTRING(table_name, ${from}), '\`;') FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE 'PREFIX';`;
    case 'postgres':
      return `SELECT format('ALTER TABLE %I RENAME TO %I;', tablename, substr(tablename, ${from})) FROM pg_tables WHERE tablename LIKE 'PREFIX';`;
    case 'sqlite3':
      return `SELECT 'ALTER TABLE "' || name || '" RENAME TO "' || substr(name, ${from}) || '";' FROM sqlite_master WHERE type = 'table' AND name LIKE 'PREFIX';`;
  }
}

interface KnownKind {
  readonly pattern: RegExp;
  readonly advice: 'xml' | 'sqlServer' | 'programMessage' | 'dockerMessage' | 'webPage' | 'oneTable' | 'json' | 'roles';
  /** Not SQL: the pattern counts only if nothing in the text looks like SQL. */
  readonly isText?: boolean;
}

/** Texts that are rejected without trying to read them as SQL. */
const OTHER_TEXTS: readonly KnownKind[] = [
  {
    pattern: /^\s*(?:<\?xml|<mysqldump|<pma_xml_export)/,
    advice: 'xml',
  },
  {
    pattern: /^GO\s*$|\[dbo\]\.|^SET (?:ANSI_NULLS|QUOTED_IDENTIFIER|IDENTITY_INSERT)\b/m,
    advice: 'sqlServer',
  },
  {
    isText: true,
    pattern: /^(?:mysqldump|mariadb-dump|mysqlpump|pg_dump|pg_dumpall|pg_restore|psql|sqlite3|gogs|docker)(?:\.exe)?: /,
    advice: 'programMessage',
  },
  {
    isText: true,
    pattern: /^the input device is not a TTY/,
    advice: 'dockerMessage',
  },
  {
    isText: true,
    pattern: /^\s*<(?:!doctype|html)\b/i,
    advice: 'webPage',
  },
  {
    isText: true,
    pattern: /^\ufeff?"?id"?[,;\t]/i,
    advice: 'oneTable',
  },
  {
    isText: true,
    pattern: /^\s*(?:\[\s*)?\{\s*"/,
    advice: 'json',
  },
];

const KNOWN_KINDS: readonly KnownKind[] = [
  {
    pattern: /PostgreSQL database cluster dump|^CREATE ROLE\b/m,
    advice: 'roles',
  },
];

/** The dump contains messages of the dump program itself: `2>&1`. */
const DUMP_WITH_MESSAGE = /^(?:mysqldump|mariadb-dump|pg_dump|pg_dumpall)(?:\.exe)?: /;

/** Everything before the first string literal: the text of an issue may contain anything. */
const withoutTexts = (opening: string): string => opening.slice(0, /'|$/.exec(opening)?.index);

const LIKE_SQL = /\b(?:CREATE TABLE|INSERT INTO|COPY)\b/i;

function adviceOn(kinds: readonly KnownKind[], opening: string): string | undefined {
  const head = withoutTexts(opening);
  const kind = kinds.find(({ pattern, isText }) =>
    isText === true ? pattern.test(opening) && !LIKE_SQL.test(opening) : pattern.test(head),
  );
  return kind && texts().strangers[kind.advice];
}

/** Throws InputError for a text that cannot be SQL at all, before trying to read it. */
export function refuseOtherText(input: string, opening: string): void {
  if (DUMP_WITH_MESSAGE.test(opening) && LIKE_SQL.test(opening)) {
    throw new InputError(texts().strangers.withMessage({ input }));
  }
  const advice = adviceOn(OTHER_TEXTS, opening);
  if (advice !== undefined) throw new ForeignInputError(texts().strangers.notReadable({ input, advice }));
}
