/** Finds the Gogs database in a dump that may contain several: pg_dumpall, `mysqldump --all-databases`. */
import { InputError, UsageError } from '../core/errors.js';
import type { SqlDump, SqlTable } from '../formats/sql/dump/SqlDump.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { recognizeSqlTable } from './recognizeSqlTable.js';
import { texts } from './texts.js';

/** Tables that can refer to each other without naming a database or schema. */
export interface DumpedDatabase {
  /** A name for people; `(unnamed)` if the dump has none. */
  readonly label: string;
  readonly database: string | undefined;
  readonly tables: readonly SqlTable[];
}

export interface ChosenDatabase {
  readonly chosen: DumpedDatabase;
  readonly others: readonly DumpedDatabase[];
}

/** The value of `--database-name` for a database without a name in the dump. */
const UNNAMED_OPTION = 'unnamed';
const DEFAULT_SCHEMAS = new Set([undefined, 'public', 'main']);

export interface ChooseOptions {
  readonly history: GogsHistory;
  /** Its name, if it has one. */
  readonly name: string | undefined;
}

export function chooseDatabase(input: string, dump: SqlDump, { history, name: wanted }: ChooseOptions): ChosenDatabase {
  const databases = withDefinitions(databasesOf(dump));
  const pick = (chosen: DumpedDatabase): ChosenDatabase => ({
    chosen,
    others: databases.filter((database) => database !== chosen),
  });
  if (wanted !== undefined) return pick(named(input, databases, wanted));
  const [only, ...more] = databases;
  if (only === undefined) return pick({ label: texts().unnamed, database: undefined, tables: [] });
  if (more.length === 0) return pick(only);
  const whole = databases.filter((database) => isGogs(history, dump, database));
  const candidates =
    whole.length > 0
      ? whole
      : databases.filter((database) =>
          database.tables.some((table) => recognizeSqlTable(history, dump, table).table !== undefined),
        );
  const [candidate, ...rivals] = candidates;
  if (candidate === undefined) return pick(only);
  const several = rivals.length > 0 ? candidates : databases.filter((other) => mayBe(other, candidate));
  if (several.length === 1) return pick(candidate);
  throw new InputError(texts().severalDatabases({ input, count: several.length, names: list(several) }));
}

/** The one into which a dump without USE is loaded may be the one that it names elsewhere: then their tables are the same. */
function mayBe(one: DumpedDatabase, other: DumpedDatabase): boolean {
  if (one === other) return true;
  const names = new Set(other.tables.map(({ name }) => name));
  return (
    (one.database === undefined) !== (other.database === undefined) && one.tables.some(({ name }) => names.has(name))
  );
}

function databasesOf({ tables }: SqlDump): DumpedDatabase[] {
  const found = new Map<string, SqlTable[]>();
  for (const table of tables) {
    if (table.temporary) continue;
    const key = `${table.database ?? ''}\n${table.schema ?? ''}`;
    const neighbours = found.get(key);
    if (neighbours === undefined) found.set(key, [table]);
    else neighbours.push(table);
  }
  return [...found.values()].map((neighbours) => ({
    label: labelOf(neighbours[0]),
    database: neighbours[0]?.database,
    tables: neighbours,
  }));
}

/**
 * DBeaver names the database in its INSERT statements but not in its definitions. If one database has all the definitions and
 * the other all the rows, they are the same.
 */
function withDefinitions(databases: readonly DumpedDatabase[]): readonly DumpedDatabase[] {
  const [one, other, ...more] = databases;
  if (one === undefined || other === undefined || more.length > 0) return databases;
  const [unnamed, named] = one.label === texts().unnamed ? [one, other] : [other, one];
  const definitions = new Map(unnamed.tables.map((table) => [table.name, table]));
  const belongsTogether =
    unnamed.label === texts().unnamed &&
    unnamed.tables.every(({ statements }) => statements === 0) &&
    named.tables.every(({ name, definition }) => definition === undefined && definitions.has(name));
  if (!belongsTogether) return databases;
  const rows = new Map(named.tables.map((table) => [table.name, table]));
  const tables = unnamed.tables.map((table) => {
    const filled = rows.get(table.name);
    if (filled === undefined) return table;
    const { definition, columns, keys, firstId } = table;
    const nextId = filled.nextId ?? table.nextId;
    const [related, changes] = [table.related.concat(filled.related), table.changes.concat(filled.changes)];
    return { ...filled, definition, columns, keys, firstId, nextId, related, changes };
  });
  return [{ ...named, tables }];
}

function labelOf(table: SqlTable | undefined): string {
  if (table === undefined) return texts().unnamed;
  const { database, schema } = table;
  const parts = [database, DEFAULT_SCHEMAS.has(schema) ? undefined : schema].filter((part) => part !== undefined);
  return parts.length === 0 ? texts().unnamed : parts.join('.');
}

function named(input: string, databases: readonly DumpedDatabase[], wanted: string): DumpedDatabase {
  const label = wanted === UNNAMED_OPTION ? texts().unnamed : wanted;
  const found = databases.find((database) => database.label === label);
  if (found !== undefined) return found;
  throw new UsageError(texts().noSuchDatabase({ input, name: wanted, names: list(databases) || texts().noTable }));
}

const list = (databases: readonly DumpedDatabase[]): string => databases.map(({ label }) => label).join(', ');

/** Other programs have tables with these names too (MySQL itself has a `user`), but without the columns of Gogs. */
function isGogs(history: GogsHistory, dump: SqlDump, { tables }: DumpedDatabase): boolean {
  const names = new Set(tables.map((table) => recognizeSqlTable(history, dump, table).table?.name));
  return names.has('user') && names.has('repository');
}
