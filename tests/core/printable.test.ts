import { expect, test } from '@jest/globals';
import { printable, printableJson, printableLines } from '../../src/core/printable.js';

test('replaces everything that moves the cursor, changes colours or reverses a line', () => {
  for (const sign of ['\0', '\b', '\t', '\n', '\r', '\x1b', '\x7f', '\x9b', '\u061c', '\u200e', '\u200f', '\u2028'])
    expect(printable(`a${sign}b`)).toBe('a\u{fffd}b');
  for (const sign of '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069') expect(printable(sign)).toBe('\u{fffd}');
});

test('keeps every script and emoji', () => {
  for (const text of ['Łódź', '备份', 'نسخة', '👨‍👩‍👧', 'e\u0301']) expect(printable(text)).toBe(text);
});

test('applies to every text in a report, including keys, and keeps numbers and nulls', () => {
  expect(printable({ 'a\n': ['\x1b[31m', { deep: '\u202e' }], count: 3, none: null })).toEqual({
    'a\u{fffd}': ['\u{fffd}[31m', { deep: '\u{fffd}' }],
    count: 3,
    none: null,
  });
});

test('escapes it in JSON, which keeps the value', () => {
  const value = { 'a\u202e': ['\x1b[31m', '\x9b31m', '\x7f\n'], b: '备份' };
  const text = printableJson(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text.replaceAll('\n', '')).toBe(printable(text.replaceAll('\n', '')));
  expect(text).toContain('备份');
});

test('keeps line breaks on request', () => {
  expect(printableLines('a\x1b\nb')).toBe('a\u{fffd}\nb');
});
