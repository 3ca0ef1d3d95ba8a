import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { InputError } from '../../../../src/core/errors.js';
import { Row } from '../../../../src/core/rows.js';
import { indexSqlDump } from '../../../../src/formats/sql/indexing/indexSqlDump.js';
import { readSqlRows } from '../../../../src/formats/sql/rows/readSqlRows.js';
import { fixture } from '../../../support/fixtures.js';
import { indexText, readTable, rowsOf, type TableRow, withDump } from '../../../support/readDump.js';

const FIXTURES = [
  '0.10.18-sqlite3',
  '0.11.91-postgres',
  '0.12.3-mysql',
  '0.12.3-mysql-hard',
  '0.12.3-postgres',
  '0.12.3-sqlite3',
  '0.9.141-mysql',
] as const;

const byText = (rows: readonly TableRow[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();

describe('every row of a real dump is read exactly', () => {
  test.each(FIXTURES)('%s', async (name) => {
    const wanted = JSON.parse(readFileSync(fixture(name, 'tables.json'), 'utf8')) as Record<string, TableRow[]>;
    const dump = await indexSqlDump(fixture(name, 'native.sql'));
    expect(dump.tables.map((table) => table.name).sort()).toEqual(Object.keys(wanted).sort());
    expect(dump.changes).toEqual([]);
    expect(dump.tables.flatMap(({ changes }) => changes)).toEqual([]);
    expect(dump.complete).toBe(true);
    for (const table of dump.tables) {
      const booleans = new Set(table.columns?.filter(({ type }) => type === 'boolean').map((column) => column.name));
      // One piece of 1 KiB at a time, so that most rows cross the end of a piece.
      const { rows } = await readTable(dump, table.name, { chunkSize: 1024 });
      const read = rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) =>
            // The expected rows have 1 and 0 for every engine.
            booleans.has(column) && typeof value === 'string' ? [column, value === 't' ? '1' : '0'] : [column, value],
          ),
        ),
      );
      expect(byText(read)).toEqual(byText(wanted[table.name] ?? []));
    }
  });

  test('the next automatic ids are those of the dump', async () => {
    for (const [name, nextId] of [
      ['0.12.3-mysql', 7n],
      ['0.12.3-postgres', 7n],
      ['0.12.3-sqlite3', 7n],
    ] as const) {
      const dump = await indexSqlDump(fixture(name, 'native.sql'));
      expect(dump.tables.find((table) => table.name === 'access_token')?.nextId).toBe(nextId);
    }
  });
});

const MYSQL = '-- MySQL dump 10.13  Distrib 8.0.36\n';
const SQLITE = 'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n';
const POSTGRES = '--\n-- PostgreSQL database dump\n--\n\n';
const oneColumn = (rows: readonly TableRow[]): unknown[] => rows.map((row) => row['a']);

async function values(text: string | Buffer, encoding?: 'latin1'): Promise<unknown[]> {
  return oneColumn((await rowsOf(text, encoding === undefined ? {} : { encoding })).rows);
}

describe('literals of MySQL', () => {
  const read = (literals: string): Promise<unknown[]> =>
    values(`${MYSQL}INSERT INTO \`t\` (\`a\`) VALUES ${literals};`);

  test.each([
    ["'it\\'s \\\"so\\\"'", 'it\'s "so"'],
    ["'it''s'", "it's"],
    ["''", ''],
    ["''''", "'"],
    ["'\\\\'", '\\'],
    ["'a\\0b\\n\\r\\t\\b\\Z'", 'a\0b\n\r\t\b\x1a'],
    ["'50\\% \\_x \\q'", '50\\% \\_x q'],
    ['"double \\" ""quotes"""', 'double " "quotes"'],
    ["'raw\nnewline'", 'raw\nnewline'],
    ["'😀 Zêta'", '😀 Zêta'],
    ["_utf8mb4'x'", 'x'],
    ["_binary 'a\\0b'", 'a\0b'],
    ['_binary 0x4142', 'AB'],
    ["_latin1'abc'", 'abc'],
    ["N'x'", 'x'],
    ['0x48', 'H'],
    ["X'4869'", 'Hi'],
    ["x''", ''],
    ["b'1'", '1'],
    ["b'101'", '5'],
    ["'a' 'b'", 'ab'],
    ["CAST('7' AS SIGNED)", '7'],
    ["CONVERT('x' USING utf8mb4)", 'x'],
    ["'x' COLLATE utf8mb4_bin", 'x'],
    ['NULL', null],
    ['null', null],
    ['TRUE', 'TRUE'],
    ['-17', '-17'],
    ['- 17', '-17'],
    ['+17', '17'],
    ['1e-300', '1e-300'],
    ['1e5', '1e5'],
    ['.5', '.5'],
    ['18446744073709551615', '18446744073709551615'],
    ['123456789.123456789123456789', '123456789.123456789123456789'],
    ['/* c */ 7 -- c\n', '7'],
    ['(7)', '7'],
  ])('%s', async (literal, value) => {
    expect(await read(`(${literal}),( ${literal} ) , (1)`)).toEqual([value, value, '1']);
  });

  test('that are not UTF-8 keep their bytes', async () => {
    const head = Buffer.from(`${MYSQL}INSERT INTO \`t\` (\`a\`) VALUES ('`);
    const dump = Buffer.concat([head, Buffer.from([0xff, 0x5c, 0x27, 0xfe, 0x80]), Buffer.from("');")]);
    expect(await values(dump, 'latin1')).toEqual(["\xff'\xfe\x80"]);
  });

  test.each(['DEFAULT', 'now()', '(SELECT 1)', 'LAST_INSERT_ID()', '@x', 'uuid()', "_latin1'ü'", '1+1'])(
    'what only the database could evaluate is refused with its place: %s',
    async (expression) => {
      const reading = read(`(1),\n(${expression})`);
      await expect(reading).rejects.toThrow(InputError);
      await expect(reading).rejects.toThrow(/rows of t in dump.sql, line 3 \(byte \d+\)/);
    },
  );
});

