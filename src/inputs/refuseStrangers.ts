/** An input has to prove that it is Gogs: it has tables of Gogs, with the columns of Gogs. */
import { ForeignInputError, InputError } from '../core/errors.js';
import type { Engine } from '../engines/Engine.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import type { Table } from '../gogs/tables.js';
import { refuseOtherPrograms } from './otherPrograms.js';
import type { Source } from './Source.js';

export interface Proof {
  readonly history: GogsHistory;
  /** Only the files are wanted: no table is needed. */
  readonly filesOnly: boolean;
}

/** Throws InputError for what is no Gogs, or has none of its tables. */
export async function refuseStrangers(source: Source, { history, filesOnly }: Proof): Promise<void> {
  const { input, form, tables, foreignTables } = source;
  refuseOtherPrograms(source);
  refuseTwice(source);
  if (form === 'gogs backup') {
    if (tables.length > 0 || filesOnly) return;
    throw new InputError(
      `Cannot use ${input}: it holds no database, only files. Use a backup that has one. ` +
        'If the files are all that you want, because the database comes as SQL, say so with --files-only.',
    );
  }
  if (isEnough(source)) return;
  const names = foreignTables.map(({ name }) => name);
  const advice =
    adviceOnPrefix(names, history, source.engine) ??
    adviceOn(KNOWN_KINDS, (await source.opening?.()) ?? '') ??
    'Give the zip that `gogs backup` wrote, or a dump of the database of Gogs.';
  throw new ForeignInputError(`${input} is no ${NOUNS[form]} of Gogs: ${whatIsThere(source)}. ${advice}`);
}

/** `user.csv` and `User.csv`: nobody knows which of them counts. */
function refuseTwice({ input, tables }: Source): void {
  const seen = new Map<Table, string>();
  for (const { table, place } of tables) {
    const other = seen.get(table);
    if (other !== undefined) {
      throw new InputError(
        `Cannot use ${input}: ${other} and ${place} are one table of Gogs. Keep the one that counts.`,
      );
    }
    seen.set(table, place);
  }
}

const NOUNS: Readonly<Record<Source['form'], string>> = {
  'gogs backup': 'backup',
  'gogs dump': 'dump',
  'SQL dump': 'dump',
  'SQLite database': 'database',
  'CSV files': 'export',
  'Gogs folder': 'folder',
};

/** Tables of Gogs that any program may have one like: `version` has the columns id and version. */
const PLAIN_TABLES: ReadonlySet<string> = new Set(['version', 'upload']);

const isEnough = ({ tables }: Source): boolean => tables.some(({ table }) => !PLAIN_TABLES.has(table.name));

/** So many tables with one prefix are no accident. */
const MANY_TABLES = 3;

const MOST_NAMES = 5;

function whatIsThere({ tables, foreignTables }: Source): string {
  const names = [...tables.map(({ table }) => table.name), ...foreignTables.map(({ name }) => name)];
  const namesake = foreignTables.find(({ lacks = [] }) => lacks.length > 0);
  const first = tables.length === 0 ? 'none of its tables is there' : 'hardly any of its tables is there';
  if (names.length === 0) return `${first}; it has no table at all`;
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const lack =
    namesake === undefined ? '' : ` (table ${namesake.name} is another one: it lacks ${shorten(namesake.lacks ?? [])})`;
  return `${first}; it has ${names.slice(0, MOST_NAMES).join(', ')}${more}${lack}`;
}

const shorten = (names: readonly string[]): string =>
  names.length > MOST_NAMES ? `${names.slice(0, MOST_NAMES - 1).join(', ')}, …` : names.join(', ');

/** `gogs_user`, `gogs_repository`, …: Gogs itself puts nothing before the names. */
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
  const rename = renamesOf(engine ?? 'mysql', prefix.length + 1);
  return (
    `Its tables have the prefix ${JSON.stringify(prefix)}, which Gogs does not use. If they are those of Gogs, rename them in a copy of the database, ` +
    `and dump that: this query writes the statements. ${rename.replace('PREFIX', () => `${prefix.replaceAll("'", "''")}%`)}`
  );
}

