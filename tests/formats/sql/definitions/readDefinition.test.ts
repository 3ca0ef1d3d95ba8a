import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readDefinition } from '../../../../src/formats/sql/definitions/readDefinition.js';
import { indexSqlDump } from '../../../../src/formats/sql/indexing/indexSqlDump.js';
import type { Dialect } from '../../../../src/formats/sql/syntax/Dialect.js';
import { cpuSeconds } from '../../../support/effort.js';
import { fixture } from '../../../support/fixtures.js';

const names = async (sql: string, dialect: Dialect): Promise<string[]> =>
  (await readDefinition(sql, dialect)).columns.map(({ name }) => name);

test.each<[string, Dialect, string, string[]]>([
  [
    'reserved names',
    'mysql',
    'CREATE TABLE `t` (`index` int(11), `key` varchar(3), `order` text)',
    ['index', 'key', 'order'],
  ],
  [
    'commas and parentheses in comments and defaults',
    'mysql',
    "CREATE TABLE t (a int COMMENT 'x, (y', b enum('p,q',')') DEFAULT 'p,q', c decimal(10,2))",
    ['a', 'b', 'c'],
  ],
  [
    'keys and constraints between columns',
    'mysql',
    'CREATE TABLE t (a int, PRIMARY KEY (a), UNIQUE KEY `k` (`a`), b int, CONSTRAINT c CHECK (b > 1), KEY (b))',
    ['a', 'b'],
  ],
  [
    'types of several words',
    'postgres',
    'CREATE TABLE "public"."t" ("a b" character varying(255) NOT NULL, c timestamp with time zone DEFAULT now(), d text[])',
    ['a b', 'c', 'd'],
  ],
  [
    'names in brackets, which the parser does not know',
    'sqlite3',
    'CREATE TABLE [t] ([a b] INTEGER PRIMARY KEY, [c] TEXT)',
    ['a b', 'c'],
  ],
  ['columns without types', 'sqlite3', 'CREATE TABLE sqlite_sequence(name,seq)', ['name', 'seq']],
  [
    'a type that the parser does not know',
    'sqlite3',
    'CREATE TABLE `upload` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `uuid` UUID NULL, `name` TEXT NULL)',
    ['id', 'uuid', 'name'],
  ],
  ['comments', 'postgres', 'CREATE TABLE t (\n  a int, -- first, (\n  /* b int, */ c int\n)', ['a', 'c']],
  [
    'columns whose names are words of constraints',
    'postgres',
    'CREATE TABLE t (key text, check_x int, like_count bigint)',
    ['key', 'check_x', 'like_count'],
  ],
  ['a view in disguise', 'mysql', '/*!50001 CREATE TABLE `v` (\n  `id` tinyint NOT NULL\n) ENGINE=MyISAM */', ['id']],
])('columns are read from a definition with %s', async (_, dialect, sql, wanted) => {
  expect(await names(sql, dialect)).toEqual(wanted);
});

test('types are taken from the text', async () => {
  const { columns } = await readDefinition(
    'CREATE TABLE t (a character varying(255) NOT NULL, b numeric(20, 2) DEFAULT 1, c)',
    'postgres',
  );
  expect(columns.map(({ type }) => type)).toEqual(['character varying(255)', 'numeric(20, 2)', '']);
});

test('defaults of omitted columns, and the columns of keys, are read', async () => {
  const { columns, keys, nextId } = await readDefinition(
    "CREATE TABLE t (`id` bigint NOT NULL AUTO_INCREMENT, `a` text NOT NULL DEFAULT 'x, NOT NULL' COMMENT 'b', `b` int NULL DEFAULT NULL, " +
      '`c` int DEFAULT (1 + 1), PRIMARY KEY (`id`), UNIQUE KEY `k` (`a`,`b`), UNIQUE KEY `p` (`a`(9))) AUTO_INCREMENT=7',
    'mysql',
  );
  expect(columns.map((column) => [column.name, column.nullable, column.default, column.isAutomatic])).toEqual([
    ['id', false, undefined, true],
    ['a', false, "'x, NOT NULL'", false],
    ['b', true, undefined, false],
    ['c', true, '(1 + 1)', false],
  ]);
  expect(keys).toEqual([['id'], ['a', 'b'], []]);
  expect(nextId).toBe(7n);
});

test.each([
  ['CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a text)', true],
  ['CREATE TABLE t (a text, id INTEGER, PRIMARY KEY (id))', true],
  ['CREATE TABLE t (id INT PRIMARY KEY)', false],
  ['CREATE TABLE t (id INTEGER PRIMARY KEY DESC)', false],
  ['CREATE TABLE t (id INTEGER, a text, PRIMARY KEY (id, a))', false],
  ['CREATE TABLE t (id INTEGER PRIMARY KEY) WITHOUT ROWID', false],
])("the column that is an alias of SQLite's rowid is found: %s", async (sql, wanted) => {
  const { columns } = await readDefinition(sql, 'sqlite3');
  expect(columns.some(({ isRowid }) => isRowid)).toBe(wanted);
});

test.each<[Dialect, string]>([
  ['mysql', 'CREATE TABLE t LIKE u'],
  ['mysql', 'CREATE TABLE t (a int) SELECT 1 AS a'],
  ['postgres', 'CREATE TABLE t (LIKE u INCLUDING ALL)'],
  ['postgres', 'CREATE TABLE t (a int) INHERITS (u)'],
  ['postgres', "CREATE TABLE t PARTITION OF u FOR VALUES IN ('a')"],
  ['sqlite3', 'CREATE TABLE t AS SELECT 1 AS a'],
])('a table that depends on another is reported: %s, %s', async (dialect, sql) => {
  expect((await readDefinition(sql, dialect)).isComputed).toBe(true);
});

test('nested parentheses take no time', async () => {
  for (const dialect of ['mysql', 'postgres', 'sqlite3'] as const) {
    const sql = `CREATE TABLE t (${Array.from({ length: 40 }, (_, i) => `c${i} int DEFAULT ${'('.repeat(40)}1${')'.repeat(40)}`).join()})`;
    const seconds = await cpuSeconds(async () => {
      expect((await readDefinition(sql, dialect)).columns).toHaveLength(40);
    });
    expect(seconds).toBeLessThan(2);
  }
});

describe('both parsers agree on every table of the fixtures', () => {
  test.each(['0.9.141-mysql', '0.12.3-mysql', '0.12.3-postgres', '0.12.3-sqlite3'])('%s', async (name) => {
    const path = fixture(name, 'native.sql');
    const { tables } = await indexSqlDump(path);
    expect(tables.length).toBeGreaterThan(30);
    // If the two parsers disagree, there are no columns.
    expect(tables.filter(({ columns }) => columns === undefined)).toEqual([]);
    expect(readFileSync(path, 'utf8').match(/^CREATE TABLE (?!sqlite_sequence)/gm)).toHaveLength(tables.length);
  });
});