describe('literals of PostgreSQL', () => {
  const read = (literals: string): Promise<unknown[]> =>
    values(`${POSTGRES}INSERT INTO public.t (a) VALUES ${literals};`);

  test.each([
    ["'C:\\new'", 'C:\\new'],
    ["'\\'", '\\'],
    ["'it''s'", "it's"],
    ["E'it\\'s\\n\\\\ \\101 \\x41 \\u00fc \\U0001F600 \\ud83d\\ude00 ''q'''", "it's\n\\ A A ü 😀 😀 'q'"],
    ["U&'d\\0061t\\+000061 \\\\'", 'data \\'],
    ["$$it's$$", "it's"],
    ['$q$a$$b\nc$q$', 'a$$b\nc'],
    ["'2020-01-01 00:00:00+00'::timestamp with time zone", '2020-01-01 00:00:00+00'],
    ["'x'::character varying(255)::text", 'x'],
    ['\'{a,b}\'::"public"."mood"[]', '{a,b}'],
    ["TIMESTAMP '2020-01-01 00:00:00'", '2020-01-01 00:00:00'],
    ["E'a\\n'\n'b\\n'", 'a\nb\n'],
    ["'a' || 'b' || chr(10)", 'ab\n'],
    ["'-5'::integer", '-5'],
    ['true', 'TRUE'],
    ['false', 'FALSE'],
    ['NULL::text', null],
    ['9223372036854775807', '9223372036854775807'],
    ['-1.5e+10', '-1.5e+10'],
  ])('%s', async (literal, value) => {
    expect(await read(`(${literal}),( ${literal} )`)).toEqual([value, value]);
  });

  test('use backslash escapes if the dump says so', async () => {
    const text = `${POSTGRES}SET standard_conforming_strings = off;\nINSERT INTO t (a) VALUES ('it\\'s');\nSET standard_conforming_strings = on;\nINSERT INTO t (a) VALUES ('\\');`;
    expect(await values(text)).toEqual(["it's", '\\']);
  });
});

describe('literals of SQLite', () => {
  const read = (literals: string): Promise<unknown[]> => values(`${SQLITE}INSERT INTO t(a) VALUES${literals};`);

  test.each([
    ["'C:\\new'", 'C:\\new'],
    ["replace(replace('a\\r\\nb\\n','\\r',char(13)),'\\n',char(10))", 'a\r\nb\n'],
    ["replace('it''s\\012','\\012',char(10))", "it's\n"],
    ["unistr('a\\u000ab\\\\ \\+01F600 \\0041')", 'a\nb\\ 😀 A'],
    ["CAST(x'610062' AS TEXT)", 'a\0b'],
    ["X'6869'", 'hi'],
    ["'a'||char(0)||'b'", 'a\0b'],
    ['1e999', '1e999'],
    ['-1e999', '-1e999'],
    ['0x10', '16'],
    ['-9223372036854775808', '-9223372036854775808'],
  ])('%s', async (literal, value) => {
    expect(await read(`(${literal}),( ${literal} )`)).toEqual([value, value]);
  });
});

describe('values are converted to what the column of the engine stores', () => {
  const stored = async (head: string, type: string, literal: string): Promise<unknown> =>
    (await values(`${head}CREATE TABLE t (a ${type});\nINSERT INTO t VALUES (${literal});`))[0];

  test.each([
    [MYSQL, 'bigint', '0x30', '48'],
    [MYSQL, 'text', '0x30', '0'],
    [MYSQL, 'tinyint(1)', "b'1'", '1'],
    [MYSQL, 'text', "b'01000001'", 'A'],
    [MYSQL, 'text', 'char(195,169)', 'é'],
    [MYSQL, 'text', '007', '7'],
    [MYSQL, 'text', 'true', '1'],
    [MYSQL, 'bigint', '1.0', '1'],
    [POSTGRES, 'text', 'true', 'true'],
    [POSTGRES, 'text', '-7', '-7'],
    [SQLITE, 'text', 'false', '0'],
    [SQLITE, 'INTEGER', "'12abc'", '12abc'],
    [POSTGRES, 'text', "'abc'::varchar(3)", 'abc'],
    [MYSQL, 'decimal(5,2)', '-1.50', '-1.50'],
    [MYSQL, 'double', '0.1', '0.1'],
    [MYSQL, "set('x','y')", "'x,y'", 'x,y'],
    [POSTGRES, 'numeric', '-0.50', '-0.50'],
    [POSTGRES, 'float8', '1.2345678901234567e+19', '1.2345678901234567e+19'],
    [POSTGRES, 'real', '0.33333334', '0.33333334'],
    [SQLITE, 'REAL', "'abc'", 'abc'],
    [POSTGRES, 'jsonb', `'{"a": 1}'`, '{"a": 1}'],
    [POSTGRES, 'json', `'{"a":1}'`, '{"a":1}'],
  ])('%# %s %s', async (head, type, literal, wanted) => {
    expect(await stored(head, type, literal)).toBe(wanted);
  });

  test.each([
    [MYSQL, 'text', '1e5'],
    [MYSQL, 'text', '1.50'],
    [SQLITE, 'text', '1.50'],
    [MYSQL, 'bigint', '1.5'],
    [MYSQL, 'int', '3000000000'],
    [MYSQL, 'varchar(3)', "'abcd'"],
    [MYSQL, 'text', "'a' || 'b'"],
    [MYSQL, 'text', "_ucs2'ab'"],
    [MYSQL, 'bigint', "'12abc'"],
    [MYSQL, 'bigint', '1 /*!40000 + 1 */'],
    [POSTGRES, 'text', "'abcdef'::varchar(3)"],
    [POSTGRES, 'text', "CAST('x' AS numeric(10,2))"],
    [POSTGRES, 'text', "'a' 'b'"],
    [POSTGRES, 'boolean', '1'],
    [POSTGRES, 'text', "x'30'"],
    [SQLITE, 'text', "CAST('12abc' AS INTEGER)"],
    [SQLITE, 'text', "'a' 'b'"],
    [MYSQL, 'decimal(5,2)', '1.5'],
    [MYSQL, 'float', '1234567890'],
    [MYSQL, "enum('a','b')", '1'],
    [MYSQL, "set('x','y')", "'y,x'"],
    [MYSQL, 'date', "'2020-1-2'"],
    [MYSQL, 'binary(4)', "'ab'"],
    [MYSQL, 'text(5)', `'${'a'.repeat(300)}'`],
    [POSTGRES, 'numeric', '1e3'],
    [POSTGRES, 'real', '16777217'],
    [POSTGRES, 'date', "'Jan 2 2020'"],
    [POSTGRES, 'name', `'${'a'.repeat(64)}'`],
    [POSTGRES, 'jsonb', `'{"a":1}'`],
  ])('or rejected: %# %s %s', async (head, type, literal) => {
    await expect(stored(head, type, literal)).rejects.toThrow(/rows of t in dump\.sql, line \d+ \(byte \d+\)/);
  });
});

