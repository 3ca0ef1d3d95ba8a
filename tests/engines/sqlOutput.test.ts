import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GOGS } from '../../src/gogs/gogsHistory.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { describeEngines, type EngineUnderTest } from '../support/engines.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';

type Rows = Record<string, Record<string, string | null>[]>;

const INSTANCES = [
  '0.9.141-mysql',
  '0.10.18-sqlite3',
  '0.11.91-postgres',
  '0.12.3-mysql',
  '0.12.3-postgres',
  '0.12.3-sqlite3',
];
const folder = temporaryFolder();

/** Written by in-place upgrades only: sizes are counted in the repositories. */
const NOT_IN_THE_DUMP: Readonly<Record<string, readonly string[]>> = { '0.9.141-mysql': ['repository.size'] };

describeEngines('sql_output', folder, (engine) => {
  beforeAll(() => engine.create());
  afterAll(() => engine.remove());

  test.each(INSTANCES)('a native dump of %s loads, with every row as after an upgrade in place', async (instance) => {
    const output = join(folder, `${engine.dialect}-${instance}.sql`);
    await upgrade(fixture(instance, 'native.sql'), output, { engine: engine.dialect });
    engine.create();
    engine.load(readFileSync(output));
    const expected = JSON.parse(readFileSync(fixture(instance, 'gogs-0.13.0-tables.json'), 'utf8')) as Rows;
    for (const [table, rows] of Object.entries(expected)) {
      const columns = columnsToCompare(table, rows).filter(
        (column) => !NOT_IN_THE_DUMP[instance]?.includes(`${table}.${column}`),
      );
      if (columns.length === 0) continue;
      const loaded = readRows(engine, table, columns);
      const wanted = rows.map((row) => columns.map((column) => comparable(table, column, row[column] ?? null)));
      expect([table, sorted(withoutKeptWebhooks(table, loaded, wanted))]).toEqual([table, sorted(wanted)]);
    }
  });

  test('a backup zip goes into the database and the files apart, and its rows are those of the dump', async () => {
    const [sql, zip] = [join(folder, `${engine.dialect}.sql`), join(folder, `${engine.dialect}.zip`)];
    await upgrade(fixture('0.12.3-mysql', 'backup.zip'), zip, { sql, engine: engine.dialect });
    engine.create();
    engine.load(readFileSync(sql));
    const expected = JSON.parse(readFileSync(fixture('0.12.3-mysql', 'gogs-0.13.0-tables.json'), 'utf8')) as Rows;
    for (const [table, rows] of Object.entries(expected)) {
      const columns = columnsToCompare(table, rows);
      if (columns.length === 0) continue;
      // JSON has no NULL: it was '' or 0 or false there.
      const empty = (values: (string | null)[]): string[] =>
        values.map((value) => (value === '0' ? '' : (value ?? '')));
      const loaded = readRows(engine, table, columns).map(empty);
      const wanted = rows.map((row) => empty(columns.map((column) => comparable(table, column, row[column] ?? null))));
      expect([table, sorted(loaded)]).toEqual([table, sorted(wanted)]);
    }
  });

  test('loading it into a database that is not empty fails, unless it may drop what is there', async () => {
    const [careful, bold] = [join(folder, `${engine.dialect}-careful.sql`), join(folder, `${engine.dialect}-bold.sql`)];
    const input = fixture('0.12.3-sqlite3', 'native.sql');
    await upgrade(input, careful, { engine: engine.dialect });
    await upgrade(input, bold, { engine: engine.dialect, dropExisting: true });
    engine.create();
    engine.load(readFileSync(careful));
    expect(() => engine.load(readFileSync(careful))).toThrow();
    engine.load(readFileSync(bold));
    expect(readRows(engine, 'star', ['id'])).toHaveLength(6);
  });
});

/** Columns that the dumped database and the target's schema have. */
function columnsToCompare(table: string, rows: Rows[string]): string[] {
  const present = new Set(rows.flatMap((row) => Object.keys(row)));
  const columns = GOGS.tableNamed(table)?.columns ?? [];
  return columns
    .filter(({ name, derived, until }) => !derived && until === undefined && present.has(name))
    .map(({ name }) => name);
}

const SEPARATOR = ',';

/** Hex of each value's text, so that no client's quoting is in the way. */
function readRows(engine: EngineUnderTest, table: string, columns: readonly string[]): (string | null)[][] {
  const quote = engine.dialect === 'mysql' ? '`' : '"';
  const hex = (column: string): string => {
    const name = `${quote}${column}${quote}`;
    switch (engine.dialect) {
      case 'mysql':
        return `COALESCE(HEX(CAST(${name} AS CHAR CHARACTER SET utf8mb4)), 'NULL')`;
      case 'postgres':
        return `COALESCE(encode(convert_to(${name}::text, 'UTF8'), 'hex'), 'NULL')`;
      case 'sqlite3':
        // hex(NULL) is '' there.
        return `CASE WHEN ${name} IS NULL THEN 'NULL' ELSE hex(CAST(${name} AS TEXT)) END`;
    }
  };
  const row = columns.map(hex).join(engine.dialect === 'mysql' ? `, '${SEPARATOR}', ` : ` || '${SEPARATOR}' || `);
  const text = engine.ask(
    `SELECT ${engine.dialect === 'mysql' ? `CONCAT(${row})` : row} FROM ${quote}${table}${quote}`,
  );
  if (text === '') return [];
  return text.split('\n').map((line) =>
    line.split(SEPARATOR).map((value, index) => {
      const column = columns[index] ?? '';
      return comparable(table, column, value === 'NULL' ? null : Buffer.from(value, 'hex').toString('utf8'));
    }),
  );
}

/** The same for the same value, whichever engine printed it. */
function comparable(table: string, name: string, value: string | null): string | null {
  const kind = GOGS.tableNamed(table)?.columns.find((column) => column.name === name)?.kind;
  if (value === null) return null;
  if (kind === 'boolean') return ['1', 't', 'true'].includes(value.toLowerCase()) ? '1' : '0';
  if (kind === 'time') return value.replace('T', ' ').replace(/(?:\.0+)?(?:Z|\+00(?::00)?)?$/, '');
  return value;
}

/** Gogs deletes the webhooks of organizations from before 0.11.91, and we keep them. */
function withoutKeptWebhooks<T>(table: string, ours: T[][], wanted: T[][]): T[][] {
  const ids = new Set(wanted.map(([id]) => id));
  return table === 'webhook' ? ours.filter(([id]) => ids.has(id as T)) : ours;
}

const sorted = (rows: readonly (readonly (string | null)[])[]): string[] =>
  rows.map((row) => JSON.stringify(row)).sort();
