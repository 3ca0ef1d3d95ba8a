import { describe, expect, test } from '@jest/globals';
import { CellKind, Row } from '../../../src/core/rows.js';
import { TemporaryFolder } from '../../../src/files/TemporaryFolder.js';
import { affinityOf } from '../../../src/formats/sqlite/affinityOf.js';
import { GOGS } from '../../../src/gogs/gogsHistory.js';
import { schemaTable } from '../../../src/gogs/schemas/buildSchema.js';
import type { SchemaTable } from '../../../src/gogs/schemas/Schema.js';
import { columnIndex, type Table } from '../../../src/gogs/tables.js';
import { ScratchTable } from '../../../src/verify/archive/ScratchTable.js';
import { type Doubt, SeenKeys } from '../../../src/verify/archive/SeenKeys.js';
import { columnsInRelease, type DigestedColumn, RowDigester } from '../../../src/verify/digests/RowDigester.js';
import { TableDigest } from '../../../src/verify/digests/TableDigest.js';
import { ScratchDatabase } from '../../../src/verify/engines/ScratchDatabase.js';
import { runs, seededRandom } from '../../support/effort.js';
import { temporaryFolder } from '../../support/fixtures.js';

const folder = temporaryFolder();

interface TargetTable {
  readonly target: string;
  readonly table: Table;
  readonly schema: SchemaTable;
  readonly columns: readonly DigestedColumn[];
}

const tablesOf = (target: (typeof GOGS.targets)[number]): TargetTable[] =>
  target.tables.map((table) => ({
    ...{ target: target.name, table },
    schema: schemaTable(target.schemaFor('sqlite3'), table.name),
    columns: columnsInRelease(table, target.firstRelease),
  }));

describe('besides keys and texts that look like numbers, SQLite can refuse and change nothing of rows that fit', () => {
  test.each(GOGS.targets.flatMap(tablesOf))('$target $schema.name', ({ table, schema, columns }) => {
    const present = new Set(columns.map(({ name }) => name));
    for (const { name, type, nullable, default: given } of schema.columns) {
      // A row that fits has no NULL, but could lack a column.
      expect(nullable || given !== undefined || present.has(name)).toBe(true);
      const { kind } = table.columns[columnIndex(table, name)] ?? {};
      if (kind === 'integer' || kind === 'boolean') expect([name, affinityOf(type)]).toEqual([name, 'numeric']);
      else expect(affinityOf(type)).not.toBe('real');
    }
    expect(`${schema.createTable}${schema.createKeys}`).not.toMatch(
      /CHECK|COLLATE|REFERENCES|TRIGGER|STRICT|\bWHERE\b/i,
    );
    const unique = schema.createKeys.match(/CREATE UNIQUE INDEX/g)?.length ?? 0;
    const inline = schema.createTable.match(/UNIQUE/g)?.length ?? 0;
    expect(schema.uniqueKeys).toHaveLength(unique + inline);
  });
});

/** JSON values of which some are the same in a database, by the kind of a column. */
const VALUES = {
  integer: ['0', '1', '2', '3', '-0', '-1', '67108863', '67108864', '2147483647', '2147483648', '4503599627370495'],
  boolean: ['true', 'false'],
  text: ['"a"', '"A"', '"\\u0061"', '"b "', '"é"', '"\\u00e9"', '"a\\u0000"', '"1"', '"1.0"', '"a1"', '""'],
  uuid: ['"0a-1"', '"0A-1"', '"\\u0030a-1"', '"1-e5"', '"e5"', '""', '"-"'],
  time: ['"2020-01-01T00:00:00Z"'],
};
/** Of which it cannot be told, or with more effort, what SQLite does. */
const UNCLEAR = {
  ...VALUES,
  integer: [...VALUES.integer, '9007199254740992', '9007199254740993', '9223372036854775807', '-9223372036854775808'],
  uuid: [...VALUES.uuid, '"1"', '"1.0"', '"+1"', '"1e5"', '"100000"', '" 7 "', '".5"', '"0x10"', '"1.5.1"'],
};

const CASES = [
  ['exactly the rows', VALUES],
  ['the rows, and some more,', UNCLEAR],
] as const;

test.each(CASES)('%s that SQLite refuses or changes are in doubt', async (_, values) => {
  const scratch = new ScratchDatabase(undefined, new TemporaryFolder(folder));
  const engine = await scratch.open();
  const random = seededRandom(7);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const found = { none: 0, keys: 0, values: 0 };
  for (const { table, schema, columns } of tablesOf(GOGS.targetNamed('0.13'))) {
    let refused = 0;
    const stored = await ScratchTable.create(engine, schema, columns, () => refused++);
    const row = new Row(table.columns.length);
    const digester = new RowDigester(columns);
    for (let batch = 0; batch < runs(12); batch++) {
      refused = 0;
      const seen = new SeenKeys(table, schema);
      const [inserted, held] = [new TableDigest(), new TableDigest()];
      for (let id = 1; id <= 3; id++) {
        for (const { index, name, kind } of columns) {
          const isPlainId = name === 'id' && random() < 0.9;
          const value = isPlainId ? String(id) : pick(values[kind]);
          const isText = kind === 'text' || kind === 'uuid' || kind === 'time';
          const boolean = value === 'true' ? CellKind.True : CellKind.False;
          const number = kind === 'boolean' ? boolean : CellKind.Number;
          row.cell(index).set(isText ? CellKind.JsonText : number, Buffer.from(value));
        }
        seen.add(row);
        stored.add(row);
        digester.digest(row);
        inserted.add(digester.words);
      }
      await stored.finish();
      await stored.readRows(new Row(table.columns.length), (read) => {
        digester.digest(read);
        held.add(digester.words);
      });
      await engine.execute(`DELETE FROM "${table.name}"`);
      const isChanged = refused === 0 && !held.equals(inserted);
      const expected: Doubt = isChanged ? 'values' : refused > 0 ? 'keys' : 'none';
      found[expected]++;
      const detail = `${table.name} ${batch}`;
      if (values === VALUES) expect(`${detail} ${seen.doubt}`).toBe(`${detail} ${expected}`);
      else if (expected !== 'none') expect(`${detail} ${seen.doubt}`).toMatch(isChanged ? /values$/ : /(keys|values)$/);
    }
  }
  await scratch.close();
  expect(found.none).toBeGreaterThan(20);
  expect(found.keys).toBeGreaterThan(20);
  if (values === UNCLEAR) expect(found.values).toBeGreaterThan(0);
});

test('keys for which there is no room are in doubt', () => {
  const { table, schema } = tablesOf(GOGS.targetNamed('0.13')).find(({ schema: { name } }) => name === 'star') ?? {};
  if (table === undefined || schema === undefined) throw new Error('no such table');
  const seen = new SeenKeys(table, schema);
  const row = new Row(table.columns.length);
  for (const cell of row.cells) cell.set(CellKind.Number, Buffer.from('1'));
  const id = Buffer.alloc(10);
  const [idCell, repositoryCell] = [row.cell(columnIndex(table, 'id')), row.cell(columnIndex(table, 'repo_id'))];
  let rows = 0;
  for (; seen.doubt === 'none' && rows < 4_000_000; rows++) {
    const end = id.write(String(rows), 'latin1');
    idCell.set(CellKind.Number, id, 0, end);
    repositoryCell.set(CellKind.Number, id, 0, end);
    seen.add(row);
  }
  expect(seen.doubt).toBe('keys');
  expect(rows).toBeGreaterThan(3_000_000);
});
