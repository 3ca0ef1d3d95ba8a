import { expect, test } from '@jest/globals';
import { findInvalidUtf8 } from '../../src/core/findInvalidUtf8.js';
import { CellKind, Row } from '../../src/core/rows.js';

/** A row of two texts in one buffer, with other bytes between them. */
function rowOf(first: string, between: string, second: string): Row {
  const parts = [first, between, second].map((hex) => Buffer.from(hex, 'hex'));
  const bytes = Buffer.concat(parts);
  const [length = 0, gap = 0] = parts.map((part) => part.length);
  const row = new Row(2);
  row.cell(0).set(CellKind.Text, bytes, 0, length);
  row.cell(1).set(CellKind.Text, bytes, length + gap, bytes.length);
  return row;
}

test.each([
  ['a cut-off character, whose last byte a resolved escape left behind it', '610ae4b8', 'b8272c27', '6f6b'],
  ['the rest of a character, whose first byte lies before it', '61', 'c3', 'a96f6b'],
  ['a cut-off character', '61e4b8', '272c27', '6f6b'],
])('%s is found', (_, first, between, second) => {
  expect(findInvalidUtf8(rowOf(first, between, second))).toHaveLength(1);
});

test('whole characters are not, whatever lies between them', () => {
  expect(findInvalidUtf8(rowOf('61e4b8b8', '272c27', 'c3a9'))).toEqual([]);
  expect(findInvalidUtf8(rowOf('61e4b8b8', 'b8b8ff', 'c3a9'))).toEqual([]);
});
