import { expect, test } from '@jest/globals';
import { isPrintedJsonb } from '../../../../src/formats/sql/values/isPrintedJsonb.js';

const isPrinted = (text: string): boolean => isPrintedJsonb(Buffer.from(text).toString('latin1'));

test.each([
  ['{"a":1}', '{"a": 1}'],
  ['[1,2]', '[1, 2]'],
  ['{ }', '{}'],
  ['{"b": 1, "a": 2}', '{"a": 2, "b": 1}'],
  ['{"aa": 1, "b": 2}', '{"b": 2, "aa": 1}'],
  ['{"é": 1, "aa": 2}', '{"aa": 2, "é": 1}'],
  ['[{"z": [{"b": 1, "a": 2}], "": 3}]', '[{"": 3, "z": [{"a": 2, "b": 1}]}]'],
  ['{"a": 1, "a": 2}', '{"a": 2}'],
  ['1e5', '100000'],
  ['-0', '0'],
  ['[-0.0, 1.50]', '[0.0, 1.50]'],
  [String.raw`"\/ \u00e9 \u000a \u0001"`, String.raw`"/ é \n \u0001"`],
  [' true', 'true'],
  ['{"-0": "-0" }', '{"-0": "-0"}'],
  ['{"\t": 1}', String.raw`{"\t": 1}`],
])('%s is stored as jsonb, but printed as %s', (written, printed) => {
  expect([isPrinted(written), isPrinted(printed)]).toEqual([false, true]);
});
