import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { requestedLanguage } from '../../src/cli/requestedLanguage.js';
import { systemLanguage } from '../../src/cli/systemLanguage.js';
import { displayWidth } from '../../src/core/displayWidth.js';
import { setLanguage } from '../../src/core/language.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { type Run, runMain } from '../support/runMain.js';

const folder = temporaryFolder();
const hard = fixture('0.12.3-mysql-hard', 'backup.zip');

const run = (...args: readonly string[]): Promise<Run> => runMain(folder, [...args, '--language', 'zh']);

beforeAll(() => {
  mkdirSync(join(folder, 'backups'));
  copyFileSync(hard, join(folder, 'backups', 'hard.zip'));
  copyFileSync(fixture('0.12.3-postgres', 'native.sql'), join(folder, 'backups', 'native.sql'));
  writeFileSync(join(folder, 'backups', 'junk.zip'), 'junk');
});
afterAll(() => setLanguage('en'));

/**
 * Finds English sentences. Commands, settings, names and output of Gogs itself are the same in every language, so only three
 * consecutive lower-case words count.
 */
const englishIn = (text: string): string[] =>
  text
    .replaceAll(/"[^"]*"root"[^"]*"|"[^"]*"|`[^`]*`|\([^()]*\)|```.*?```/gs, '')
    .split('\n')
    .filter((line) => !/^\s*(\$ |gogs|\.\/gogs|mariadb|mysql|psql|createdb|rsync|docker|ssh|cat|find|eval)/.test(line))
    .filter((line) => /(?:^|[\s，。：；（])[A-Za-z]?[a-z]+,? [a-z]+,? [a-z]+(?:[\s，。：；）.]|$)/.test(line));

/** The text of a page, without the sources of findings, which are in English. */
const textOf = (page: string): string =>
  page
    .replaceAll(/<(style|script)\b.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll('&quot;', '"')
    .replaceAll(/^ · .*$/gm, '');

test('a line of English is found', () => {
  expect(
    englishIn('  Rows of Issue are longer than a restore can read\n  恢复会 stop at the first row，之后\n'),
  ).toHaveLength(2);
  expect(englishIn('  gogs restore --from new.zip\n  它会中止："no such file or directory"\n')).toEqual([]);
});

test('an upgrade, an inspection, a verification and their pages speak Chinese throughout', async () => {
  const upgraded = await run(hard, 'new.zip', '--verbose');
  const inspected = await run('inspect', hard, '--verbose', '--report', 'old.html');
  const verified = await run('verify', 'new.zip', '--against', hard, '--verbose');
  const tampered = await run('verify', 'new.zip', '--against', fixture('0.12.3-mysql', 'backup.zip'), '--quiet');
  expect([upgraded, inspected, verified, tampered].map(({ code }) => code)).toEqual([9, 0, 0, 8]);
  expect(upgraded.stderr).toContain('需要手动处理');
  expect(inspected.stdout).toContain('可以升级到 Gogs 0.13');
  expect(verified.stderr).toContain('校验通过。');
  expect(tampered.stderr).toMatch(/^错误：new\.zip 未通过校验：/);
  const checklist = readFileSync(join(folder, 'new.next-steps.md'), 'utf8');
  const page = readFileSync(join(folder, 'old.html'), 'utf8');
  expect(page).toContain('<html lang="zh-Hans">');
  for (const text of [upgraded.stderr, inspected.stdout, verified.stderr, tampered.stderr, checklist]) {
    expect(englishIn(text)).toEqual([]);
  }
  expect(englishIn(textOf(page))).toEqual([]);
});

test('a batch passes the language to its workers', async () => {
  const { code, stderr } = await run('batch', 'backups', '--out-dir', 'out', '--report', 'batch.html');
  expect(code).toBe(7);
  expect(stderr).toMatch(/^失败 +backups\/junk\.zip：无法读取/m);
  expect(englishIn(stderr)).toEqual([]);
  const results = readFileSync(join(folder, 'out', 'hard.next-steps.md'), 'utf8');
  expect(results).toContain('# hard.zip 的操作清单');
});

test.each([
  [['--help'], '用法：gogs-backup-upgrade INPUT OUTPUT'],
  [['batch', '--help'], '升级大量备份'],
])('%j is in Chinese', async (args, words) => {
  // yargs prints help to the console.
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  await run(...args);
  const help = log.mock.calls.flat().join('\n');
  log.mockRestore();
  expect(help).toContain(words);
  expect(englishIn(help)).toEqual([]);
  expect(help.split('\n').filter((line) => displayWidth(line) > 80)).toEqual([]);
});

test('completion describes commands and options in Chinese', async () => {
  const { stdout } = await run('completion', 'fish');
  expect(stdout.split('\n').filter((line) => / -d /.test(line) && !/\p{Script=Han}/u.test(line))).toEqual([]);
});

test.each([
  [['inspect', 'nowhere.zip'], 3],
  [['inspect'], 2],
  [['inspct'], 2],
  [['x', 'y', 'z'], 2],
  [['inspect', 'x', '--to'], 2],
  [['inspect', 'x', '--too', '1'], 2],
  [['inspect', 'x', '--to', '9'], 2],
  [['x', 'y', '--layout', 'folder'], 2],
  [['batch', '--out-dir', 'x'], 2],
  [['backups/junk.zip', 'new.sql'], 3],
])('the error in %j is shown in Chinese', async (args, exit) => {
  const { code, stderr } = await run(...args);
  expect([code, englishIn(stderr)]).toEqual([exit, []]);
  expect(stderr).toMatch(/^错误：.*\p{Script=Han}.*。.*\n$/u);
  expect(stderr).not.toMatch(/, |\p{Script=Han} +\(|参数 .*参数/u);
});

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US.UTF-8' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'zh_SG' }, 'zh'],
  [{ LC_ALL: '', LANG: 'zh' }, 'zh'],
  [{ LANG: 'zha_CN' }, 'en'],
  [{ LANG: 'C' }, 'en'],
  [{}, 'en'],
] as const)('the system with %j speaks %s', (environment, language) => {
  expect(systemLanguage(environment, 'linux')).toBe(language);
});

test.each([
  ['zh-CN', 'zh'],
  ['de-DE', 'en'],
] as const)('Windows set to %s, which has none of these variables, speaks %s', (locale, language) => {
  const { resolvedOptions } = Intl.DateTimeFormat.prototype;
  const settings = jest
    .spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions')
    .mockImplementation(() => ({ ...resolvedOptions.call(new Intl.DateTimeFormat()), locale }));
  expect(systemLanguage({}, 'win32')).toBe(language);
  settings.mockRestore();
});

test('--language is a value of its own option only', () => {
  expect(requestedLanguage(['a', '--language', 'zh', 'b'])).toBe('zh');
  expect(requestedLanguage(['--language=en'])).toBe('en');
  expect(requestedLanguage(['--language', 'fr'])).toBeUndefined();
  expect(requestedLanguage(['inspect', '--', '--language', 'zh'])).toBeUndefined();
});
