import { expect, test } from '@jest/globals';
import { parseGlob } from '../../src/batch/globPattern.js';

test('a text without special signs is no pattern', () => {
  expect(parseGlob('backups/2020/gogs.zip')).toBeUndefined();
});

test.each([
  [
    'backups/*/gogs-*.zip',
    'backups',
    ['2020/gogs-1.zip'],
    ['2020/x/gogs-1.zip', '2020/gogs-1.zip.bak', '.x/gogs-1.zip'],
  ],
  ['*.zip', '.', ['a.zip', 'a+b(1).zip'], ['.a.zip', 'x/a.zip', 'azip']],
  ['/srv/**/*.zip', '/srv', ['a.zip', 'x/a.zip', 'x/y/a.zip'], ['.git/a.zip', 'x/a.sql']],
  ['/*/a.zip', '/', ['x/a.zip'], ['a.zip']],
  ['x/**', 'x', ['a', 'b/c'], ['b/.c']],
  [
    'gogs-{old,new}-[0-9]?.{zip,sql}',
    '.',
    ['gogs-old-12.zip', 'gogs-new-1x.sql'],
    ['gogs-mid-12.zip', 'gogs-old-x1.zip'],
  ],
  ['[!a]*.zip', '.', ['b.zip'], ['a.zip', '.zip']],
  ['a{b.zip', '.', ['a{b.zip'], ['ab.zip']],
  ['[\\]x*', '.', ['\\xy'], ['xy', 'bxy']],
])('%s begins in %s and matches as a shell does', (text, base, matching, others) => {
  const pattern = parseGlob(text);
  expect(pattern?.base).toBe(base);
  expect(matching.filter((name) => pattern?.matches(name) !== true)).toEqual([]);
  expect(others.filter((name) => pattern?.matches(name) !== false)).toEqual([]);
});
