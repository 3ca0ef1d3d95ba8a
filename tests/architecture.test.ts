import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';
import { repository } from './support/fixtures.js';

const source = join(repository, 'src');
const files = (readdirSync(source, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));

/** What every room may use, beside itself. */
const SHARED = ['formatCount.ts', 'rows.ts', 'values.ts', 'errors.ts', 'findings.ts'];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  formats: [],
  gogs: [],
  checks: ['gogs'],
  backups: ['formats', 'gogs'],
};

/** Each npm package stays in as few files as its job needs. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  archiver: /^backups\/CsvArchive\.ts$/,
  yauzl: /^formats\/zip\//,
  'node-sql-parser': /^formats\/sql\//,
  yargs: /^cli\//,
};

function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, specifier]) => String(specifier));
}

const roomOf = (file: string): string => (file.includes('/') ? String(file.split('/')[0]) : file);

test.each(Object.keys(MAY_IMPORT))('%s knows only what it may know', (room) => {
  const strangers = files
    .filter((file) => roomOf(file) === room)
    .flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => normalize(join(dirname(file), specifier)).replace(/\.js$/, '.ts'))
        .filter((target) => ![room, ...SHARED, ...(MAY_IMPORT[room] ?? [])].includes(roomOf(target)))
        .map((target) => `${file} imports ${target}`),
    );
  expect(strangers).toEqual([]);
});

test.each(Object.entries(PACKAGES))('only the room that needs %s imports it', (name, room) => {
  const users = files.filter((file) => readFileSync(join(source, file), 'utf8').includes(`'${name}`));
  expect(users.length).toBeGreaterThan(0);
  expect(users.filter((file) => !room.test(file))).toEqual([]);
});
