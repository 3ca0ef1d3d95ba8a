import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JsonSyntaxProblem, MAX_DEPTH, skipSpace, skipValue } from '../../../src/formats/json/jsonTokens.js';
import { runs } from '../../support/effort.js';

/** The index after the single value of a text, which white space may surround; or the problem. */
function scan(text: string): number | JsonSyntaxProblem {
  // Bytes of another line follow, as in a chunk: the scanner must not read them.
  const bytes = Buffer.from(`${text}"0}],`);
  const end = Buffer.byteLength(text);
  try {
    const after = skipSpace(bytes, skipValue(bytes, skipSpace(bytes, 0, end), end), end);
    return after === end ? after : new JsonSyntaxProblem(after, 'goes on');
  } catch (error) {
    if (error instanceof JsonSyntaxProblem) return error;
    throw error;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Valid JSON with one piece removed, doubled or replaced: often malformed, sometimes not. */
const nearlyJson = fc
  .tuple(
    fc.json(),
    fc.nat(),
    fc.nat(6),
    fc.constantFrom(
      '',
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      'e',
      '.',
      '\\u12',
      'nul',
      ' ',
      '\t',
      '\u0001',
    ),
  )
  .map(([json, at, length, piece]) => {
    const start = at % (json.length + 1);
    return json.slice(0, start) + piece + json.slice(start + length);
  });

describe('a value', () => {
  test('ends where it ends for JSON.parse', () => {
    fc.assert(fc.property(fc.json(), (json) => expect(scan(json)).toBe(Buffer.byteLength(json))));
  });

  test('is malformed exactly if JSON.parse rejects it', () => {
    fc.assert(
      fc.property(nearlyJson, (text) => expect([text, typeof scan(text) === 'number']).toEqual([text, parses(text)])),
      { numRuns: runs(250) },
    );
  });

  test('is never read beyond the given end', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, cut) => {
        const found = scan(json.slice(0, cut % (json.length + 1)));
        if (found instanceof JsonSyntaxProblem) expect(found.offset).toBeLessThanOrEqual(Buffer.byteLength(json));
      }),
    );
  });

  test('may be nested as deep as Go allows, and no deeper', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(scan(nested(MAX_DEPTH))).toBe(2 * MAX_DEPTH);
    expect(scan(nested(MAX_DEPTH + 1))).toMatchObject({ what: 'is nested more than 9999 deep' });
    expect(scan(nested(300_000))).toBeInstanceOf(JsonSyntaxProblem);
  });
});

describe('faults are reported with their place', () => {
  test.each([
    ['"abc', 4, 'ends inside a string'],
    ['"abc\\', 5, 'ends inside a string'],
    ['"abc\\u12', 8, 'ends inside a string'],
    ['"a\\u12x4"', 6, 'has a \\u escape without four hex digits'],
    ['"a\\q"', 2, 'has an unknown escape in a string'],
    ['"a\tb"', 2, 'has a control character inside a string'],
    ['"abcdefg\u0000h"', 8, 'has a control character inside a string'],
    ['007', 1, 'has a number with a leading zero'],
    ['-', 1, 'ends inside a number'],
    ['-x', 1, 'has a malformed number'],
    ['1.', 2, 'ends inside a number'],
    ['1.x', 2, 'has a malformed number'],
    ['1e+', 3, 'ends inside a number'],
    ['nul', 3, 'ends inside a word'],
    ['nule', 0, 'has a word that is not JSON'],
    ['NaN', 0, 'has no JSON value'],
    ['', 0, 'ends before a value'],
    ['[1 2]', 3, 'lacks a comma between two values'],
    ['[1', 2, 'ends inside an object or array'],
    ['{1:2}', 1, 'lacks a key in quotes'],
    ['{"a" 2}', 5, 'lacks a colon after a key'],
    ['{"a"', 4, 'ends after a key'],
    ['{"a":', 5, 'ends before a value'],
    ['{"a":1,', 7, 'ends before a key'],
  ])('%j', (text, offset, what) => {
    expect(scan(text)).toMatchObject({ offset, what });
  });
});
