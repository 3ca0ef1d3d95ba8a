import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Definitions } from '../../../src/formats/sqlite/Definitions.js';
import type { TableShape } from '../../../src/formats/sqlite/TableShape.js';
import { usualShape } from '../../../src/formats/sqlite/usualShape.js';
import { runs } from '../../support/effort.js';
import { fixture } from '../../support/fixtures.js';

let definitions: Definitions;
beforeAll(async () => {
  definitions = await Definitions.open();
});
afterAll(() => definitions.close());

/** Without functions, so that two shapes can be compared. */
const comparable = (shape: TableShape | string | undefined): unknown =>
  typeof shape !== 'object'
    ? shape
    : { ...shape, columns: shape.columns.map(({ oldValue, ...column }) => ({ ...column, old: bytesOf(oldValue()) })) };

const bytesOf = (value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value).toString() : value);

const bySqlite = (name: string, sql: string): unknown => comparable(definitions.shapeOf(name, sql));

describe('definitions of the usual form mean what SQLite says', () => {
  test.each([
    ['schema', '0.13.0-sqlite3.sql'],
    ['schema', '0.14.3-sqlite3.sql'],
    ['0.10.18-sqlite3', 'native.sql'],
    ['0.12.3-sqlite3', 'native.sql'],
  ])('all of %s/%s, which Gogs wrote', (...path) => {
    const sql = readFileSync(fixture(...path), 'utf8');
    const tables = [...sql.matchAll(/^(CREATE TABLE (?:IF NOT EXISTS )?[`"']?(\w+)[`"']? ?\(.*\));$/gm)];
    expect(tables.length).toBeGreaterThan(30);
    for (const [, statement = '', name = ''] of tables) {
      if (name === 'sqlite_sequence') continue;
      // As SQLite stores it.
      const stored = statement.replace('IF NOT EXISTS ', '');
      const shape = usualShape(name, stored);
      expect([name, comparable(shape)]).toEqual([name, bySqlite(name, stored)]);
    }
  });

  test.each(['a INTEGER, PRIMARY KEY (A)', '`B` INTEGER, b2 TEXT, CONSTRAINT n PRIMARY KEY (`b`)'])(
    'also if the key names its column in other case: %s',
    (columns) => {
      const sql = `CREATE TABLE t (${columns})`;
      expect(usualShape('t', sql)).toMatchObject({ rowIdColumn: 0 });
      expect(comparable(usualShape('t', sql))).toEqual(bySqlite('t', sql));
    },
  );

  test('whatever they are composed of, or are left to SQLite', () => {
    // Mostly usual parts, so that many definitions consist of nothing else.
    const parts = (usual: readonly string[], others: readonly string[]): fc.Arbitrary<string> =>
      fc.oneof(
        { weight: 19, arbitrary: fc.constantFrom(...usual) },
        { weight: 1, arbitrary: fc.constantFrom(...others) },
      );
    const name = parts(['a', '`b`', '"c"', '`d e`', '`f``g`', '"h""i"', '`"`', 'l_1'], ['[j]', "'k'", 'l$', 'key']);
    const type = parts(
      [
        'INTEGER',
        'integer',
        'INTEGER(4)',
        'INT',
        'BIGINT(20)',
        'TEXT',
        'VARCHAR(40)',
        'REAL',
        'NUMERIC',
        'UUID',
        'BLOB',
      ],
      ['', 'DOUBLE PRECISION', 'UNSIGNED BIG INT', '"INTEGER"', 'DECIMAL(1, 2)', 'FLOATING POINT'],
    );
    const constraint = parts(
      [
        ...['NULL', 'NOT NULL', 'UNIQUE', 'NOT  NULL\n', 'PRIMARY KEY', 'PRIMARY KEY AUTOINCREMENT', 'DEFAULT 0'],
        ...[
          'DEFAULT -1',
          'DEFAULT 007',
          "DEFAULT ''",
          "DEFAULT 'it''s'",
          'DEFAULT true',
          'DEFAULT FALSE',
          'DEFAULT NULL',
        ],
      ],
      [
        ...['DEFAULT 1.5', "DEFAULT '12'", 'DEFAULT (1)', 'DEFAULT "x"', "DEFAULT x'00'", 'DEFAULT +3', 'CHECK (1)'],
        ...['COLLATE NOCASE', 'AS (1) STORED', 'AS (1)', 'REFERENCES t (a)', 'CONSTRAINT n NOT NULL', '/* NULL */'],
        ...['UNIQUE ON CONFLICT IGNORE', 'PRIMARY KEY DESC', 'DEFAULT 9223372036854775807', 'GENERATED ALWAYS AS (2)'],
      ],
    );
    const column = fc
      .tuple(name, type, fc.array(constraint, { maxLength: 3 }))
      .map(([each, of, constraints]) => [each, of, ...constraints].filter((part) => part !== '').join(' '));
    const key = fc
      .tuple(
        parts(['PRIMARY KEY', 'UNIQUE', 'CONSTRAINT `n` PRIMARY KEY'], ['CHECK', 'FOREIGN KEY']),
        fc.uniqueArray(fc.oneof(name, fc.constantFrom('A', '`B`')), { minLength: 1, maxLength: 2 }),
        parts([''], [' ON CONFLICT REPLACE', ' REFERENCES t']),
      )
      .map(([kind, columns, rest]) => `${kind} (${columns.join(', ')})${rest}`);
    const columns = fc.uniqueArray(column, { minLength: 1, maxLength: 4, selector: (part) => part.split(' ', 1)[0] });
    const statement = fc
      .tuple(
        parts(['CREATE TABLE `t` (', 'CREATE TABLE "t"(', 'CREATE TABLE t(\n  '], ['CREATE TABLE T (']),
        columns,
        fc.option(key, { nil: undefined, freq: 2 }),
        parts([')', '\n)', ' )'], [') STRICT', ') WITHOUT ROWID']),
      )
      .map(([start, list, more, end]) => start + [...list, ...(more === undefined ? [] : [more])].join(', ') + end);
    let understood = 0;
    fc.assert(
      fc.property(statement, (sql) => {
        const shape = usualShape('t', sql);
        const expected = bySqlite('t', sql);
        // No database contains a definition that SQLite rejects.
        if (shape === undefined || typeof expected === 'string') return;
        understood++;
        expect(comparable(shape)).toEqual(expected);
      }),
      { numRuns: runs(1500) },
    );
    expect(understood).toBeGreaterThan(100);
  });

  test('and a hostile one takes no time', () => {
    const long = 30_000;
    for (const part of [
      ' '.repeat(long),
      `'${"''".repeat(long)}`,
      'a INTEGER '.repeat(3000),
      '`'.repeat(long),
      '('.repeat(long),
    ]) {
      expect(usualShape('t', `CREATE TABLE t (a INTEGER ${part}`)).toBeUndefined();
      expect(usualShape('t', `CREATE TABLE t (a TEXT DEFAULT ${part})`)).toBeUndefined();
    }
  });
});