describe('omitted values', () => {
  const filled = async (head: string, definition: string, insert: string): Promise<TableRow[]> =>
    (await rowsOf(`${head}CREATE TABLE t (${definition});\nINSERT INTO t ${insert};`)).rows;

  test.each([
    [MYSQL, "id int AUTO_INCREMENT PRIMARY KEY, a varchar(9) NOT NULL DEFAULT 'it''s'", '(id) VALUES (5),(6)', "it's"],
    [POSTGRES, "id bigserial, a text DEFAULT 'x'::character varying", '(id) VALUES (DEFAULT),(6)', 'x'],
    [SQLITE, 'id INTEGER PRIMARY KEY, a TEXT DEFAULT 7', '(id) VALUES (5),(NULL)', '7'],
    [SQLITE, 'id INTEGER PRIMARY KEY, a TEXT', '(id) VALUES (5),(NULL)', null],
  ])('are those of the definition: %# %s', async (head, definition, insert, a) => {
    expect((await filled(head, definition, insert)).map((row) => row['a'])).toEqual([a, a]);
  });

  test.each([
    [MYSQL, 'id int AUTO_INCREMENT PRIMARY KEY, a int', '(a) VALUES (1),(2)', ['1', '2']],
    [
      MYSQL,
      'id int AUTO_INCREMENT PRIMARY KEY, a int',
      'VALUES (7,1);\nINSERT INTO t VALUES (NULL,1),(0,2)',
      ['7', '8', '9'],
    ],
    [POSTGRES, 'id serial, a int', 'VALUES (7,1);\nINSERT INTO t (a) VALUES (2),(3)', ['7', '1', '2']],
    [SQLITE, 'id INTEGER PRIMARY KEY, a int', 'VALUES (7,1),(3,1),(NULL,2)', ['7', '3', '8']],
  ])('or the id that the engine would assign: %# %s', async (head, definition, insert, ids) => {
    expect((await filled(head, definition, insert)).map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    [MYSQL, 'id int, a int NOT NULL', '(id) VALUES (1)'],
    [MYSQL, 'id int AUTO_INCREMENT PRIMARY KEY, a int', 'VALUES (NULL,1),(5,1)'],
    [MYSQL, 'id int, a datetime DEFAULT CURRENT_TIMESTAMP', '(id) VALUES (1)'],
    [POSTGRES, "id int DEFAULT nextval('s'), a int", '(a) VALUES (1)'],
    [SQLITE, 'id int, a int DEFAULT (1+1)', '(id) VALUES (1)'],
  ])('or rejected with the place: %# %s', async (head, definition, insert) => {
    await expect(filled(head, definition, insert)).rejects.toThrow(/rows of t in dump\.sql, line \d+ \(byte \d+\)/);
  });
});

describe('COPY data', () => {
  const copy = (lines: string): string => `${POSTGRES}COPY public.t (a, "index") FROM stdin;\n${lines}\\.\n`;

  test('resolve their escapes', async () => {
    const { rows } = await rowsOf(copy('a\\tb\\nc\\\\d\\r\\b\\f\\v\\101\\x41\t1\n\\N\t\\\\N\n\tx\n'));
    expect(rows).toEqual([
      { a: 'a\tb\nc\\d\r\b\f\vAA', index: '1' },
      { a: null, index: '\\N' },
      { a: '', index: 'x' },
    ]);
  });

  test('may have Windows line ends', async () => {
    expect((await rowsOf(copy('1\t2\n\\N\t\\N\n').replaceAll('\n', '\r\n'))).rows).toEqual([
      { a: '1', index: '2' },
      { a: null, index: null },
    ]);
  });

  test('with other options than those of pg_dump are rejected', async () => {
    const text = `${POSTGRES}COPY t (a) FROM stdin WITH (FORMAT csv);\n1\n\\.\n`;
    await expect(indexText(text)).rejects.toThrow(/line 5: COPY t has options \(WITH \(FORMAT csv\)\)/);
  });
});

describe('dumps of other programs', () => {
  test('Navicat: every value quoted, no column lists, separate definitions', async () => {
    const text =
      '/*\n Navicat Premium Data Transfer\n*/\nSET NAMES utf8mb4;\nDROP TABLE IF EXISTS `t`;\n' +
      "CREATE TABLE `t` (\n  `id` bigint(20) NOT NULL AUTO_INCREMENT,\n  `key` varchar(9) NULL DEFAULT NULL,\n  PRIMARY KEY (`id`) USING BTREE\n) ENGINE = InnoDB AUTO_INCREMENT = 3;\nINSERT INTO `t` VALUES ('1', 'a');\nINSERT INTO `t` VALUES ('2', null);\n";
    const dump = await indexText(text);
    expect(dump.kind).toEqual({ dialect: 'mysql', producer: 'Navicat', backslashEscapes: true });
    expect(dump.tables[0]).toMatchObject({ name: 't', statements: 2, nextId: 3n });
    expect((await rowsOf(text)).rows).toEqual([
      { id: '1', key: 'a' },
      { id: '2', key: null },
    ]);
  });

  test('phpMyAdmin: definitions with keys added later, rows over several lines', async () => {
    const text =
      "-- phpMyAdmin SQL Dump\n-- version 5.2.1\nSET SQL_MODE = \"NO_AUTO_VALUE_ON_ZERO\";\nSTART TRANSACTION;\n/*!40101 SET NAMES utf8mb4 */;\nCREATE TABLE `t` (\n  `id` int(11) NOT NULL,\n  `a` text NOT NULL COMMENT 'x, y (z'\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n\nINSERT INTO `t` (`id`, `a`) VALUES\n(1, 'x'),\n(2, 'y');\n\nALTER TABLE `t`\n  ADD PRIMARY KEY (`id`);\nALTER TABLE `t`\n  MODIFY `id` int(11) NOT NULL AUTO_INCREMENT, AUTO_INCREMENT=9;\nCOMMIT;\n";
    const dump = await indexText(text);
    expect(dump.kind.producer).toBe('phpMyAdmin');
    expect(dump.tables[0]).toMatchObject({ nextId: 9n, columns: [{ name: 'id' }, { name: 'a' }] });
    const { rows, lines } = await rowsOf(text);
    expect(rows).toHaveLength(2);
    expect(lines).toEqual([12, 13]);
  });

  test('HeidiSQL: the database before the table', async () => {
    const text =
      '-- --------------------------------------------------------\n-- HeidiSQL Version: 12.0\n/*!40101 SET NAMES utf8 */;\nCREATE DATABASE IF NOT EXISTS `gogs`;\nUSE `gogs`;\nCREATE TABLE IF NOT EXISTS `t` (`a` int);\nREPLACE INTO `gogs`.`t` (`a`) VALUES\n\t(1);\n';
    const dump = await indexText(text);
    expect(dump.tables).toMatchObject([{ name: 't', database: 'gogs', statements: 1 }]);
  });

  test('DBeaver: qualified names, rows without definitions', async () => {
    const text = 'INSERT INTO public."user" (id,"name") VALUES\n\t (1,\'a\'),\n\t (2,\'b\');\n';
    const dump = await indexText(text);
    expect(dump.kind.dialect).toBe('postgres');
    expect(dump.tables).toMatchObject([
      { name: 'user', schema: 'public', columns: undefined, insertColumns: [['id', 'name']] },
    ]);
    expect((await rowsOf(text)).rows).toHaveLength(2);
  });

  test('xorm: doubled quotes only, even for MySQL', async () => {
    const text =
      "/*Generated by xorm v0.6.0.1022 2026-11-22 13:34:45*/\n\nCREATE TABLE IF NOT EXISTS `t` (`a` TEXT NULL DEFAULT 'NULL') ENGINE=InnoDB DEFAULT CHARSET utf8;\nINSERT INTO `t` (`a`) VALUES ('C:\\');\nINSERT INTO `t` (`a`) VALUES ('it''s\nso');\n";
    const dump = await indexText(text);
    expect(dump.kind).toEqual({ dialect: 'mysql', producer: 'xorm', backslashEscapes: false });
    expect(await values(text)).toEqual(['C:\\', "it's\nso"]);
  });

  test('MySQL 8: rows as ROW(…), and clauses for duplicates', async () => {
    const text = `${MYSQL}INSERT IGNORE INTO t (a) VALUES ROW(1), ROW('2');\nINSERT INTO t (a) VALUES (3) ON DUPLICATE KEY UPDATE a = ';';\nINSERT INTO t (a) VALUES (4);`;
    expect(await values(text)).toEqual(['1', '2', '3', '4']);
  });

  test('a name that is not UTF-8 does not shift the rows', async () => {
    const text = `${MYSQL}INSERT INTO t (a, \`caf\u00e9 \u00e0 \u00ff\`) VALUES (1,2),(3,4);\nINSERT INTO t (a) VALUES (5);\n`;
    for (const chunkSize of [64, 1 << 20]) {
      const { rows } = await rowsOf(Buffer.from(text, 'latin1'), { chunkSize });
      expect(oneColumn(rows)).toEqual(['1', '3', '5']);
    }
  });

  test('UTF-8 with a byte order mark', async () => {
    expect(await values(`\ufeff${SQLITE}INSERT INTO t(a) VALUES('ü');`)).toEqual(['ü']);
  });

  test('rows with Windows line ends', async () => {
    const text = `${MYSQL}CREATE TABLE \`t\` (\n  \`a\` int\n);\nINSERT INTO \`t\` VALUES\n(1),\n(2);\n`;
    expect(await values(text.replaceAll('\n', '\r\n'))).toEqual(['1', '2']);
  });
});

describe('an existing key', () => {
  const table = 'CREATE TABLE t (a int PRIMARY KEY, b varchar(9), UNIQUE (b));\n';

  test.each([
    [MYSQL, "REPLACE INTO t VALUES (1,'x'),(2,'y');\nREPLACE INTO t VALUES (3,'Y');"],
    [MYSQL, "INSERT INTO t VALUES (1,'x');\nINSERT IGNORE INTO t VALUES (1,'y');"],
    [MYSQL, "INSERT INTO t VALUES (1,'x');\nINSERT INTO t VALUES (1,'y') ON DUPLICATE KEY UPDATE b = 'z';"],
    [POSTGRES, "INSERT INTO t VALUES (1,'x');\nINSERT INTO t VALUES (1,'y') ON CONFLICT DO NOTHING;"],
    [SQLITE, "INSERT OR REPLACE INTO t VALUES (1,'x');\nINSERT OR REPLACE INTO t VALUES (1,'y');"],
  ])('is rejected if a row would be replaced or skipped: %# %s', async (head, text) => {
    await expect(rowsOf(head + table + text)).rejects.toThrow(/line \d+ .*key that is there already/);
  });

  test.each([
    [POSTGRES, 'a int, b text', 'CREATE UNIQUE INDEX ON t (lower(b));', 'INSERT INTO', ' ON CONFLICT DO NOTHING'],
    [
      POSTGRES,
      'a int, b text',
      'ALTER TABLE t ADD EXCLUDE USING btree (b WITH =);',
      'INSERT INTO',
      ' ON CONFLICT DO NOTHING',
    ],
    [MYSQL, 'a int, b text', 'ALTER TABLE t ADD UNIQUE KEY (b(1));', 'REPLACE', ''],
    [SQLITE, 'a int, b text COLLATE NOCASE UNIQUE', '', 'INSERT OR IGNORE INTO', ''],
    [SQLITE, 'a int, b text UNIQUE ON CONFLICT REPLACE', '', 'INSERT INTO', ''],
  ])('or might be: %#', async (head, columns, key, verb, end) => {
    const rows = head === SQLITE && verb === 'INSERT INTO' ? "(1,'a'),(2,'a')" : "(1,'a'),(2,'A')";
    const text = `CREATE TABLE t (${columns});\n${key}\n${verb} t VALUES ${rows}${end};`;
    await expect(rowsOf(head + text)).rejects.toThrow(/line \d+ .*\bkey\b/);
  });

  test('does not matter to rows with new keys', async () => {
    const text = "REPLACE INTO t VALUES (1,'x');\nINSERT IGNORE INTO t VALUES (2,'y'),(3,NULL),(4,NULL);";
    expect((await rowsOf(MYSQL + table + text)).rows).toHaveLength(4);
  });
});

test('names written by .recover are read, and rowid is the id', async () => {
  const text =
    "BEGIN;\nCREATE TABLE user (id INTEGER PRIMARY KEY, a text);\nCREATE TABLE k (a text);\nINSERT OR IGNORE INTO 'user'(_rowid_, 'a') VALUES (7, 'x');\n" +
    "INSERT INTO k(rowid, a) VALUES (3, 'y');\nCOMMIT;\n";
  expect((await rowsOf(text, { table: 'user' })).rows).toEqual([{ id: '7', a: 'x' }]);
  expect((await rowsOf(text, { table: 'k' })).rows).toEqual([{ a: 'y' }]);
});

describe('the index', () => {
  test('shows tables without rows, rows without definitions, and differing column lists', async () => {
    const text = `${MYSQL}CREATE TABLE a (x int);\nINSERT INTO b (x, y) VALUES (1, 2);\nINSERT INTO b (y, x) VALUES (3, 4);\n`;
    const dump = await indexText(text);
    expect(dump.tables).toMatchObject([
      { name: 'a', statements: 0, rows: [], columns: [{ name: 'x', type: 'int' }] },
      {
        name: 'b',
        statements: 2,
        definition: undefined,
        insertColumns: [
          ['x', 'y'],
          ['y', 'x'],
        ],
      },
    ]);
    const { rows } = await rowsOf(text, { table: 'b' });
    expect(rows.map(({ x, y }) => [x, y])).toEqual([
      ['1', '2'],
      ['4', '3'],
    ]);
  });

  test('counts a million statements of one table as one range', async () => {
    const text = SQLITE + 'INSERT INTO t(a) VALUES(1);\n'.repeat(5000);
    const [table] = (await indexText(text)).tables;
    expect(table).toMatchObject({ statements: 5000, rows: [{ statements: 5000, line: 3 }] });
    expect(table?.rows).toHaveLength(1);
  });

  test('keeps tables of the same name in different databases apart', async () => {
    const text = `${MYSQL}USE \`gogs\`;\nCREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\nUSE \`other\`;\nCREATE TABLE t (a int);\nINSERT INTO t VALUES (2);\n`;
    expect((await indexText(text)).tables.map(({ database, statements }) => [database, statements])).toEqual([
      ['gogs', 1],
      ['other', 1],
    ]);
  });

  test('assigns indexes and sequences to their tables and reports unknown statements, without values', async () => {
    const text = `${POSTGRES}CREATE TABLE public.t (a bigint);\nCREATE SEQUENCE public.odd_name;\nALTER SEQUENCE public.odd_name OWNED BY public.t.a;\nCREATE UNIQUE INDEX i ON public.t USING btree (a);\nALTER TABLE ONLY public.t ADD CONSTRAINT p PRIMARY KEY (a);\nSELECT pg_catalog.setval('public.odd_name', 41, true);\nCREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT secret';\nINSERT INTO t SELECT 'secret';\n`;
    const dump = await indexText(text);
    expect(dump.tables[0]?.nextId).toBe(42n);
    expect(dump.tables[0]?.related.map(({ line }) => line).sort()).toEqual([10, 6, 7, 8, 9]);
    expect(dump.changes).toEqual([]);
    expect(dump.tables[0]?.changes).toMatchObject([
      { line: 12, opening: 'INSERT INTO t SELECT', effect: 'adds rows that it does not list' },
    ]);
  });

  test.each([
    ['100, true', 101n],
    ['100', 101n],
    ['100, false', 100n],
    ['(SELECT max(a) FROM t)', undefined],
    ['greatest((SELECT 1), 100)', undefined],
  ])('knows the next id that is set by the column: %s', async (value, nextId) => {
    const sequence = `pg_get_serial_sequence('"t"', 'a')`;
    const text = `${POSTGRES}CREATE TABLE t (a bigserial);\nSELECT setval(${sequence}, ${value});\n`;
    expect((await indexText(text)).tables[0]?.nextId).toBe(nextId);
  });

  test.each([MYSQL, POSTGRES, SQLITE])('never shows a value of a statement that it refuses: %#', async (head) => {
    const row = 'INSERT INTO t (a) VALUES (1);\n';
    const text = `${head}${row}UPDATE t SET a="secret", b='secret', c=424242;\nDELETE FROM t WHERE a=424242;\nCALL f('secret');\n`;
    const dump = await indexText(text);
    const changes = [...dump.changes, ...dump.tables.flatMap((table) => table.changes)];
    expect(changes.map(({ opening }) => opening).sort()).toEqual(['CALL f(', 'DELETE FROM t', 'UPDATE t']);
  });

  test.each([
    [MYSQL, 'CREATE VIEW v AS SELECT 1 AS a;\nDROP VIEW v;', []],
    [MYSQL, 'CREATE VIEW v AS SELECT 1 AS a;\n/*!50001 DROP VIEW IF EXISTS `v`*/;\nCREATE TABLE v (a int);', []],
    [MYSQL, 'CREATE TABLE v (a int);\nDROP TABLE v;\nCREATE VIEW v AS SELECT 1 AS a;', ['v']],
    [MYSQL, 'CREATE OR REPLACE VIEW v AS SELECT 1;\nCREATE VIEW w AS SELECT 1;\nDROP VIEW IF EXISTS w, v;', []],
    [MYSQL, 'CREATE DATABASE d;\nUSE d;\nCREATE VIEW v AS SELECT 1 AS a;\nDROP DATABASE d;', []],
    [POSTGRES, 'CREATE VIEW v AS SELECT 1 AS a;\nDROP VIEW public.v CASCADE;', []],
    [POSTGRES, 'CREATE MATERIALIZED VIEW v AS SELECT 1 AS a;\nDROP MATERIALIZED VIEW v;', []],
    [POSTGRES, 'CREATE SCHEMA s;\nCREATE VIEW s.v AS SELECT 1 AS a;\nDROP SCHEMA s CASCADE;', []],
    [POSTGRES, 'CREATE VIEW v AS SELECT 1 AS a;\nCREATE TEMP VIEW v AS SELECT 1 AS a;\nDROP VIEW v;', ['v']],
    [SQLITE, 'CREATE VIEW IF NOT EXISTS v AS SELECT 1 AS a;\nDROP VIEW main.v;', []],
    [SQLITE, 'CREATE TEMP VIEW v AS SELECT 1 AS a;', []],
  ])('knows which views remain: %#', async (head, statements, names) => {
    const dump = await indexText(`${head}CREATE TABLE t (a int);\n${statements}\n`);
    expect(dump.views.map(({ name }) => name)).toEqual(names);
    expect(dump.changes).toEqual([]);
  });

  test.each([
    [MYSQL, 'CREATE VIEW v AS SELECT * FROM t;', 'DELETE FROM v;'],
    [POSTGRES, 'CREATE VIEW v AS SELECT * FROM t;', 'UPDATE v SET a = 2;'],
    [SQLITE, 'CREATE TRIGGER x INSTEAD OF DELETE ON v BEGIN DELETE FROM t; END;', 'DELETE FROM v;'],
    [MYSQL, 'CREATE TRIGGER x AFTER UPDATE ON o FOR EACH ROW DELETE FROM t;', 'UPDATE o SET a = 2;'],
    [POSTGRES, 'CREATE RULE x AS ON UPDATE TO o DO ALSO DELETE FROM t;', 'UPDATE o SET a = 2;'],
    [POSTGRES, 'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES o ON DELETE CASCADE;', 'DELETE FROM o;'],
    [SQLITE, 'PRAGMA foreign_keys=ON; CREATE TABLE p (a REFERENCES o ON DELETE SET NULL);', 'DROP TABLE o;'],
    [
      POSTGRES,
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t; SELECT 1';",
      'INSERT INTO o VALUES (f());',
    ],
    [
      POSTGRES,
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t; SELECT 1';",
      'CREATE TABLE p AS SELECT f();',
    ],
    [MYSQL, 'CREATE FUNCTION f() RETURNS int RETURN (DELETE FROM t);', 'SET @a = f();'],
    [
      POSTGRES,
      "CREATE FUNCTION setval(text, int) RETURNS void LANGUAGE sql AS 'DELETE FROM t';",
      "SELECT setval('a', 1);",
    ],
    [SQLITE, 'PRAGMA "foreign_keys"="on"; CREATE TABLE p (a REFERENCES o ON DELETE SET NULL);', 'DROP TABLE o;'],
    [SQLITE, '', '.dbconfig enable_fkey on'],
    [SQLITE, '', '.progress 1 --limit 1'],
    [SQLITE, '', "PRAGMA encoding = 'UTF-16le';"],
    [SQLITE, 'PRAGMA writable_schema=ON;', "UPDATE sqlite_master SET sql = '';"],
    [POSTGRES, '', "UPDATE pg_settings SET setting = 'off';"],
    [MYSQL, 'BEGIN;', 'COMMIT AND CHAIN;'],
    [MYSQL, '', 'SET completion_type = 1;'],
    [POSTGRES, '', 'COPY (DELETE FROM t RETURNING *) TO stdout;'],
    [POSTGRES, '\\set x t', 'INSERT INTO :x VALUES (2);'],
    [POSTGRES, '', 'ALTER INDEX t RENAME TO u;'],
    [MYSQL, '', 'DELETE FROM gogs.t;'],
    [MYSQL, '', 'ALTER TABLE t MODIFY a int NOT NULL;'],
    [MYSQL, '', 'ALTER TABLE t MODIFY a int AUTO_INCREMENT;'],
    [MYSQL, 'DROP TABLE t;', 'ALTER TABLE o ADD COLUMN b int, RENAME TO t;'],
    [MYSQL, 'DROP TABLE t;', 'ALTER TABLE o RENAME = t;'],
    [MYSQL, '', 'ALTER TABLE o EXCHANGE PARTITION p WITH TABLE t;'],
    [MYSQL, 'DROP TABLE t;', 'ALTER TABLE o CONVERT PARTITION p TO TABLE t;'],
    [POSTGRES, 'DROP TABLE t;', 'ALTER INDEX o RENAME TO t;'],
    [POSTGRES, 'DROP TABLE t;', 'ALTER TABLE o RENAME TO t;'],
    [POSTGRES, 'CREATE SCHEMA s; CREATE TABLE s.t (a int);', 'ALTER TABLE s.t SET SCHEMA public;'],
    [POSTGRES, 'CREATE VIEW v AS SELECT 1 AS a;', 'ALTER VIEW v RENAME TO t;'],
    [SQLITE, 'DROP TABLE t;', "ALTER TABLE 'o' RENAME TO t;"],
    [MYSQL, '', 'help\nINSERT INTO t (a) VALUES (2);'],
    [POSTGRES, '', '\\echo x \\\\ INSERT INTO t (a) VALUES (2);'],
    [POSTGRES, '', '\\pset pager off \\i other.sql'],
    [POSTGRES, '', '\\connect x \\i other.sql'],
    [POSTGRES, '', '\\unset AUTOCOMMIT'],
    [POSTGRES, '\\set x t', 'ALTER TABLE IF EXISTS :x DROP COLUMN a;'],
    [POSTGRES, '', 'ALTER TABLE IF EXISTS t* ALTER a SET DEFAULT 5;'],
    [POSTGRES, 'CREATE DOMAIN d AS int;', 'ALTER DOMAIN d SET DEFAULT 5;'],
    [POSTGRES, 'CREATE DOMAIN d AS int;', 'CREATE DOMAIN s.d AS int DEFAULT 5;'],
    [
      POSTGRES,
      "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'DELETE FROM t; SELECT 1';",
      'CREATE OPERATOR @@@ (FUNCTION = f, RIGHTARG = int);',
    ],
    [
      POSTGRES,
      "CREATE FUNCTION f(int) RETURNS bool LANGUAGE sql AS 'DELETE FROM t; SELECT true';",
      'CREATE DOMAIN d AS int CHECK (f(VALUE));',
    ],
    [
      POSTGRES,
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN PERFORM g(); RETURN 1; END'; CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'DELETE FROM t; SELECT 1';",
      'CREATE TABLE p (a int DEFAULT f());',
    ],
    [POSTGRES, '\\set name AUTOCOMMIT', '\\set :name off'],
    [POSTGRES, '', '\\set "AUTOCOMMIT" off'],
    [POSTGRES, '', 'CREATE UNIQUE INDEX i ON :x (a);'],
    [POSTGRES, '\\set x t', 'INSERT INTO public.:"x" VALUES (2);'],
    [POSTGRES, '', 'INSERT INTO U&"\\0074" VALUES (2);'],
    [POSTGRES, '', '-- comment\rDELETE FROM t;'],
    [POSTGRES, '', 'SELECT 1 -- comment\r; DELETE FROM t;'],
    [POSTGRES, 'CREATE EVENT TRIGGER x ON ddl_command_end EXECUTE FUNCTION f();', 'CREATE INDEX i ON o (a);'],
    [MYSQL, '', "/*!80000 SET sql_mode='NO_BACKSLASH_ESCAPES' */;"],
    [MYSQL, '', '/*!50700 SET autocommit=0 */;'],
    [MYSQL, 'BEGIN;', '/*M!100100 COMMIT */;'],
    [MYSQL, '', '/*!100100 USE other */;'],
    // One delimiter may end several statements, which the client sends together.
    ...[
      'INSERT INTO t (a) VALUES (2); INSERT INTO o (a) VALUES (3)',
      'INSERT INTO t (a) VALUES (2); DELETE FROM o',
      'SET @x = 1; INSERT INTO t (a) VALUES (2)',
      'UNLOCK TABLES; INSERT INTO t (a) VALUES (2)',
      'CREATE TABLE p (a int); INSERT INTO t (a) VALUES (2)',
      'CREATE TRIGGER x BEFORE INSERT ON p FOR EACH ROW BEGIN SET @x = 1; END; INSERT INTO t (a) VALUES (2)',
      'CREATE TABLE p (a int); BEGIN NOT ATOMIC INSERT INTO t (a) VALUES (2); END',
    ].flatMap((statements) => [
      [MYSQL, 'DELIMITER ;;', `${statements};;\nDELIMITER ;`],
      [MYSQL, 'DELIMITER $$', `${statements}; $$\nDELIMITER ;`],
    ]),
  ])('refuses what may change rows in a roundabout way: %#', async (head, before, statement) => {
    const rows =
      'CREATE TABLE t (a int);\nCREATE TABLE o (a int);\nINSERT INTO t (a) VALUES (1);\nINSERT INTO o (a) VALUES (1);';
    const dump = await indexText(`${head}${rows}\n${before}\n${statement}\n`);
    const changes = [...dump.changes, ...dump.tables.flatMap((table) => table.changes)];
    expect(changes.length).toBeGreaterThan(0);
  });

  test.each([
    [MYSQL, 'CREATE TABLE p (a int) VALUES (2);'],
    [MYSQL, 'CREATE TABLE p (SELECT 2 AS a);'],
    [MYSQL, 'CREATE TABLE p (a int) TABLE t;'],
    [POSTGRES, 'CREATE TABLE p AS VALUES (2);'],
    [SQLITE, 'CREATE TABLE p AS VALUES (2);'],
  ])('refuses a table whose definition has rows: %#', async (head, statement) => {
    const dump = await indexText(`${head}CREATE TABLE t (a int);\n${statement}\n`);
    expect(dump.tables.find(({ name }) => name === 'p')?.changes).toMatchObject([
      { effect: 'takes columns or rows from another table' },
    ]);
  });

  test.each([
    [MYSQL, '/*!50717 SET @rocksdb_bulk_load = 1 */; /*M!100616 SET NOTE_VERBOSITY=0 */;'],
    [MYSQL, "/*!40101 SET NAMES utf8 */; /*!40014 SET FOREIGN_KEY_CHECKS=0 */; /*!40101 SET SQL_MODE='ANSI' */;"],
    [MYSQL, 'ALTER TABLE t RENAME INDEX i TO j, RENAME KEY j TO k;'],
    [POSTGRES, 'CREATE EVENT TRIGGER x ON sql_drop EXECUTE FUNCTION f(); ALTER EVENT TRIGGER x OWNER TO y;'],
    [POSTGRES, '\\connect -reuse-previous=on "dbname=\'a\\\\b\'"'],
    [POSTGRES, '\\restrict abc'],
    [POSTGRES, '\\set ON_ERROR_STOP on'],
    [SQLITE, ".dbconfig defensive off\nPRAGMA encoding = 'UTF-8'; PRAGMA encoding;"],
    [
      POSTGRES,
      'CREATE DOMAIN d AS int; ALTER DOMAIN d OWNER TO x; ALTER DOMAIN public.d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID;',
    ],
    [MYSQL, 'USE gogs-old;'],
    [
      MYSQL,
      "SELECT COALESCE(CURRENT_ROLE(),'NONE') into @current_role;\nSET ROLE x;\n/*M!100203 EXECUTE IMMEDIATE CONCAT('SET ROLE ', @current_role) */;",
    ],
    [MYSQL, 'USE gogs-old'],
    [
      MYSQL,
      'DELIMITER ;;\nCREATE PROCEDURE p() BEGIN DELETE FROM t; END;;\nINSERT INTO t (a) VALUES (2);\n;;\nDELIMITER ;',
    ],
    [MYSQL, 'DELIMITER //\nCREATE FUNCTION f() RETURNS int IF @x THEN RETURN 1; END IF; //\nDELIMITER ;'],
    [
      MYSQL,
      'DELIMITER ;;\n/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER x BEFORE INSERT ON p FOR EACH ROW BEGIN SET @x = 1; SET @y = 2; END */;;\nDELIMITER ;',
    ],
  ])('accepts what real dumps contain of this: %#', async (head, statement) => {
    const dump = await indexText(`${head}CREATE TABLE t (a int);\nINSERT INTO t (a) VALUES (1);\n${statement}\n`);
    expect([...dump.changes, ...dump.tables.flatMap((table) => table.changes)]).toEqual([]);
  });

  test('knows that temporary tables end with a session', async () => {
    const tables = 'CREATE TABLE t (a int);\nCREATE TEMP TABLE t (a int);\n';
    const dump = await indexText(`${POSTGRES}${tables}\\connect -\nINSERT INTO t VALUES (1);\n`);
    expect(dump.tables.filter(({ rows }) => rows.length > 0).map(({ temporary }) => temporary)).toEqual([false]);
  });

  test('rejects a row that is skipped because COPY data has its key', async () => {
    const table = `${POSTGRES}CREATE TABLE t (a int PRIMARY KEY);\nCOPY t FROM stdin;\n1\n\\.\n`;
    const insert = (id: number): string => `INSERT INTO t VALUES (${id}) ON CONFLICT DO NOTHING;\n`;
    expect((await rowsOf(table + insert(2))).rows).toHaveLength(2);
    await expect(rowsOf(table + insert(1))).rejects.toThrow(/line 9 .*has a key that is there already/);
  });

  test('rejects COPY data that ends within a value for the server, and behind it for psql', async () => {
    const rows = rowsOf(`${POSTGRES}CREATE TABLE t (a text);\nCOPY t FROM stdin;\nx\\\n\\.\n`);
    await expect(rows).rejects.toThrow(/line 7 .*value 1 of the row is followed by something unexpected/);
  });

  test.each([
    ['stand for each other', ['CREATE DOMAIN a AS b;', 'CREATE DOMAIN b AS a;']],
    ['stand for 20,000 others', Array.from({ length: 20_000 }, (_, i) => `CREATE DOMAIN a${i || ''} AS a${i + 1};`)],
  ])('knows the columns of domains that %s', async (_, domains) => {
    const dump = await indexText(`${POSTGRES}${domains.join('\n')}\nCREATE TABLE t (id a);\n`);
    expect(dump.tables[0]?.columns?.map(({ name }) => name)).toEqual(['id']);
  });

  test('states the character set of rows', async () => {
    const encodings = async (text: string): Promise<unknown[]> =>
      (await indexText(text)).tables.flatMap(({ rows }) => rows.map(({ rules }) => rules.encoding));
    const row = 'INSERT INTO t (a) VALUES (1);\n';
    expect(await encodings(`${MYSQL}/*!40101 SET NAMES latin1 */;\n${row}SET NAMES utf8;\n${row}`)).toEqual([
      'latin1',
      'utf8',
    ]);
    expect(await encodings(`${POSTGRES}SET client_encoding = 'UTF8';\n${row}\\encoding LATIN1\n${row}`)).toEqual([
      'UTF8',
      'LATIN1',
    ]);
    expect(
      await encodings(
        `/*\n Navicat\n File Encoding         : 936\n*/\nSET x = 1;\nINSERT INTO \`t\` (a) VALUES (1);\n`,
      ),
    ).toEqual(['code page 936']);
  });

  test('states that the closing line of the producer is missing', async () => {
    expect((await indexText(`${MYSQL}CREATE TABLE t (a int);\n`)).complete).toBe(false);
    expect((await indexText(`${SQLITE}CREATE TABLE t (a int);\nROLLBACK; -- due to errors\n`)).complete).toBe(false);
    expect((await indexText('CREATE TABLE `t` (a int);\n')).complete).toBeUndefined();
  });

  test('rejects text that is not SQL', async () => {
    await expect(indexText('Hello, world\n')).rejects.toThrow(/nothing in its first 13 bytes looks like an SQL dump/);
  });
});

describe('a damaged dump is rejected with its place and without its values', () => {
  test.each([
    [
      'too few values',
      'INSERT INTO t (a, b) VALUES (1, 2),\n(3);',
      /line 3 \(byte \d+\): the row has 1 values for 2 columns/,
    ],
    [
      'too many values',
      "INSERT INTO t (a) VALUES (1, 'secret');",
      /line 2 \(byte \d+\): the row has more than 1 values/,
    ],
    ['a value without a comma', "INSERT INTO t (a, b) VALUES (1 'secret');", /line 2 \(byte \d+\): /],
    [
      'something between two rows',
      'INSERT INTO t (a) VALUES (1),\n(2) secret (3);',
      /line 3 \(byte \d+\): the rows are followed by something unexpected/,
    ],
    ['an end within a row', 'INSERT INTO t (a) VALUES (1),\n(2', /middle of the statement that begins on line 2/],
    ['an end behind a row', 'INSERT INTO t (a) VALUES (1)', /middle of the statement that begins on line 2/],
    ['an end within a definition', 'CREATE TABLE t (\n  `a` int,', /middle of the statement that begins on line 2/],
    ['a statement that ends within a row', 'INSERT INTO t (a) VALUES (1;\nSELECT 2);', /line 2 \(byte \d+\): /],
  ])('%s', async (_, text, message) => {
    const reading = rowsOf(MYSQL + text);
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.not.toThrow(/secret/);
  });

  test('with a field missing in COPY', async () => {
    const reading = rowsOf(`${POSTGRES}COPY t (a, b) FROM stdin;\n1\t2\nsecret\n\\.\n`);
    await expect(reading).rejects.toThrow(
      /rows of t in dump.sql, line 7 \(byte \d+\): the row has 1 values for 2 columns/,
    );
  });

  test('with rows of a table without columns', async () => {
    await expect(rowsOf(`${MYSQL}INSERT INTO t VALUES (1);`)).rejects.toThrow(
      /line \d+ \(byte \d+\): the dump has neither the table's definition nor lists of columns/,
    );
  });

  test('with a row that exceeds the limit', async () => {
    await withDump(`${MYSQL}INSERT INTO t (a) VALUES (1),\n('${'x'.repeat(100_000)}');`, async (path) => {
      const dump = await indexSqlDump(path);
      await expect(readTable(dump, 't', { maxRowSize: 50_000, chunkSize: 1024 })).rejects.toThrow(
        /line 3 \(byte \d+\): the row is longer than 50000 bytes/,
      );
    });
  });
});

test('unknown columns become extras under their own names', async () => {
  await withDump(`${MYSQL}INSERT INTO t (a, custom, b) VALUES (1, 'x', NULL), (2, 'y', 3);`, async (path) => {
    const dump = await indexSqlDump(path);
    const row = new Row(2);
    const seen: unknown[] = [];
    const columns: Record<string, number> = { a: 0, b: 1 };
    const take = (taken: Row): void => {
      const [extra] = taken.extras;
      seen.push([extra?.name, extra?.cell.bytes.toString('utf8', extra.cell.start, extra.cell.end), taken.size]);
      // Changes by a consumer do not affect the next row.
      taken.cell(1).setText('changed');
      taken.extras.push({ name: 'more', cell: taken.cell(0) });
    };
    const table = dump.tables[0];
    if (table === undefined) throw new Error('no table');
    await readSqlRows(dump, table, { row, columnOf: (name) => columns[name], consumer: { row: take } });
    expect(seen).toEqual([
      ['custom', 'x', 14],
      ['custom', 'y', 11],
    ]);
  });
});

test('rows do not depend on where the pieces of the file end', async () => {
  const text =
    `${MYSQL}INSERT INTO \`t\` (\`a\`) VALUES (1),('it\\'s ''so''\\\\'),(_binary 'a\\0'),(NULL), (-1e5) ,\n('\\\\'),('${'long \\n '.repeat(40)}');\n` +
    "INSERT INTO `t` (`a`) VALUES ('second');\nINSERT INTO `t` (`a`) VALUES ('second');\n";
  const whole = await rowsOf(text);
  expect(whole.rows).toHaveLength(9);
  for (let chunkSize = 64; chunkSize < 200; chunkSize++) expect(await rowsOf(text, { chunkSize })).toEqual(whole);
});

test('a row of 20 MB is read', async () => {
  const text = `${MYSQL}INSERT INTO t (a) VALUES (1),('${'0123456789abcde\\n'.repeat(1_200_000)}'),(2);`;
  const [first, long, last] = await values(text);
  expect([first, (long as string).length, last]).toEqual(['1', 1_200_000 * 16, '2']);
});
