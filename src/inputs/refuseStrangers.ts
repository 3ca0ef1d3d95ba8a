/** An input has to prove that it is Gogs: it has tables of Gogs, with the columns of Gogs. */
import { ForeignInputError, InputError } from '../core/errors.js';
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
    adviceOnPrefix(names, history) ??
    adviceOnText((await source.opening?.()) ?? '') ??
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
function adviceOnPrefix(names: readonly string[], { tables }: GogsHistory): string | undefined {
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
  return (
    `Its tables have the prefix ${JSON.stringify(prefix)}, which Gogs does not use. If they are those of Gogs, rename them ` +
    '(`ALTER TABLE … RENAME TO …`) in a copy of the database, and dump that.'
  );
}

interface KnownKind {
  readonly pattern: RegExp;
  readonly advice: string;
}

const KNOWN_KINDS: readonly KnownKind[] = [
  {
    pattern: /^\s*(?:<\?xml|<mysqldump|<pma_xml_export)/,
    advice: 'It is XML: export the database as SQL (mysqldump without --xml; in phpMyAdmin choose the format SQL).',
  },
  {
    pattern: /^GO\s*$|\[dbo\]\.|^SET (?:ANSI_NULLS|QUOTED_IDENTIFIER|IDENTITY_INSERT)\b/m,
    advice:
      'It is a script of SQL Server: run `gogs backup` on the old server instead, whose backup is the same for every engine.',
  },
  {
    pattern: /PostgreSQL database cluster dump|^CREATE ROLE\b/m,
    advice: 'It holds roles, as of pg_dumpall --globals-only: dump the database itself with pg_dump.',
  },
];

function adviceOnText(opening: string): string | undefined {
  return KNOWN_KINDS.find(({ pattern }) => pattern.test(opening))?.advice;
}

/** Throws InputError for a text that cannot be read as SQL at all, before that is tried. */
export function refuseOtherText(input: string, opening: string): void {
  const [xml, sqlServer] = KNOWN_KINDS;
  for (const kind of [xml, sqlServer]) {
    if (kind?.pattern.test(opening))
      throw new ForeignInputError(`${input} is no dump of Gogs that can be read. ${kind.advice}`);
  }
}
