import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { InputError } from '../../../src/core/errors.js';
import { CellKind, Row } from '../../../src/core/rows.js';
import { KeyBudget } from '../../../src/formats/sqlite/KeyBudget.js';
import { PageAppender } from '../../../src/formats/sqlite/PageAppender.js';
import { SqliteFileWriter } from '../../../src/formats/sqlite/SqliteFileWriter.js';
import { TableTreeWriter } from '../../../src/formats/sqlite/TableTreeWriter.js';
import { temporaryFolder } from '../../support/fixtures.js';

const scratch = temporaryFolder();

const columns = [
  { name: 'id', kind: 'integer', index: 0, type: 'INTEGER', nullable: false },
  { name: 'text', kind: 'text', index: 1, type: 'TEXT', nullable: true },
  { name: 'flag', kind: 'boolean', index: 2, type: 'NUMERIC', nullable: false, default: 'true' },
  { name: 'moment', kind: 'time', index: 3, type: 'DATETIME', nullable: true },
] as const;

/** Writes rows given as cell fillers, and returns them in the notation of the sqlite3 tool. */
async function write(name: string, rows: ((row: Row) => void)[]): Promise<string[]> {
  const path = join(scratch, name);
  const writer = SqliteFileWriter.create(path);
  await writer.execute(
    'CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT, flag NUMERIC NOT NULL DEFAULT true, moment DATETIME)',
  );
  const table = writer.beginTable('t', columns);
  const row = new Row(4);
  for (const fill of rows) {
    row.clear();
    fill(row);
    table.row(row);
  }
  await table.finish();
  await writer.close();
  expect(execFileSync('sqlite3', [path, 'PRAGMA integrity_check'], { encoding: 'utf8' })).toBe('ok\n');
  const query =
    'SELECT quote(id), typeof(id), quote(CAST(text AS BLOB)), typeof(text), quote(flag), quote(moment) FROM t ORDER BY id';
  return execFileSync('sqlite3', [path, query], { encoding: 'utf8', maxBuffer: 1e9 }).trim().split('\n');
}

const text = (index: number, value: Buffer | string) => (row: Row) =>
  row.cell(index).set(CellKind.Text, Buffer.from(value));

test('64-bit numbers, NUL characters, bytes that are not UTF-8 and NULL are stored exactly', async () => {
  const numbers = ['-9223372036854775808', '-1', '4294967296', '9007199254740993', '9223372036854775807'];
  const bytes = [Buffer.from('a\0b'), Buffer.from([0xff, 0xfe]), Buffer.from(''), Buffer.from('ü😀'), undefined];
  const rows = numbers.map((digits, i) => (row: Row) => {
    row.cell(0).set(CellKind.Number, Buffer.from(digits));
    const value = bytes[i];
    if (value === undefined) row.cell(1).set(CellKind.Null);
    else text(1, value)(row);
    row.cell(2).set(i % 2 === 0 ? CellKind.True : CellKind.False);
    text(3, '2020-10-07 12:34:56')(row);
  });
  expect(await write('values.db', rows)).toEqual(
    numbers.map((digits, i) => {
      const value = bytes[i];
      const quoted = value === undefined ? 'NULL|null' : `X'${value.toString('hex').toUpperCase()}'|text`;
      return `${digits}|integer|${quoted}|${i % 2 === 0 ? 1 : 0}|'2020-10-07 12:34:56'`;
    }),
  );
});

test("a column without a value gets SQLite's own default", async () => {
  const rows = [(row: Row) => row.cell(0).set(CellKind.Number, Buffer.from('1'))];
  expect(await write('default.db', rows)).toEqual(['1|integer|NULL|null|1|NULL']);
});

test.each([1, 74, 75, 76, 150, 1001])('no row is lost where %d rows fill statements unevenly', async (count) => {
  const rows = Array.from({ length: count }, (_, i) => (row: Row) => {
    row.cell(0).set(CellKind.Number, Buffer.from(String(i)));
    row.cell(1).set(CellKind.JsonText, Buffer.from(JSON.stringify(`row ${i}\n`)));
  });
  const written = await write(`count-${count}.db`, rows);
  expect(written).toHaveLength(count);
  expect(written.at(-1)).toContain(
    Buffer.from(`row ${count - 1}\n`)
      .toString('hex')
      .toUpperCase(),
  );
});

const numbered = (id: number, value: string) => (row: Row) => {
  row.cell(0).set(CellKind.Number, Buffer.from(String(id)));
  row.cell(1).set(CellKind.JsonText, Buffer.from(JSON.stringify(value)));
};

test('rows of every length are stored in trees of every height, whole and in their place', async () => {
  const lengths = [...Array.from({ length: 1200 }, () => 3000), ...Array.from({ length: 1300 }, (_, i) => 3000 + i)];
  const values = [...lengths, 100_000, 4_096, 70, 1, 0].map((length, i) =>
    String(i).padEnd(length, 'ü').slice(0, length),
  );
  const written = await write(
    'lengths.db',
    values.map((value, i) => numbered(3 * i, value)),
  );
  expect(written).toEqual(
    values.map((value, i) => `${3 * i}|integer|X'${Buffer.from(value).toString('hex').toUpperCase()}'|text|1|NULL`),
  );
});

