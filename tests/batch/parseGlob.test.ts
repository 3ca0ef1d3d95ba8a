import { expect, test } from '@jest/globals';
import { parseGlob } from '../../src/batch/parseGlob.js';

test('a text without special characters is not a pattern', () => {
  expect(parseGlob('backups/2020/gogs (1)!.zip', 'linux')).toBeUndefined();
  expect(parseGlob('C:\\backups\\gogs.zip', 'win32')).toBeUndefined();
  expect(parseGlob('a{b.zip', 'linux')).toBeUndefined();
});

test.each([
  [
    'backups/*/gogs-*.zip',
    'backups',
    ['2020/gogs-1.zip'],
    ['2020/x/gogs-1.zip', '2020/gogs-1.zip.bak', '.x/gogs-1.zip'],
  ],
  ['*.zip', '.', ['a.zip', 'a+b(1).zip'], ['.a.zip', 'x/a.zip', 'azip']],
  ['a+b(1)*.zip', '.', ['a+b(1).zip', 'a+b(1)c.zip'], ['ab1.zip']],
  ['/srv/**/*.zip', '/srv', ['a.zip', 'x/a.zip', 'x/y/a.zip'], ['.git/a.zip', 'x/a.sql']],
  ['/*/a.zip', '/', ['x/a.zip'], ['a.zip']],
  ['../x/*.zip', '../x', ['a.zip'], ['x/a.zip']],
  ['x/**', 'x', ['a', 'b/c'], ['b/.c']],
  [
    'gogs-{old,new}-[0-9]?.{zip,sql}',
    '.',
    ['gogs-old-12.zip', 'gogs-new-1x.sql'],
    ['gogs-mid-12.zip', 'gogs-old-x1.zip'],
  ],
  ['x/{a,b}.zip', 'x', ['a.zip', 'b.zip'], ['c.zip']],
  ['{a,b/c}/*.zip', '.', ['a/x.zip', 'b/c/x.zip'], ['b/x.zip', 'c/x.zip']],
  ['[!a]*.zip', '.', ['b.zip'], ['a.zip', '.zip']],
  ['!a*.zip', '.', ['!ab.zip'], ['b.zip']],
  ['old\\*/*.zip', 'old*', ['a.zip'], []],
] as const)('%s begins in %s and matches as a shell does', (text, base, matching, others) => {
  const pattern = parseGlob(text, 'linux');
  expect(pattern?.base).toBe(base);
  expect(matching.filter((name) => pattern?.matches(name) !== true)).toEqual([]);
  expect(others.filter((name) => pattern?.matches(name) !== false)).toEqual([]);
});

test.each([
  ['C:\\backups\\*.zip', 'C:/backups', ['a.zip', 'A.ZIP'], ['x/a.zip', 'a.sql']],
  ['C:\\*.zip', 'C:/', ['a.zip'], ['x/a.zip']],
  ['c:/backups/20*\\*.zip', 'c:/backups', ['2020/a.zip'], ['a.zip']],
  ['backups\\**\\*.zip', 'backups', ['a.zip', 'x/y/a.zip'], ['.x/a.zip']],
  ['\\\\server\\share\\[ab]*.zip', '//server/share', ['a.zip', 'b1.zip'], ['c.zip']],
] as const)('on Windows, %s begins in %s, whichever way its slashes lean', (text, base, matching, others) => {
  const pattern = parseGlob(text, 'win32');
  expect(pattern?.base).toBe(base);
  expect(matching.filter((name) => pattern?.matches(name) !== true)).toEqual([]);
  expect(others.filter((name) => pattern?.matches(name) !== false)).toEqual([]);
});

test('folders that cannot contain a match are told from those that can', () => {
  const flat = parseGlob('backups/*.zip', 'linux');
  const nested = parseGlob('backups/20*/*.zip', 'linux');
  const deep = parseGlob('backups/**/*.zip', 'linux');
  expect(['2020', 'x'].map((name) => flat?.mayContain(name))).toEqual([false, false]);
  expect(['2020', 'x', '2020/x'].map((name) => nested?.mayContain(name))).toEqual([true, false, false]);
  expect(['2020', 'x', '2020/x', '.git'].map((name) => deep?.mayContain(name))).toEqual([true, true, true, false]);
});
