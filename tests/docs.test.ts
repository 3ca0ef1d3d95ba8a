import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Danger } from '../src/core/danger.js';
import { repository } from './support/fixtures.js';

const page = readFileSync(join(repository, 'docs', 'dangers.md'), 'utf8');
const sections = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((section) => [/^`([^`]+)`/.exec(section)?.[1] ?? '', section]),
);

function read(folder: string): string[] {
  const path = join(repository, 'src', folder);
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(path, file), 'utf8'));
}

/** Every finding is written as an object whose first field is its code. */
const codes = new Set(
  ['checks', 'inputs', 'outputs', 'gogs', 'upgrade', 'inspect']
    .flatMap(read)
    .flatMap((text) => [...text.matchAll(/^\s+code: '([a-z0-9-]+)',$/gm)].map(([, code]) => String(code))),
);

test('every finding has its section in docs/dangers.md, and every section its finding', () => {
  expect(codes.size).toBeGreaterThan(40);
  expect([...codes].filter((code) => !sections.has(code))).toEqual([]);
  expect([...sections.keys()].filter((code) => !codes.has(code))).toEqual([]);
});

test('every section says severity, consequence, remedy and source', () => {
  for (const section of sections.values()) {
    for (const part of ['Severity', 'Consequence', 'Remedy', 'Source']) expect(section).toContain(`- **${part}:** `);
  }
});

const isDanger = (value: unknown): value is Danger =>
  typeof value === 'object' && value !== null && 'code' in value && 'consequence' in value;

test('the sections say what the checks say', async () => {
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
    const section = sections.get(code) ?? '';
    expect(section).toContain(`- **Severity:** ${severity}${needsHand ? ', needs a hand' : ''}\n`);
    for (const text of [consequence, remedy, source]) expect(section).toContain(text);
  }
});
