import { expect, test } from '@jest/globals';
import { Row } from '../../../src/core/rows.js';
import { findDifferences } from '../../../src/verify/digests/findDifferences.js';
import { RowDigester } from '../../../src/verify/digests/RowDigester.js';

type Rows = readonly (readonly [id: string, text: string])[];

function differences(expected: Rows, found: Rows) {
  const digester = new RowDigester([
    { name: 'id', kind: 'integer', index: 0 },
    { name: 'text', kind: 'text', index: 1 },
  ]);
  return findDifferences(async (side, onRow) => {
    const row = new Row(2);
    for (const [id, text] of side === 'expected' ? expected : found) {
      row.cell(0).setText(id);
      row.cell(1).setText(text);
      digester.digest(row);
      onRow(row, `id ${id}`, digester);
    }
  });
}

const many: Rows = Array.from({ length: 5000 }, (_, i) => [String(i), `text ${i}`]);

test('the same rows in another order do not differ', async () => {
  expect(await differences(many, many.toReversed())).toEqual([]);
});

test('names missing rows, differing rows with their columns, and unexpected rows', async () => {
  const found: Rows = [
    ...many.slice(0, 10),
    ...many.slice(11, 4000),
    ['4000', 'other'],
    ...many.slice(4001),
    ['9999', 'new'],
  ];
  expect(await differences(many, found)).toEqual([
    { label: 'id 10', what: 'missing', columns: [] },
    { label: 'id 4000', what: 'different', columns: ['text'] },
    { label: 'id 9999', what: 'unexpected', columns: [] },
  ]);
});

test('values that two rows have exchanged are found', async () => {
  const found: Rows = [['0', 'text 1'], ['1', 'text 0'], ...many.slice(2)];
  expect((await differences(many, found)).map(({ label, what }) => [label, what])).toEqual([
    ['id 0', 'different'],
    ['id 1', 'different'],
  ]);
});

test('a repeated row is unexpected the second time', async () => {
  expect(await differences(many, [...many, ['7', 'text 7']])).toEqual([
    { label: 'id 7', what: 'unexpected', columns: [] },
  ]);
});
