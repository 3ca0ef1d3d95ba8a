import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import sqlite from 'node-sqlite3-wasm';
import { InputError } from '../../../src/core/errors.js';
import { CellKind, Row } from '../../../src/core/rows.js';
import { KeyBudget } from '../../../src/formats/sqlite/KeyBudget.js';
import { NewDatabase } from '../../../src/formats/sqlite/NewDatabase.js';
import { SqliteFileWriter } from '../../../src/formats/sqlite/SqliteFileWriter.js';
import { effort, runs } from '../../support/effort.js';
import { temporaryFolder } from '../../support/fixtures.js';
import { tableDefinitions } from '../../support/tableDefinitions.js';

const scratch = temporaryFolder();
let files = 0;
const newPath = (): string => join(scratch, `${files++}.db`);

type Value = string | bigint | null;
type Database = InstanceType<typeof sqlite.Database>;

/** Texts are in hexadecimal, so that bytes which are not UTF-8 can be given. */
interface Case {
  readonly hasId: boolean;
  readonly isUnique: boolean;
  readonly indexes: readonly { readonly isUnique: boolean; readonly columns: readonly string[] }[];
  readonly rows: readonly { readonly id: bigint; readonly number: Value; readonly text: Value; readonly name: Value }[];
  readonly budget: number | undefined;
}

const columnsOf = ({ hasId }: Case) =>
  [
    ...(hasId ? [{ name: 'id', kind: 'integer', index: 0, type: 'INTEGER', nullable: false } as const] : []),
    { name: 'number', kind: 'integer', index: 1, type: 'INTEGER', nullable: true },
    { name: 'text', kind: 'text', index: 2, type: 'TEXT', nullable: true },
    { name: 'name', kind: 'text', index: 3, type: 'VARCHAR(40)', nullable: true },
    { name: 'flag', kind: 'boolean', index: 4, type: 'NUMERIC', nullable: false, default: 'true' },
  ] as const;

const tableOf = ({ hasId, isUnique }: Case): string =>
  `CREATE TABLE \`t\` (${hasId ? '`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, ' : ''}\`number\` INTEGER NULL, ` +
  `\`text\` TEXT NULL, \`name\` VARCHAR(40)${isUnique ? ' UNIQUE' : ''}, \`flag\` NUMERIC NOT NULL DEFAULT true` +
  `${hasId ? '' : ', PRIMARY KEY (`number`,`name`)'});\nCREATE TABLE \`other\` (\`id\` integer,PRIMARY KEY (\`id\`));\n`;

const indexesOf = ({ indexes }: Case): string =>
  indexes
    .map(({ isUnique, columns }, index) => {
      const list = columns.map((column) => `\`${column}\``).join(',');
      return `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX \`i_${index}\` ON \`t\` (${list});\n`;
    })
    .join('');

const AFTER =
  "DELETE FROM sqlite_sequence WHERE name = 't';\nINSERT INTO sqlite_sequence (name, seq) VALUES ('t', 99999);\n";

