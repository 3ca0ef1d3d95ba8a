import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shellWord } from '../../src/core/shellWord.js';
import { isWindowsPath } from '../../src/gogs/settings/facts.js';

test('a real shell reads any text as one word', () => {
  const texts = fc.sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), 200);
  const safe = texts.map((text) => text.replaceAll('\0', ''));
  const script = `printf '%s\\0' ${safe.map((text) => shellWord('posix', text)).join(' ')}`;
  const words = execFileSync('sh', ['-c', script]).toString().split('\0').slice(0, -1);
  expect(words).toEqual(safe);
});

test('names without special characters are not quoted', () => {
  expect(shellWord('posix', '/srv/git/new.zip')).toBe('/srv/git/new.zip');
  expect(shellWord('powershell', 'C:\\git\\new.zip')).toBe('C:\\git\\new.zip');
});

test.each([
  ["it's", "'it''s'"],
  ['C:\\Program Files', "'C:\\Program Files'"],
  ['$env:x `n', "'$env:x `n'"],
  ['typo\u2019graphic', "'typo\u2019\u2019graphic'"],
])('PowerShell expands nothing in %s', (text, word) => {
  expect(shellWord('powershell', text)).toBe(word);
});

test.each(['C:\\git', 'd:/git', '\\\\server\\share'])('%s is a path of Windows', (path) => {
  expect(isWindowsPath(path)).toBe(true);
});

test.each(['/srv/git', 'data', 'C:', 'http://x'])('%s is none', (path) => {
  expect(isWindowsPath(path)).toBe(false);
});
