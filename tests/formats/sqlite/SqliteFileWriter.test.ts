import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CellKind, Row } from '../../../src/core/rows.js';
import { SqliteFileWriter } from '../../../src/formats/sqlite/SqliteFileWriter.js';
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
  const writer = await SqliteFileWriter.create(path);
  writer.execute(
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
  writer.close();
  const query =
    'SELECT quote(id), typeof(id), quote(CAST(text AS BLOB)), typeof(text), quote(flag), quote(moment) FROM t ORDER BY id';
  return execFileSync('sqlite3', [path, query], { encoding: 'utf8' }).trim().split('\n');
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
