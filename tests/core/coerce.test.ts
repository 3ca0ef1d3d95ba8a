import { describe, expect, test } from '@jest/globals';
import { formatRfc3339, isUuid, toBoolean, toInteger, toTime } from '../../src/core/coerce.js';
import { Cell, CellKind } from '../../src/core/rows.js';

function cell(kind: CellKind, text = ''): Cell {
  const made = new Cell();
  made.set(kind, Buffer.from(text, 'latin1'));
  return made;
}

const text = (value: string): Cell => cell(CellKind.Text, value);

test.each([
  ['12', '12'],
  ['-0', '0'],
  ['+7', '7'],
  ['000', '0'],
  ['12.00', '12'],
  ['9223372036854775807', '9223372036854775807'],
  ['', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['abc', undefined],
  [' 1', undefined],
  ['1'.repeat(100), undefined],
])('%p as a whole number is %p', (value, wanted) => {
  expect(toInteger(text(value))).toBe(wanted);
  expect(toInteger(cell(CellKind.JsonText, `"${value}"`))).toBe(wanted);
});

test.each([
  ['1', true],
  ['t', true],
  ['TRUE', true],
  ['\x01', true],
  ['0', false],
  ['f', false],
  ['false', false],
  ['\x00', false],
  ['2', undefined],
  ['', undefined],
  ['yes', undefined],
])('%p as a boolean is %p', (value, wanted) => {
  expect(toBoolean(text(value))).toBe(wanted);
});

test('booleans have several notations, and NULL is not one of them', () => {
  expect([CellKind.True, CellKind.False, CellKind.Null, CellKind.Missing].map((kind) => toBoolean(cell(kind)))).toEqual(
    [true, false, undefined, undefined],
  );
  expect(toInteger(cell(CellKind.Null))).toBeUndefined();
});

describe('times', () => {
  test.each([
    ['2020-09-13T12:26:40Z', '2020-09-13T12:26:40Z'],
    ['2020-09-13T12:26:40.120Z', '2020-09-13T12:26:40.12Z'],
    ['2020-09-13T14:26:40+02:00', '2020-09-13T12:26:40Z'],
    ['2020-01-01 00:30:00+01', '2019-12-31T23:30:00Z'],
    ['2020-09-13 12:26:40', '2020-09-13T12:26:40Z'],
    ['2020-09-13 12:26:40.123456789', '2020-09-13T12:26:40.123456789Z'],
    ['2020-09-13 06:56:40-05:30', '2020-09-13T12:26:40Z'],
    ['2020-09-13 12:26:40 +0000 UTC', '2020-09-13T12:26:40Z'],
    ['2020-09-13 12:26', '2020-09-13T12:26:00Z'],
    ['2020-09-13', '2020-09-13T00:00:00Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['2020-02-29 00:00:00', '2020-02-29T00:00:00Z'],
    ['2021-02-29 00:00:00', undefined],
    ['0000-00-00 00:00:00', undefined],
    ['2020-09-13 24:00:00', undefined],
    ['1600000000', undefined],
    ['', undefined],
  ])('%p is %p', (value, wanted) => {
    const instant = toTime(text(value));
    expect(instant && formatRfc3339(instant)).toBe(wanted);
  });
});

test('a UUID is anything that PostgreSQL accepts as one', () => {
  expect(isUuid(Buffer.from('7F6D3A8E-8e1c-4d9c-9b9a-0a1b2c3d4e5f'))).toBe(true);
  expect(isUuid(Buffer.from('7f6d3a8e8e1c4d9c9b9a0a1b2c3d4e5f'))).toBe(false);
});
