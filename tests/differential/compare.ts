/** Compares the rows that the program reads with those that the engine has. */
import fc from 'fast-check';
import { quoteName } from '../../src/engines/engineNamed.js';
import type { Dialect } from '../../src/formats/sql/syntax/Dialect.js';
import { literalOf, SESSIONS } from './literals.js';
import type { ReferenceEngine } from './ReferenceEngine.js';
import { printedValue, readDump, type TableRow, type Value } from './readDump.js';
import type { Script, Statement } from './Script.js';
import { type ColumnUnderTest, kindOf, TABLES } from './tables.js';

/** Values of one row of a table. */
export interface LiteralCase {
  readonly table: 'release' | 'lfs_object';
  readonly session: readonly string[];
  /** By column. */
  readonly values: Readonly<Record<string, string>>;
}

/** Number of cases by result. */
export interface Outcomes {
  same: number;
  refused: number;
  /** Rejected by the engine: there is nothing to compare. */
  invalid: number;
}

export const newOutcomes = (): Outcomes => ({ same: 0, refused: 0, invalid: 0 });

export const KEYS: Readonly<Record<LiteralCase['table'], string>> = { release: 'id', lfs_object: 'size' };

export function literalCase(dialect: Dialect): fc.Arbitrary<LiteralCase> {
  const session = fc.constantFrom(...SESSIONS[dialect]);
  const valuesOf = (columns: readonly ColumnUnderTest[]): fc.Arbitrary<[string, string]> =>
    fc.constantFrom(...columns).chain(({ name, kind }) => fc.tuple(fc.constant(name), literalOf(dialect, kind)));
  const columns = (TABLES['release'] ?? []).filter(({ name }) => name !== 'id');
  const plain = fc.record({
    table: fc.constant('release' as const),
    session,
    values: fc.array(valuesOf(columns), { minLength: 1, maxLength: 2 }).map(Object.fromEntries<string>),
  });
  const times = fc.record({
    table: fc.constant('lfs_object' as const),
    session,
    values: fc.record({ created_at: literalOf(dialect, 'time') }),
  });
  return fc.oneof({ weight: 9, arbitrary: plain }, { weight: 1, arbitrary: times });
}

export function createTable(dialect: Dialect, table: string): string {
  const columns = (TABLES[table] ?? []).map(({ name, types }) => `${quoteName(name, dialect)} ${types[dialect]}`);
  return `CREATE TABLE ${quoteName(table, dialect)} (${columns.join(', ')})${dialect === 'mysql' ? ' ENGINE=MyISAM' : ''}`;
}

const insertOf = (dialect: Dialect, { table, values }: LiteralCase, key: number): string => {
  const names = [KEYS[table], ...Object.keys(values)].map((name) => quoteName(name, dialect));
  return `INSERT INTO ${quoteName(table, dialect)} (${names.join(',')}) VALUES (${[key, ...Object.values(values)].join(',')})`;
};

const statements = (...texts: string[]): Statement[] => texts.map((sql) => ({ sql }));

export const literalScript = (dialect: Dialect, each: LiteralCase, key: number): Script => ({
  dialect,
  statements: statements(createTable(dialect, each.table), ...each.session, insertOf(dialect, each, key)),
});

/** Tries all cases in one session. Returns the differences. */
export async function compareLiterals(
  engine: ReferenceEngine,
  cases: readonly LiteralCase[],
  folder: string,
  outcomes: Outcomes,
): Promise<string[]> {
  const { dialect } = engine;
  await engine.reset();
  for (const table of Object.keys(KEYS)) await engine.execute({ sql: createTable(dialect, table) });
  const taken = new Set<number>();
  for (const [key, each] of cases.entries()) {
    try {
      for (const sql of each.session) await engine.execute({ sql });
      await engine.execute({ sql: insertOf(dialect, each, key) });
      taken.add(key);
    } catch {
      // The engine rejects it, so no such dump exists.
    }
    await engine.endSession();
  }
  const differences: string[] = [];
  for (const table of Object.keys(KEYS) as LiteralCase['table'][]) {
    const stored = (await engine.rows(table, undefined)) ?? [];
    for (const [key, each] of cases.entries()) {
      if (each.table !== table) continue;
      if (!taken.has(key)) {
        outcomes.invalid++;
        continue;
      }
      const script = literalScript(dialect, each, key);
      const rows = stored.filter((row) => row[KEYS[table]] === String(key));
      const difference = await differenceOf(script, new Map([[table, rows]]), folder, outcomes);
      if (difference !== undefined) differences.push(difference);
    }
  }
  return differences;
}

/** Loads a script and compares every table. Returns the differences. */
export async function compareScript(
  engine: ReferenceEngine,
  script: Script,
  folder: string,
  outcomes: Outcomes,
): Promise<string | undefined> {
  await engine.reset();
  try {
    for (const statement of script.statements) await engine.execute(statement);
  } catch {
    outcomes.invalid++;
    return undefined;
  }
  await engine.endSession();
  const { place, names } = await readDump(script, folder);
  const stored = new Map<string, readonly TableRow[]>();
  for (const table of Object.keys(TABLES)) {
    const rows = await engine.rows(names.get(table) ?? table, place);
    if (rows !== undefined) stored.set(table, rows);
  }
  return differenceOf(script, stored, folder, outcomes);
}

async function differenceOf(
  script: Script,
  stored: ReadonlyMap<string, readonly TableRow[]>,
  folder: string,
  outcomes: Outcomes,
): Promise<string | undefined> {
  const { tables, refusal } = await readDump(script, folder);
  if (refusal !== undefined) {
    outcomes.refused++;
    // The message must name the place.
    if (
      /line \d+|lacks the closing line|is not a dump of Gogs|contains \d databases|are the same table of Gogs/.test(
        refusal,
      )
    )
      return undefined;
    return `${describe(script)}\nis refused without a place: ${refusal}`;
  }
  for (const table of new Set([...stored.keys(), ...tables.keys()])) {
    const engine = listed(table, stored.get(table) ?? [], script.dialect);
    const program = listed(table, tables.get(table) ?? [], script.dialect);
    if (engine !== program)
      return `${describe(script)}\n${table} in the engine: ${engine}\n${table} as it is read: ${program}`;
  }
  outcomes.same++;
  return undefined;
}

/** The rows in a canonical order, with only the columns of Gogs. */
function listed(table: string, rows: readonly TableRow[], dialect: Dialect): string {
  const columns = (TABLES[table] ?? []).map(({ name }) => name);
  const texts = rows.map((row) =>
    JSON.stringify(columns.map((name): Value => printedValue(row[name] ?? null, kindOf(table, name, dialect)))),
  );
  return texts.sort().join('\n');
}

const describe = ({ statements: all }: Script): string =>
  all.map(({ sql, copy }) => (copy === undefined ? `${sql};` : `${sql};\n${copy}\\.`)).join('\n');
