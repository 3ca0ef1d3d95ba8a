import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CellKind, Row } from '../../../src/core/rows.js';
import { JsonTextDecoder } from '../../../src/formats/json/JsonTextDecoder.js';

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 8000, maxLength: 20_000 }));

test('every text of a row equals its literal, even if many of them exceed the reserved room', () => {
  const decoder = new JsonTextDecoder();
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
      const row = new Row(texts.length);
      decoder.begin();
      for (const [i, value] of texts.entries()) {
        row.cell(i).set(CellKind.JsonText, Buffer.from(JSON.stringify(value)));
        decoder.decode(row.cell(i));
      }
      for (const [i, value] of texts.entries()) {
        const { kind, bytes, start, end } = row.cell(i);
        expect(kind).toBe(CellKind.Text);
        expect(bytes.toString('utf8', start, end)).toBe(value);
      }
    }),
  );
});

test('other cells than JSON strings are unchanged', () => {
  const row = new Row(1);
  for (const kind of [CellKind.Missing, CellKind.Null, CellKind.True, CellKind.Number, CellKind.Text]) {
    row.cell(0).set(kind, Buffer.from('1'));
    new JsonTextDecoder().decode(row.cell(0));
    expect(row.cell(0)).toMatchObject({ kind, start: 0, end: 1 });
  }
});
