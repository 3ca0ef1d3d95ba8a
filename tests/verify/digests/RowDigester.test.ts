import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CellKind, type ColumnKind, Row } from '../../../src/core/rows.js';
import { RowDigester } from '../../../src/verify/digests/RowDigester.js';
import { TableDigest } from '../../../src/verify/digests/TableDigest.js';
import { unicodeText } from '../../support/unicodeText.js';

const column = (kind: ColumnKind, index = 0) => ({ name: `c${index}`, kind, index });

/** The digest of one row of texts; with `json`, as literals in which everything is escaped. */
function digestOf(texts: readonly string[], json = false): string {
  const digester = new RowDigester(texts.map((_, index) => column('text', index)));
  const row = new Row(texts.length);
  texts.forEach((text, index) => {
    if (!json) row.cell(index).setText(text);
    else row.cell(index).set(CellKind.JsonText, Buffer.from(`"${escapeAll(text)}"`));
  });
  digester.digest(row);
  return digester.words.join();
}

const escapeAll = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');

const texts = fc.array(unicodeText({ maxLength: 100 }), { minLength: 1, maxLength: 4 });

test('a row has the same digest whether its texts are escaped or not', () => {
  fc.assert(
    fc.property(texts, (values) => {
      expect(digestOf(values, true)).toBe(digestOf(values));
    }),
  );
});

test('rows that differ have different digests', () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      expect(digestOf(a) === digestOf(b)).toBe(a.length === b.length && a.every((text, i) => text === b[i]));
    }),
  );
});

test('the boundaries between values make a difference', () => {
  expect(digestOf(['ab', 'c'])).not.toBe(digestOf(['a', 'bc']));
});

test('every single bit of a long text makes a difference', () => {
  const text = 'x'.repeat(300);
  const digests = Array.from({ length: 300 }, (_, i) => digestOf([`${text.slice(0, i)}y${text.slice(i + 1)}`]));
  expect(new Set([...digests, digestOf([text])]).size).toBe(301);
});

test('NULL, the empty text and 0 are different', () => {
  const digester = new RowDigester([column('text')]);
  const row = new Row(1);
  const digests = [CellKind.Null, CellKind.Text, CellKind.Number].map((kind) => {
    row.cell(0).set(kind, Buffer.from(kind === CellKind.Number ? '0' : ''));
    digester.digest(row);
    return digester.words.join();
  });
  expect(new Set(digests).size).toBe(3);
});

describe('times', () => {
  const digest = (text: string, digits?: number): string => {
    const digester = new RowDigester([column('time')], { timeDigits: digits });
    const row = new Row(1);
    row.cell(0).setText(text);
    digester.digest(row);
    return digester.words.join();
  };

  test('are the same however they are written', () => {
    const same = ['2020-09-13T12:26:40.5Z', '2020-09-13 12:26:40.500+00', '2020-09-13T14:26:40.50+02:00'];
    expect(new Set(same.map((text) => digest(text))).size).toBe(1);
    expect(digest('2020-09-13T12:26:40.6Z')).not.toBe(digest(same[0] as string));
  });

  test('are as precise as the database that stores them', () => {
    expect(digest('2020-09-13T12:26:40.1236Z', 3)).toBe(digest('2020-09-13T12:26:40.124Z', 3));
    expect(digest('2020-12-31T23:59:59.9996Z', 3)).toBe(digest('2021-01-01T00:00:00Z', 3));
    expect(digest('2020-09-13T12:26:40.1236Z')).not.toBe(digest('2020-09-13T12:26:40.124Z'));
  });
});

describe('a table', () => {
  const sum = (values: readonly string[][]): TableDigest => {
    const table = new TableDigest();
    for (const row of values) table.add(Uint32Array.from(digestOf(row).split(',').map(Number)));
    return table;
  };

  test('has the same digest for any order of rows, and another with a row less, more or twice', () => {
    const rows = [['a'], ['b'], ['c']];
    expect(sum(rows).equals(sum(rows.toReversed()))).toBe(true);
    for (const other of [
      [['a'], ['b']],
      [...rows, ['d']],
      [['a'], ['a'], ['b']],
      [...rows, ['a']],
    ]) {
      expect(sum(rows).equals(sum(other))).toBe(false);
    }
  });
});