async function byUs(path: string, given: Case): Promise<void> {
  const budget = given.budget === undefined ? undefined : new KeyBudget(given.budget);
  const writer = SqliteFileWriter.create(path, path, budget);
  try {
    await writer.execute(`PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n${tableOf(given)}`);
    writer.awaitIndexes(indexesOf(given));
    const table = writer.beginTable('t', columnsOf(given));
    const row = new Row(5);
    for (const [index, { id, number, text, name }] of given.rows.entries()) {
      row.clear();
      row.cell(0).set(CellKind.Number, Buffer.from(String(id)));
      if (number === null) row.cell(1).set(CellKind.Null);
      else row.cell(1).set(CellKind.Number, Buffer.from(String(number)));
      for (const [column, value] of [text, name].entries()) {
        if (value === null) row.cell(2 + column).set(CellKind.Null);
        else row.cell(2 + column).set(CellKind.Text, Buffer.from(String(value), 'hex'));
      }
      table.row(row);
      if (index % 100 === 0) await table.drain();
    }
    await table.finish();
    await writer.execute(indexesOf(given) + (given.hasId ? AFTER : ''));
    await writer.execute('COMMIT;\n');
    await writer.close();
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

function bySqlite(path: string, given: Case): void {
  const database = new sqlite.Database(path);
  try {
    database.exec(`BEGIN;${tableOf(given)}`);
    const names = given.hasId ? 'id, number, text, name' : 'number, text, name';
    const insert = database.prepare(
      `INSERT INTO t (${names}) VALUES (${given.hasId ? '?, ' : ''}?, CAST(? AS TEXT), CAST(? AS TEXT))`,
    );
    const bytes = (value: Value): Buffer | null => (value === null ? null : Buffer.from(String(value), 'hex'));
    for (const { id, number, text, name } of given.rows) {
      insert.run([...(given.hasId ? [id] : []), number, bytes(text), bytes(name)]);
    }
    insert.finalize();
    database.exec(`${indexesOf(given)}${given.hasId ? AFTER : ''}COMMIT`);
  } finally {
    database.close();
  }
}

/** Everything that a database holds, read by its tables and again by each of its indexes. */
function contentOf(path: string): unknown {
  const database = new sqlite.Database(path);
  try {
    const all = (sql: string): unknown[] => database.all(sql).map((row) => Object.values(row).map(String));
    const exact = (columns: string): string =>
      columns.replaceAll(/\w+/g, (name) => `typeof(${name}), quote(CAST(${name} AS BLOB))`);
    const indexes = database.all("SELECT name FROM sqlite_schema WHERE type = 'index'").map(({ name }) => String(name));
    return {
      check: all('PRAGMA integrity_check'),
      schema: all('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid'),
      rows: all(`SELECT rowid, ${exact('number, text, name, flag')} FROM t NOT INDEXED ORDER BY rowid`),
      lastIds: indexes.length >= 0 && hasTable(database, 'sqlite_sequence') ? all('SELECT * FROM sqlite_sequence') : [],
      indexes: indexes.map((index) => {
        const columns = database.all(`SELECT name FROM pragma_index_info('${index}')`).map(({ name }) => String(name));
        const order = columns.join(', ');
        return [
          all(`SELECT rowid, ${exact(order)} FROM t INDEXED BY ${index} ORDER BY ${order}, rowid`),
          all(`EXPLAIN QUERY PLAN SELECT rowid FROM t WHERE ${columns[0]} = 1 ORDER BY ${order}`).map(String),
        ];
      }),
    };
  } finally {
    database.close();
  }
}

function hasTable(database: Database, name: string): boolean {
  return database.all('SELECT 1 FROM sqlite_schema WHERE name = ?', [name]).length > 0;
}

/** SQLite writes the number of its release into the header of each database that it changes. */
function isMadeWithoutSqlite(path: string): boolean {
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(4);
  readSync(file, bytes, 0, 4, 96);
  closeSync(file);
  return bytes.readUInt32BE() === 3_040_000;
}

async function expectTheSame(given: Case): Promise<'made' | 'by SQLite' | 'refused'> {
  const [ours, expected] = [newPath(), newPath()];
  let refusal: unknown;
  try {
    bySqlite(expected, given);
  } catch (error) {
    refusal = error;
  }
  try {
    if (refusal !== undefined) {
      const failure = byUs(ours, given);
      await expect(failure).rejects.toThrow(InputError);
      await expect(failure).rejects.toThrow(/two rows have the same t\.\w+(, t\.\w+)*, which/);
      return 'refused';
    }
    await byUs(ours, given);
    const content = contentOf(ours);
    expect(content).toEqual(contentOf(expected));
    expect(content).toMatchObject({ check: [['ok']] });
    return isMadeWithoutSqlite(ours) ? 'made' : 'by SQLite';
  } finally {
    rmSync(ours, { force: true });
    rmSync(expected, { force: true });
  }
}

const hex = (text: string): string => Buffer.from(text).toString('hex');

const texts = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 4, arbitrary: fc.string({ maxLength: 3, unit: fc.constantFrom('a', 'b', '\0', 'ü', '12') }).map(hex) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('hex')) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(900, 1100, 4000, 4096, 20_000), fc.constantFrom('', 'a', 'b'))
      .map(([length, end]) => hex('x'.repeat(length) + end)),
  },
);
const numbers = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 5, arbitrary: fc.bigInt({ min: -3n, max: 3n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 47n, -(2n ** 47n), 127n, 128n),
  },
);
const names = ['number', 'text', 'name', 'flag'];
const cases: fc.Arbitrary<Case> = fc.record({
  hasId: fc.boolean(),
  isUnique: fc.boolean(),
  indexes: fc.array(
    fc.record({
      isUnique: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
      columns: fc.shuffledSubarray(names, { minLength: 1 }),
    }),
    { maxLength: 3 },
  ),
  rows: fc
    .tuple(
      fc.uniqueArray(fc.bigInt({ min: 0n, max: 300n }), { maxLength: 60 }),
      fc.boolean(),
      fc.boolean(),
      fc.array(fc.record({ number: numbers, text: texts, name: texts }), { minLength: 60, maxLength: 60 }),
    )
    .map(([ids, isSorted, areNamed, values]) =>
      (isSorted ? ids.sort((a, b) => Number(a - b)) : ids).map((id, index) => {
        const { number = null, text = null, name = null } = values[index] ?? {};
        // So that not every unique key is violated.
        return { id, number, text, name: areNamed && name !== null ? name + hex(`/${id}`) : name };
      }),
    ),
  budget: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(0, 3000, 10_000) },
  ),
});

test('whatever its rows and indexes are, it holds the same as one that SQLite makes', async () => {
  const counts = { made: 0, 'by SQLite': 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(cases, async (given) => {
      counts[await expectTheSame(given)]++;
    }),
    { seed: effort('SEED', 20_201_007), numRuns: runs(60), endOnFailure: true },
  );
  expect(counts.made).toBeGreaterThan(10);
  expect(counts['by SQLite']).toBeGreaterThan(2);
  expect(counts.refused).toBeGreaterThan(2);
});

