import { expect, test } from '@jest/globals';
import { formatBytes, formatCount, formatSeconds, plural } from '../../src/core/format.js';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567, '1,234,567'],
])('%d is counted as %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 KB'],
  [1536, '1.5 KB'],
  [50_000, '49 KB'],
  [5 * 1024 ** 4, '5.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, '0 s'],
  [0.042, '0.04 s'],
  [0.284, '0.3 s'],
  [9.96, '10 s'],
  [59.4, '59 s'],
  [60, '1 min'],
  [75, '1 min 15 s'],
  [600, '10 min'],
  [3600, '1 h'],
  [3725, '1 h 2 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test('one of a thing is not plural', () => {
  expect([plural(1, 'row'), plural(2, 'row'), plural(0, 'row')]).toEqual(['1 row', '2 rows', '0 rows']);
  expect([plural(1, 'repository', 'repositories'), plural(1200, 'repository', 'repositories')]).toEqual([
    '1 repository',
    '1,200 repositories',
  ]);
});
