import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../../src/core/errors.js';
import { openSqliteFile } from '../../../src/formats/sqlite/openSqliteFile.js';
import type { SqliteDatabase } from '../../../src/formats/sqlite/SqliteDatabase.js';
import { fixture, temporaryFolder } from '../../support/fixtures.js';
import { loadDump, makeDatabase, rowsBySqlite, rowsByUs, type Value, withConnection } from '../../support/sqlite.js';

const folder = temporaryFolder();
let made = 0;
const newPath = (name = 'gogs.db'): string => join(folder, `${++made}-${name}`);

async function opened<T>(path: string, use: (database: SqliteDatabase) => Promise<T>): Promise<T> {
  const database = await openSqliteFile(path, { name: 'gogs.db', newPath: async (name) => newPath(name) });
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

const read = (path: string, table: string): Promise<Record<string, Value>[]> =>
  opened(path, (database) => rowsByUs(database, table));

async function expectSameRows(path: string): Promise<void> {
  await opened(path, async (database) => {
    expect(database.unreadable).toEqual([]);
    for (const { name } of database.tables)
      expect(await rowsByUs(database, name)).toEqual(await rowsBySqlite(path, name));
  });
}

describe('rows equal those that SQLite reads', () => {
  test.each(['0.10.18-sqlite3', '0.12.3-sqlite3'])('in the database of %s', async (instance) => {
    const path = newPath();
    loadDump(path, fixture(instance, 'native.sql'));
    await expectSameRows(path);
  });

  test('with integers of every length, NULL, floats, texts with NUL and bytes that are not UTF-8', async () => {
    const path = newPath();
    const integers = [0, 1, -1, 127, -128, 32767, -32768, 8388607, -8388608, 2147483647, -2147483648]
      .map(String)
      .concat([
        '140737488355327',
        '-140737488355328',
        '9007199254740993',
        '9223372036854775807',
        '-9223372036854775808',
      ]);
    makeDatabase(
      path,
      `CREATE TABLE t (id INTEGER PRIMARY KEY, v, r REAL, s TEXT);
       ${integers.map((value) => `INSERT INTO t (v, r, s) VALUES (${value}, ${value}, ${value});`).join('\n')}
       INSERT INTO t (id, v) VALUES (-9223372036854775808, 'first'), (9223372036854775807, 'last'), (-5, 'fifth');
       INSERT INTO t (v, r) VALUES (1.5, 1e300), (-1e-7, 0.1), (1e999, -1e999), (NULL, NULL), (x'00ff80', 'text');
       INSERT INTO t (v, s) VALUES (CAST(x'610062' AS TEXT), CAST(x'cfb5cdb3' AS TEXT)), ('', 'ünïcode 😀');`.replace(
        'INSERT INTO t (v, r) VALUES (1.5',
        'DELETE FROM t WHERE id = 9223372036854775807; INSERT INTO t (v, r) VALUES (1.5',
      ),
    );
    await opened(path, async (database) => {
      const ours = await rowsByUs(database, 't');
      const theirs = await rowsBySqlite(path, 't');
      // SQLite's own text has 15 digits of a float; ours has all digits.
      const asNumbers = (rows: typeof ours): unknown[] =>
        rows.map((row) =>
          Object.values(row).map((value) =>
            /[.e]|Inf/.test(String(value)) ? Number(String(value).replace('Inf', '1e999')) : value,
          ),
        );
      expect(asNumbers(ours)).toEqual(asNumbers(theirs));
      expect(ours.find(({ v }) => v === '0.1' || v === '-1e-7')?.['r']).toBe('0.1');
    });
  });

  test('for tables of any shape, in pages of any size', async () => {
    const value = fc.oneof(
      fc.constant('NULL'),
      fc
        .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
        .map((number) => (number === -(2n ** 63n) ? '-9223372036854775807' : String(number))),
      fc.integer({ min: -300, max: 300 }).map(String),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => `CAST(x'${Buffer.from(bytes).toString('hex')}' AS TEXT)`),
      fc.integer({ min: 0, max: 9000 }).map((length) => `randomblob(${length})`),
    );
    const shape = fc.record({
      pageSize: fc.constantFrom(512, 1024, 4096, 65536),
      columns: fc.integer({ min: 1, max: 12 }),
      key: fc.constantFrom('id INTEGER PRIMARY KEY', 'id INT PRIMARY KEY', 'id TEXT', 'id INTEGER PRIMARY KEY DESC'),
      repeat: fc.integer({ min: 1, max: 300 }),
    });
    await fc.assert(
      fc.asyncProperty(shape, fc.array(value, { minLength: 3, maxLength: 12 }), async (made, values) => {
        const path = newPath();
        const names = Array.from({ length: made.columns }, (_, i) => `c${i}`);
        const row = (n: number): string => names.map((_, i) => values[(i + n) % values.length] ?? '0').join(',');
        makeDatabase(
          path,
          `PRAGMA page_size = ${made.pageSize}; BEGIN; CREATE TABLE t (${made.key}, ${names.join(',')});
           ${Array.from({ length: made.repeat }, (_, n) => `INSERT INTO t (${names.join(',')}) VALUES (${row(n)});`).join('\n')}
           DELETE FROM t WHERE rowid % 7 = 3; COMMIT;`,
        );
        expect(await read(path, 't')).toEqual(await rowsBySqlite(path, 't'));
      }),
      { numRuns: 10 },
    );
  });

  test('in columns that were added after the rows were written', async () => {
    const path = newPath();
    makeDatabase(
      path,
      `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t (a) VALUES ('old'), ('older');
       ALTER TABLE t ADD COLUMN b INTEGER NOT NULL DEFAULT 1; ALTER TABLE t ADD COLUMN c TEXT DEFAULT 17;
       ALTER TABLE t ADD COLUMN d BOOLEAN; ALTER TABLE t ADD COLUMN e REAL DEFAULT 3; ALTER TABLE t ADD COLUMN f DEFAULT x'00ff';
       INSERT INTO t VALUES (7, 'new', 0, 'c', 1, 2, NULL);`,
    );
    await expectSameRows(path);
  });

  test('in UTF-16', async () => {
    const path = newPath();
    copyFileSync(fixture('sqlite', 'utf16le.db'), path);
    expect(await read(path, 'user')).toEqual([
      { id: '1', name: { bytes: Buffer.from('jürgen').toString('hex') }, avatar: { bytes: '00ff' } },
    ]);
  });

  test('and the next automatic id is that of SQLite', async () => {
    const path = newPath();
    makeDatabase(
      path,
      'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO t VALUES (41); DELETE FROM t; CREATE TABLE u (id INTEGER);',
    );
    await opened(path, async ({ tables }) => {
      expect(tables.map(({ name, nextId }) => [name, nextId])).toEqual([
        ['t', 42n],
        ['u', undefined],
      ]);
    });
  });

  test('and a table without row ids is reported', async () => {
    const path = newPath();
    makeDatabase(path, 'CREATE TABLE t (id TEXT PRIMARY KEY) WITHOUT ROWID;');
    await opened(path, async ({ tables, unreadable }) => {
      expect(tables).toEqual([]);
      expect(unreadable).toEqual([{ name: 't', why: 'it is a table WITHOUT ROWID' }]);
    });
  });
});

