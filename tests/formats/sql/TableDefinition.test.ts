import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Dialect } from '../../../src/formats/sql/Dialect.js';
import { indexSqlDump } from '../../../src/formats/sql/indexSqlDump.js';
import { readColumns, readColumnsByHand } from '../../../src/formats/sql/TableDefinition.js';
import { fixture } from '../../support/fixtures.js';

const names = async (sql: string, dialect: Dialect): Promise<string[]> =>
  (await readColumns(sql, dialect)).map(({ name }) => name);

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
  const columns = await readColumns(
    'CREATE TABLE t (a character varying(255) NOT NULL, b bigint(20) unsigned DEFAULT 1, c)',
    'postgres',
  );
  expect(columns.map(({ type }) => type)).toEqual(['character varying(255)', 'bigint(20) unsigned', '']);
});

describe('both readers agree on every table of the fixtures', () => {
  test.each(['0.9.141-mysql', '0.12.3-mysql', '0.12.3-postgres', '0.12.3-sqlite3'])('%s', async (name) => {
    const path = fixture(name, 'native.sql');
    const { tables } = await indexSqlDump(path);
    expect(tables.length).toBeGreaterThan(30);
    for (const { definition, columns } of tables) {
      if (definition === undefined) throw new Error('no definition');
      const text = readFileSync(path).toString('utf8', definition.start, definition.end);
      expect(readColumnsByHand(text)).toEqual(columns);
    }
    expect(readFileSync(path, 'utf8').match(/^CREATE TABLE (?!sqlite_sequence)/gm)).toHaveLength(tables.length);
  });
});
