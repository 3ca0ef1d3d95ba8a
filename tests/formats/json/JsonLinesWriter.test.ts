import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CellKind, Row } from '../../../src/core/rows.js';
import { JsonLinesReader, type KeyMeaning } from '../../../src/formats/json/JsonLinesReader.js';
import { JsonLinesWriter } from '../../../src/formats/json/JsonLinesWriter.js';

/** Keys before and after: B becomes Bee, D is left out, and E is new. */
const BEFORE = ['A', 'B', 'C', 'D'];
const MEMBERS = [
  { key: 'A', index: 0 },
  { key: 'Bee', index: 1 },
  { key: 'C', index: 2 },
  { key: 'E', index: 4 },
];

function meaningOf(key: string): KeyMeaning {
  const index = BEFORE.indexOf(key);
  return index < 0 ? { use: 'extra' } : { use: 'column', index, rank: 0 };
}

/** Reads, changes and writes like an upgrade. */
function splice(text: string, change: (row: Row) => void, members = MEMBERS): string {
  const row = new Row(5);
  const writer = new JsonLinesWriter(members);
  const reader = new JsonLinesReader({ file: 'Test.json', meaningOf, maxLineBytes: 1e6 }, row, {
    row: () => {
      change(row);
      for (const { index } of members) {
        if (row.cell(index).kind === CellKind.Missing) row.cell(index).set(CellKind.Null);
      }
      const before = writer.length;
      expect(writer.write(row)).toBe(writer.length - before);
    },
  });
  reader.feed(Buffer.from(text));
  reader.end();
  return writer.waiting.toString('utf8');
}

const value = fc.json({ maxDepth: 2 });
const rows = fc.array(fc.record({ A: value, B: value, C: value, D: value, X: value }, { requiredKeys: [] }), {
  maxLength: 5,
});
const toLine = (row: Record<string, string | undefined>): string =>
  `{${Object.entries(row)
    .map(([key, json]) => `"${key}":${json}`)
    .join(',')}}\n`;

describe('splicing', () => {
  test('gives the values that parsing, renaming and printing gives', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (given, changesC) => {
        const text = given.map(toLine).join('');
        const lines = splice(text, (row) => {
          row.cell(4).setText('"new"\n');
          if (changesC) row.cell(2).set(CellKind.True);
        });
        const found = lines
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as unknown);
        const expected = given.map((row) => {
          const parsed = JSON.parse(toLine(row)) as Record<string, unknown>;
          const { A = null, B = null, C = null, D: _, ...extras } = parsed;
          return { A, Bee: B, C: changesC ? true : C, E: '"new"\n', ...extras };
        });
        expect(found).toEqual(expected);
      }),
    );
  });

  test('keeps the bytes of unchanged values', () => {
    const line = '{"A":1.50e+3,"C":"\\u003c\\/é","X":{"n": [1, 2]}}\n';
    expect(
      splice(line, () => undefined, [
        { key: 'A', index: 0 },
        { key: 'C', index: 2 },
      ]),
    ).toBe(line);
  });

  test("writes members in the target's order, regardless of the source's", () => {
    const line = '{"C":3,"B":2,"A":1}\n';
    expect(splice(line, (row) => row.cell(4).set(CellKind.False))).toBe('{"A":1,"Bee":2,"C":3,"E":false}\n');
  });

  test('drops the white space between members', () => {
    expect(splice('{ "A" : 1 , "B" : 2 }\n', () => undefined)).toMatch(/^\{"A" ?: 1,"Bee":2,"C":null,"E":null\}\n$/);
  });

  test('writes rows of any length', () => {
    const long = 'x"\u0001'.repeat(300_000);
    const text = splice('{"A":1}\n', (row) => row.cell(4).setText(long));
    expect((JSON.parse(text) as { E: string }).E).toBe(long);
  });
});

describe('the buffer', () => {
  const row = new Row(1);
  row.cell(0).set(CellKind.Number, Buffer.from('42'));
  const line = '{"A":42}\n';

  test('holds everything written since it was cleared', () => {
    const writer = new JsonLinesWriter([{ key: 'A', index: 0 }]);
    writer.write(row);
    writer.write(row);
    expect(writer.waiting.toString()).toBe(line + line);
    writer.clear();
    expect(writer.length).toBe(0);
    writer.write(row);
    expect(writer.waiting.toString()).toBe(line);
  });

  test('can give the last line back', () => {
    const writer = new JsonLinesWriter([{ key: 'A', index: 0 }]);
    writer.write(row);
    writer.append(Buffer.from('{}\n'));
    expect(writer.endsWith(Buffer.from('x{}\n'), 1, 4)).toBe(true);
    expect(writer.endsWith(Buffer.from('x[]\n'), 1, 4)).toBe(false);
    expect(writer.takeBack(3).toString()).toBe('{}\n');
    expect(writer.waiting.toString()).toBe(line);
  });

  test('does not end with anything longer than itself', () => {
    expect(new JsonLinesWriter([]).endsWith(Buffer.from('x'), 0, 1)).toBe(false);
  });
});

test('a cell without a value is a bug of the caller', () => {
  expect(() => new JsonLinesWriter([{ key: 'A', index: 0 }]).write(new Row(1))).toThrow(TypeError);
});
