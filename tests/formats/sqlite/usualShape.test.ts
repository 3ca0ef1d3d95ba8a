import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Definitions } from '../../../src/formats/sqlite/Definitions.js';
import type { TableShape } from '../../../src/formats/sqlite/TableShape.js';
import { usualShape } from '../../../src/formats/sqlite/usualShape.js';
import { runs } from '../../support/effort.js';
import { fixture } from '../../support/fixtures.js';
import { tableDefinitions } from '../../support/tableDefinitions.js';

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
    let understood = 0;
    fc.assert(
      fc.property(tableDefinitions, (sql) => {
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