describe('a database in use by a server', () => {
  const rows = (text: string, count: number): unknown[] =>
    Array.from({ length: count }, () => expect.objectContaining({ x: { bytes: Buffer.from(text).toString('hex') } }));

  test('includes the transactions of its write-ahead log, while its writer is running', async () => {
    const path = newPath();
    await withConnection(path, async (database) => {
      database.exec(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO t (x) VALUES ('a'), ('a'), ('a')",
      );
      const before = readdirSync(folder).filter((name) => name.startsWith(`${made}-`));
      expect(existsSync(`${path}-wal`)).toBe(true);
      expect(await read(path, 't')).toEqual(rows('a', 3));
      database.exec("BEGIN; UPDATE t SET x = 'b'");
      expect(await read(path, 't')).toEqual(rows('a', 3));
      database.exec('COMMIT');
      expect(await read(path, 't')).toEqual(rows('b', 3));
      expect(readdirSync(folder).filter((name) => name.startsWith(`${before[0]}`))).toEqual(before);
    });
  });

  test('is rolled back to before an incomplete transaction', async () => {
    const path = newPath();
    const copy = newPath();
    makeDatabase(
      path,
      `PRAGMA page_size = 1024; CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT);
       WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 2000) INSERT INTO t SELECT n, 'old' FROM c;`,
    );
    await withConnection(path, (database) => {
      // With a small cache, pages are written to the file before the transaction ends.
      database.exec("PRAGMA cache_size = 5; BEGIN; UPDATE t SET x = 'new and longer'");
      copyFileSync(path, copy);
      copyFileSync(`${path}-journal`, `${copy}-journal`);
      database.exec('ROLLBACK');
    });
    const bytes = readFileSync(copy);
    expect(bytes.includes('new and longer')).toBe(true);
    expect(await read(copy, 't')).toEqual(rows('old', 2000));
    expect(readFileSync(copy).equals(bytes)).toBe(true);
  });
});

describe('a damaged database', () => {
  const whole = newPath();
  loadDump(whole, fixture('0.12.3-sqlite3', 'native.sql'));
  const original = readFileSync(whole);

  async function readAll(path: string): Promise<Record<string, unknown>> {
    return opened(path, async (database) => {
      const tables: Record<string, unknown> = {};
      for (const { name } of database.tables) tables[name] = await rowsByUs(database, name);
      return tables;
    });
  }

  test('that was truncated anywhere is rejected, with advice', async () => {
    const path = newPath();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: original.length - 1 }), async (length) => {
        writeFileSync(path, original);
        truncateSync(path, length);
        await expect(readAll(path)).rejects.toThrow(/gogs\.db.*(copy it again|Copy it again)/);
      }),
      { numRuns: 20 },
    );
    expect(statSync(whole).size).toBe(original.length);
  });

  test('gives an error or rows, and never an endless loop or a bug', async () => {
    const path = newPath();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: original.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 30 }),
        async (changes) => {
          const bytes = Buffer.from(original);
          for (const [at, value] of changes) bytes[at] = value;
          writeFileSync(path, bytes);
          await readAll(path).catch((error: unknown) => expect(error).toBeInstanceOf(InputError));
        },
      ),
      { numRuns: 20 },
    );
  });

  test('with a page that is used by two tables, or twice by one, is rejected', async () => {
    const path = newPath();
    makeDatabase(
      path,
      `PRAGMA page_size = 512; CREATE TABLE t (x TEXT);
       WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 200) INSERT INTO t SELECT 'text ' || n FROM c;`,
    );
    const bytes = readFileSync(path);
    // The root of the table is page 2, an inner page: make its second child the same as its first.
    const page = bytes.subarray(512, 1024);
    const cell = (i: number): number => page.readUInt16BE(12 + 2 * i);
    expect(page[0]).toBe(5);
    page.writeUInt32BE(page.readUInt32BE(cell(0)), cell(1));
    writeFileSync(path, bytes);
    await expect(readAll(path)).rejects.toThrow('table t, page 3: it is used twice');
  });
});
