import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { Danger } from '../src/core/danger.js';
import { FINDING_CODES } from '../src/core/findingCodes.js';
import { setLanguage } from '../src/core/language.js';
import { repository } from './support/fixtures.js';

const page = readFileSync(join(repository, 'docs', 'dangers.md'), 'utf8');

/** The sections of a page by their codes. */
const sectionsOf = (text: string): Map<string, string> =>
  new Map(
    text
      .split(/^### /m)
      .slice(1)
      .map((section) => section.split(/^## /m, 1)[0] ?? '')
      .map((section) => [/^`([^`]+)`/.exec(section)?.[1] ?? '', section]),
  );
const sections = sectionsOf(page);

const rows = [...page.matchAll(/^\| `([^`]+)` \| \S/gm)].map(([, code]) => String(code));

const sources = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('findingCodes.ts'))
  .map((file) => readFileSync(join(repository, 'src', file), 'utf8'))
  .join('\n');

test('every finding code is described exactly once, and no other code is', () => {
  expect([...sections.keys(), ...rows].sort()).toEqual([...FINDING_CODES].sort());
  expect(new Set(FINDING_CODES).size).toBe(FINDING_CODES.length);
});

test('every code is used; findings with other codes do not compile', () => {
  const isUsed = (code: string): boolean => sources.includes(`'${code}'`) || sources.includes(`  ${code}: `);
  expect(FINDING_CODES.filter((code) => !isUsed(code))).toEqual([]);
});

test('every section has severity, consequence, remedy and source', () => {
  for (const section of sections.values()) {
    for (const part of ['Severity', 'Consequence', 'Remedy', 'Source']) expect(section).toContain(`- **${part}:** `);
  }
});

afterEach(() => setLanguage('en'));

const isDanger = (value: unknown): value is Danger =>
  typeof value === 'object' && value !== null && 'code' in value && 'consequence' in value;

const chinese = {
  severity: '严重程度：',
  hand: '，需要手动处理',
  severities: { error: '错误', warning: '警告', info: '信息' },
} as const;
const english = {
  severity: 'Severity:',
  hand: ', needs a hand',
  severities: { error: 'error', warning: 'warning', info: 'info' },
} as const;

test.each([
  ['en', 'docs/dangers.md', english],
  ['zh', 'docs/zh/dangers.md', chinese],
] as const)('the sections match the checks (%s)', async (language, path, words) => {
  const described = sectionsOf(readFileSync(join(repository, path), 'utf8'));
  setLanguage(language);
  const folder = join(repository, 'src', 'checks');
  const dangers: Danger[] = [];
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )) {
    const module: Record<string, unknown> = await import(`../src/checks/${file.replace(/\.ts$/, '.js')}`);
    dangers.push(...Object.values(module).filter(isDanger));
  }
  expect(dangers.length).toBeGreaterThan(30);
  for (const { code, severity, needsHand, consequence, remedy, source } of dangers) {
    const section = described.get(code) ?? '';
    expect(section).toContain(`- **${words.severity}** ${words.severities[severity]}${needsHand ? words.hand : ''}\n`);
    for (const text of [consequence, remedy, source]) expect(section).toContain(text);
  }
});

test.each(['docs/reliability.md', 'docs/zh/reliability.md'])('%s states how many cases CI tries', (path) => {
  const rows = readFileSync(join(repository, path), 'utf8').matchAll(/^\| (`GOGS_TEST_.*?) \|.*?\| (.*?) \|/gm);
  const stated = [...rows].flatMap(([, variables = '', numbers = '']): [string, number | undefined][] => {
    const counts = numbers.match(/\d[\d,]*/g)?.map((count) => Number(count.replaceAll(',', '')));
    return [...variables.matchAll(/GOGS_TEST_(\w+)/g)].map(([, name = ''], index) => [name, counts?.[index]]);
  });
  const tests = readdirSync(join(repository, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(repository, 'tests', file), 'utf8'))
    .join('\n');
  const usual = [...tests.matchAll(/effort\('(\w+)', ([\d_]+)\)/g)].map(([, name = '', count = '']) => ({
    name,
    count: Number(count.replaceAll('_', '')),
  }));
  const documented = new Map(stated);
  const tried = usual.filter(({ name }) => documented.has(name));
  expect(tried.map(({ name }) => [name, documented.get(name)])).toEqual(tried.map(({ name, count }) => [name, count]));
  expect(new Set(tried.map(({ name }) => name)).size).toBe(8);
});

test('the changelog begins with the version of the package', () => {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };
  const changelog = readFileSync(join(repository, 'CHANGELOG.md'), 'utf8');
  // "unreleased" is replaced by the date.
  expect(/^## (\S+), (?:unreleased|\d{4}-\d\d-\d\d)$/m.exec(changelog)?.[1]).toBe(version);
});