test.each([
  ['numbers', 2500, (i: number) => [BigInt((i * 7919) % 101) - 50n, hex(`${i % 13}`), hex(`name ${i}`)]],
  [
    'long keys',
    700,
    (i: number) => [BigInt(i % 7), hex('x'.repeat(900) + ((i * 7919) % 3001)), hex(`${i}`.padEnd(1500, 'y'))],
  ],
  ['large numbers', 1500, (i: number) => [2n ** 53n + BigInt((i * 31) % 3000), null, hex(`${i}`)]],
  [
    'mixed values',
    2000,
    (i: number) => [i % 5 === 0 ? null : BigInt(i % 9), i % 3 === 0 ? null : hex('ü'.repeat(i % 9)), null],
  ],
] as const)(
  'thousands of rows are in trees of several levels, and in the order of their keys: %s',
  async (_, count, of) => {
    for (const order of ['ascending', 'descending']) {
      const rows = Array.from({ length: count }, (__, i) => {
        const [number = null, text = null, name = null] = of(i) as readonly Value[];
        return { id: BigInt(order === 'ascending' ? i : count - i), number, text, name };
      });
      const indexes = [['number'], ['text'], ['number', 'text'], ['name', 'number'], ['flag']];
      const given = {
        hasId: true,
        isUnique: true,
        indexes: indexes.map((columns) => ({ isUnique: columns.includes('name'), columns })),
        rows,
        budget: undefined,
      };
      expect(await expectTheSame(given)).toBe('made');
      if (order === 'ascending') expect(await expectTheSame({ ...given, budget: 100_000 })).toBe('by SQLite');
    }
  },
);

test.each([
  ['the last of ascending ones', (i: number) => (i === 119 ? 0 : i + 1)],
  ['all of them', (i: number) => 200 - i],
])("rows that are out of order after the first megabytes are SQLite's: %s", async (_, idOf) => {
  const long = hex('z'.repeat(100_000));
  const rows = Array.from({ length: 120 }, (__, i) => ({
    id: BigInt(idOf(i)),
    number: BigInt(i % 3),
    text: long,
    name: hex(`${i}`),
  }));
  const indexes = [{ isUnique: false, columns: ['number'] }];
  expect(await expectTheSame({ hasId: true, isUnique: true, indexes, rows, budget: undefined })).toBe('by SQLite');
});

test('definitions of tables are accepted only if SQLite makes the same of them', () => {
  let accepted = 0;
  fc.assert(
    fc.property(tableDefinitions, (sql) => {
      const [ours, expected] = [newPath(), newPath()];
      const made = NewDatabase.create(ours, ours);
      const rest = made.execute(`${sql};\nCREATE TABLE next (a INTEGER PRIMARY KEY);\n`);
      made.complete();
      if (rest !== '') return;
      accepted++;
      const database = new sqlite.Database(expected);
      database.exec(`${sql};\nCREATE TABLE next (a INTEGER PRIMARY KEY);\n`);
      database.close();
      const schema = 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid';
      const ask = (path: string): string =>
        execFileSync('sqlite3', [path, schema, 'PRAGMA integrity_check', 'SELECT * FROM t'], { encoding: 'utf8' });
      expect(ask(ours)).toBe(ask(expected));
      rmSync(ours);
      rmSync(expected);
    }),
    { numRuns: runs(200) },
  );
  expect(accepted).toBeGreaterThan(10);
});

test.each([
  "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT COLLATE NOCASE); INSERT INTO t VALUES (1, 'x;y')",
  '/* ; */ CREATE TABLE t (a INTEGER PRIMARY KEY);',
  '-- it is; not said\nCREATE TABLE t (a INTEGER PRIMARY KEY)',
  'CREATE TABLE s (a INTEGER PRIMARY KEY);-- it\'s; "not\nCREATE TABLE t (a INTEGER PRIMARY KEY)',
  '-- CREATE TABLE u (a TEXT);\nCREATE TABLE t (a INTEGER PRIMARY KEY)',
  'CREATE TABLE t (a INTEGER PRIMARY KEY); CREATE INDEX i ON t (a DESC)',
  'CREATE TABLE t (a INTEGER PRIMARY KEY); CREATE VIEW v AS SELECT * FROM t',
])('other statements are executed by SQLite: %s', async (sql) => {
  const [ours, expected] = [newPath(), newPath()];
  const writer = SqliteFileWriter.create(ours);
  await writer.execute(sql);
  await writer.close();
  const database = new sqlite.Database(expected);
  database.exec(sql);
  database.close();
  const dump = (path: string): string => execFileSync('sqlite3', [path, '.dump'], { encoding: 'utf8' });
  expect(dump(ours)).toBe(dump(expected));
});
