import { expect, test } from '@jest/globals';
import { markdownText } from '../../src/reports/markdown.js';

test.each([
  ['1. first', '1\\. first'],
  ['2) second', '2\\) second'],
  ['3.', '3\\.'],
  ['# heading', '\\# heading'],
  ['- item', '\\- item'],
  ['*bold*', '\\*bold\\*'],
  ['[link](x)', '\\[link](x)'],
  ['<b>', '\\<b>'],
])('%s stays text', (text, escaped) => {
  expect(markdownText(text)).toBe(escaped);
});

test.each(['8.0 GB', '2026-01-02', '0.13'])('%s, which no markup begins with, is not escaped', (text) => {
  expect(markdownText(text)).toBe(text);
});