test('rows that are out of order, and values that SQLite converts, are stored as it stores them', async () => {
  const rows = [5, 6, 3, 9].map((id) => numbered(id, `row ${id}`));
  const time = (row: Row): void => {
    numbered(12, 'twelve')(row);
    text(3, '2020')(row);
  };
  expect((await write('order.db', [...rows, time, numbered(13, 'end')])).map((line) => line.split('|')[0])).toEqual([
    '3',
    '5',
    '6',
    '9',
    '12',
    '13',
  ]);
  // A DATETIME column stores a text that looks like a number as a number.
  expect((await write('numeric.db', [time]))[0]).toBe("12|integer|X'7477656C7665'|text|1|2020");
  await expect(write('twice.db', [numbered(4, 'a'), numbered(4, 'b')])).rejects.toThrow(/t\.id/);
});

test('a NULL that a column rejects, and a table with a check, are left to SQLite', async () => {
  const noFlag = (row: Row): void => {
    numbered(2, 'b')(row);
    row.cell(2).set(CellKind.Null);
  };
  await expect(write('null.db', [numbered(1, 'a'), noFlag])).rejects.toThrow(/NOT NULL.*t\.flag/);
  const path = join(scratch, 'check.db');
  const writer = SqliteFileWriter.create(path);
  await writer.execute(
    'CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT CHECK (length(text) < 3), flag NUMERIC, moment DATETIME)',
  );
  const table = writer.beginTable('t', columns);
  const row = new Row(4);
  numbered(1, 'long')(row);
  table.row(row);
  await expect(table.finish()).rejects.toThrow(/CHECK/);
  writer.abandon();
});

test('a key that is there twice among the last rows has our error also if SQLite finds it', async () => {
  const path = join(scratch, 'same.db');
  const writer = SqliteFileWriter.create(path, path, new KeyBudget(0));
  await writer.execute(
    'CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT UNIQUE, flag NUMERIC DEFAULT true, moment DATETIME);',
  );
  const table = writer.beginTable('t', columns);
  const row = new Row(4);
  for (const id of [1, 2]) {
    row.clear();
    numbered(id, 'same')(row);
    table.row(row);
  }
  await expect(table.finish()).rejects.toThrow(InputError);
  expect(() => writer.abandon()).not.toThrow();
});

test('an automatic id goes on after the largest, and a key that is defined before the rows is kept', async () => {
  const path = join(scratch, 'counted.db');
  const writer = SqliteFileWriter.create(path);
  await writer.execute(
    'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT, flag NUMERIC DEFAULT true, moment DATETIME); ' +
      'CREATE TABLE keyed (id INTEGER PRIMARY KEY, text TEXT UNIQUE, flag NUMERIC DEFAULT true, moment DATETIME)',
  );
  const row = new Row(4);
  for (const name of ['t', 'keyed']) {
    const table = writer.beginTable(name, columns);
    for (const id of [1, 41]) {
      row.clear();
      numbered(id, `row ${id}`)(row);
      table.row(row);
    }
    await table.finish();
  }
  await writer.execute("INSERT INTO t (text) VALUES ('next')");
  await writer.close();
  const ask = (query: string): string => execFileSync('sqlite3', [path, query], { encoding: 'utf8' }).trim();
  expect(ask('PRAGMA integrity_check')).toBe('ok');
  expect(ask('SELECT max(id) FROM t')).toBe('42');
  expect(ask("SELECT id FROM keyed WHERE text = 'row 41'")).toBe('41');
});

test('the page that SQLite uses for its locks is left out', async () => {
  const path = join(scratch, 'locks.db');
  execFileSync('sqlite3', [path, 'CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)']);
  const pageSize = 4096;
  // Blocks without content are not on the disk.
  truncateSync(path, 2 ** 30 - 2 * pageSize);
  const pages = PageAppender.open(path, path);
  const tree = new TableTreeWriter(pages, 2);
  const record = Buffer.concat([Buffer.from([4, 0, 0x9c, 0x4d]), Buffer.alloc(1824, 'x')]);
  const long = Buffer.concat([Buffer.from([5, 0, 0x82, 0xb8, 0x4d]), Buffer.alloc(20_000, 'y')]);
  const records = [record, record, long, record, record, record];
  for (const [id, bytes] of records.entries()) tree.add(id, bytes, 0, bytes.length);
  tree.finish();
  pages.close();
  const query = 'SELECT count(*), sum(length(text)), count(DISTINCT text) FROM t';
  expect(execFileSync('sqlite3', [path, query], { encoding: 'utf8' })).toBe(`6|${5 * 1824 + 20_000}|2\n`);
  const database = openSync(path, 'r');
  const lockPage = Buffer.alloc(pageSize, 1);
  readSync(database, lockPage, 0, pageSize, 2 ** 30);
  closeSync(database);
  expect(lockPage.every((byte) => byte === 0)).toBe(true);
});
