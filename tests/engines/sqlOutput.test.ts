import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { GOGS } from '../../src/gogs/gogsHistory.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { describeEngines, type EngineUnderTest } from '../support/engines.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';

type JsonTables = Record<string, Record<string, string | null>[]>;
type Values = (string | null)[];

interface ExpectedTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly Values[];
}

const INSTANCES = [
  '0.9.141-mysql',
  '0.10.18-sqlite3',
  '0.11.91-postgres',
  '0.12.3-mysql',
  '0.12.3-postgres',
  '0.12.3-sqlite3',
];
const folder = temporaryFolder();

/** Only computed by in-place upgrades, which measure the sizes of the repositories. */
const NOT_IN_THE_DUMP: Readonly<Record<string, readonly string[]>> = { '0.9.141-mysql': ['repository.size'] };

describeEngines('sql_output', folder, (engine) => {
  afterAll(() => engine.remove());

  test.each(INSTANCES)('a native dump of %s loads, with every row as after an upgrade in place', async (instance) => {
    const output = join(folder, `${engine.dialect}-${instance}.sql`);
    await upgrade(fixture(instance, 'native.sql'), output, { engine: engine.dialect });
    engine.create();
    engine.load(readFileSync(output));
    const expected = tablesAfterUpgradeInPlace(instance, NOT_IN_THE_DUMP[instance]);
    const loaded = readRows(engine, expected);
    for (const { table, rows } of expected) {
      const found = withoutKeptWebhooks(table, loaded.get(table) ?? [], rows);
      expect([table, sorted(found)]).toEqual([table, sorted(rows)]);
    }
  });

  test('a backup zip is split into database and files, and its rows are those of the dump', async () => {
    const [sql, zip] = [join(folder, `${engine.dialect}.sql`), join(folder, `${engine.dialect}.zip`)];
    await upgrade(fixture('0.12.3-mysql', 'backup.zip'), zip, { sql, engine: engine.dialect });
    engine.create();
    engine.load(readFileSync(sql));
    const expected = tablesAfterUpgradeInPlace('0.12.3-mysql');
    const loaded = readRows(engine, expected);
    // JSON has no NULL: it has '', 0 or false instead.
    const empty = (rows: readonly Values[]): Values[] =>
      rows.map((row) => row.map((value) => (value === '0' ? '' : (value ?? ''))));
    for (const { table, rows } of expected) {
      expect([table, sorted(empty(loaded.get(table) ?? []))]).toEqual([table, sorted(empty(rows))]);
    }
  });

  test('loading it into a database that is not empty fails, unless it may drop existing tables', async () => {
    const [careful, bold] = [join(folder, `${engine.dialect}-careful.sql`), join(folder, `${engine.dialect}-bold.sql`)];
    const input = fixture('0.12.3-sqlite3', 'native.sql');
    await upgrade(input, careful, { engine: engine.dialect });
    await upgrade(input, bold, { engine: engine.dialect, dropExisting: true });
    engine.create();
    engine.load(readFileSync(careful));
    expect(() => engine.load(readFileSync(careful))).toThrow();
    engine.load(readFileSync(bold));
    expect(engine.ask('SELECT count(*) FROM star')).toBe('6');
  });
});

/** The rows after Gogs' own upgrade of the database, with the columns that exist in both the dump and the target's schema. */
function tablesAfterUpgradeInPlace(instance: string, left: readonly string[] = []): ExpectedTable[] {
  const tables = JSON.parse(readFileSync(fixture(instance, 'gogs-0.13.0-tables.json'), 'utf8')) as JsonTables;
  return Object.entries(tables).flatMap(([table, rows]) => {
    const present = new Set(rows.flatMap((row) => Object.keys(row)));
    const columns = (GOGS.tableNamed(table)?.columns ?? [])
      .filter(({ name, derived, until }) => !derived && until === undefined && present.has(name))
      .map(({ name }) => name)
      .filter((name) => !left.includes(`${table}.${name}`));
    if (columns.length === 0) return [];
    const values = rows.map((row) => columns.map((column) => comparable(table, column, row[column] ?? null)));
    return [{ table, columns, rows: values }];
  });
}

const SEPARATOR = ',';

/** Rows of the tables by name, queried as hexadecimal text, so that the client's quoting does not matter. */
function readRows(engine: EngineUnderTest, tables: readonly ExpectedTable[]): Map<string, Values[]> {
  const quote = engine.dialect === 'mysql' ? '`' : '"';
  const hex = (column: string): string => {
    const name = `${quote}${column}${quote}`;
    switch (engine.dialect) {
      case 'mysql':
        return `COALESCE(HEX(CAST(${name} AS CHAR CHARACTER SET utf8mb4)), 'NULL')`;
      case 'postgres':
        return `COALESCE(encode(convert_to(${name}::text, 'UTF8'), 'hex'), 'NULL')`;
      case 'sqlite3':
        // hex(NULL) is '' in SQLite.
        return `CASE WHEN ${name} IS NULL THEN 'NULL' ELSE hex(CAST(${name} AS TEXT)) END`;
    }
  };
  const queries = tables.map(({ table, columns }) => {
    const row = columns.map(hex).join(engine.dialect === 'mysql' ? `, '${SEPARATOR}', ` : ` || '${SEPARATOR}' || `);
    return `SELECT ${engine.dialect === 'mysql' ? `CONCAT(${row})` : row} FROM ${quote}${table}${quote}`;
  });
  const read = ({ table, columns }: ExpectedTable, line: string): Values =>
    line.split(SEPARATOR).map((value, index) => {
      const text = value === 'NULL' ? null : Buffer.from(value, 'hex').toString('utf8');
      return comparable(table, columns[index] ?? '', text);
    });
  const answers = engine.askAll(queries);
  expect(answers).toHaveLength(tables.length);
  return new Map(
    tables.map((expected, index) => {
      const lines = (answers[index] ?? '').split('\n').filter((line) => line !== '');
      return [expected.table, lines.map((line) => read(expected, line))];
    }),
  );
}

/** A canonical form of a value, independent of the engine that printed it. */
function comparable(table: string, name: string, value: string | null): string | null {
  const kind = GOGS.tableNamed(table)?.columns.find((column) => column.name === name)?.kind;
  if (value === null) return null;
  if (kind === 'boolean') return ['1', 't', 'true'].includes(value.toLowerCase()) ? '1' : '0';
  if (kind === 'time') return value.replace('T', ' ').replace(/(?:\.0+)?(?:Z|\+00(?::00)?)?$/, '');
  return value;
}

/** Gogs deletes the webhooks of organizations from before 0.11.91; we keep them. */
function withoutKeptWebhooks(table: string, ours: readonly Values[], wanted: readonly Values[]): readonly Values[] {
  const ids = new Set(wanted.map(([id]) => id));
  return table === 'webhook' ? ours.filter(([id]) => id !== undefined && ids.has(id)) : ours;
}

const sorted = (rows: readonly Values[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