/** Writes a statement for each table of a database; names go on from the character `from`. */
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
  readonly advice: string;
  /** It is no SQL: the pattern counts only where nothing else looks like it. */
  readonly isText?: boolean;
}

/** Texts that no reader of SQL is tried on. */
const OTHER_TEXTS: readonly KnownKind[] = [
  {
    pattern: /^\s*(?:<\?xml|<mysqldump|<pma_xml_export)/,
    advice:
      'It is XML: export the database as SQL, with `mysqldump --default-character-set=utf8mb4 gogs > dump.sql`, or in phpMyAdmin with the format SQL.',
  },
  {
    pattern: /^GO\s*$|\[dbo\]\.|^SET (?:ANSI_NULLS|QUOTED_IDENTIFIER|IDENTITY_INSERT)\b/m,
    advice:
      'It is a script of SQL Server. Run `gogs backup` on the old server instead: its backup is the same for every engine. Where only the database is left, ' +
      'load the script into a SQL Server, install the Gogs of that time beside it with the old app.ini, and run `gogs backup` there.',
  },
  {
    isText: true,
    pattern: /^(?:mysqldump|mariadb-dump|mysqlpump|pg_dump|pg_dumpall|pg_restore|psql|sqlite3|gogs|docker)(?:\.exe)?: /,
    advice:
      'It is, or holds, an error message of the program that should have written the dump: mend what it names, and make the dump anew.',
  },
  {
    isText: true,
    pattern: /^the input device is not a TTY/,
    advice: 'It is an error message of docker: leave `-t` out of `docker exec -it`, and make the dump anew.',
  },
  {
    isText: true,
    pattern: /^\s*<(?:!doctype|html)\b/i,
    advice: 'It is a page of the web, perhaps one that asks to sign in: download the dump anew.',
  },
  {
    isText: true,
    pattern: /^\ufeff?"?id"?[,;\t]/i,
    advice:
      'It is one table as CSV: put a file for each table into a folder, named after its table as in user.csv, and give the folder.',
  },
  {
    isText: true,
    pattern: /^\s*(?:\[\s*)?\{\s*"/,
    advice: 'It is JSON: export the database as SQL, in phpMyAdmin with the format SQL.',
  },
];

const KNOWN_KINDS: readonly KnownKind[] = [
  {
    pattern: /PostgreSQL database cluster dump|^CREATE ROLE\b/m,
    advice: 'It holds roles, as of pg_dumpall --globals-only: dump the database itself with `pg_dump gogs > dump.sql`.',
  },
];

/** Into the dump came what mysqldump says of itself: `2>&1`. */
const DUMP_WITH_MESSAGE = /^(?:mysqldump|mariadb-dump|pg_dump|pg_dumpall)(?:\.exe)?: /;

/** What stands before the first text: an issue may be about anything. */
const withoutTexts = (opening: string): string => opening.slice(0, /'|$/.exec(opening)?.index);

const LIKE_SQL = /\b(?:CREATE TABLE|INSERT INTO|COPY)\b/i;

function adviceOn(kinds: readonly KnownKind[], opening: string): string | undefined {
  const head = withoutTexts(opening);
  return kinds.find(({ pattern, isText }) =>
    isText === true ? pattern.test(opening) && !LIKE_SQL.test(opening) : pattern.test(head),
  )?.advice;
}

/** Throws InputError for a text that cannot be read as SQL at all, before that is tried. */
export function refuseOtherText(input: string, opening: string): void {
  if (DUMP_WITH_MESSAGE.test(opening) && LIKE_SQL.test(opening)) {
    throw new InputError(
      `Cannot read ${input}: it begins with a message of the program that wrote the dump, which came into the file by 2>&1. ` +
        'Take those lines out, such as the first one by `tail -n +2 dump.sql > mended.sql`, and give that.',
    );
  }
  const advice = adviceOn(OTHER_TEXTS, opening);
  if (advice !== undefined) throw new ForeignInputError(`${input} is no dump of Gogs that can be read. ${advice}`);
}
