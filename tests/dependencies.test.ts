import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { repository } from './support/fixtures.js';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly peer?: boolean;
}

const read = (name: string): string => readFileSync(join(repository, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string> | undefined>;
type Lock = { readonly packages: Readonly<Record<string, LockedPackage>> };
const lock = JSON.parse(read('package-lock.json')) as Lock;
const packagesOf = ({ packages }: Lock): [string, LockedPackage][] =>
  Object.entries(packages).filter(([path]) => path !== '');
const installed = packagesOf(lock);

/** Of the program and of the site. */
const LOCKS = ['package-lock.json', 'docs/package-lock.json'];

describe.each(LOCKS)('the lock file %s', (name) => {
  const locked = packagesOf(JSON.parse(read(name)) as Lock);

  test('names no host, so that any registry can serve it', () => {
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  test('pins every package with a checksum', () => {
    expect(locked.filter(([, { version, integrity }]) => !version || !/^sha512-/.test(integrity ?? ''))).toEqual([]);
  });
});

test('nothing else is installed with the program', () => {
  expect(manifest['dependencies']).toBeUndefined();
  expect(installed.filter(([, { dev, devOptional, peer }]) => !dev && !devOptional && !peer)).toEqual([]);
});

const named = ['', 'docs/'].flatMap((folder) => {
  const { devDependencies, peerDependencies } = JSON.parse(read(`${folder}package.json`)) as typeof manifest;
  const { packages } = JSON.parse(read(`${folder}package-lock.json`)) as Lock;
  return Object.keys({ ...devDependencies, ...peerDependencies }).map((name) => ({
    name,
    licence: packages[`node_modules/${name}`]?.license,
  }));
});
const reasoned = named.filter(({ name }) => !name.startsWith('@types/'));

test.each(reasoned)('$name has its reason in docs/dependencies.md', ({ name, licence }) => {
  const row = new RegExp(`^\\| (?:[^|]+, )?${name}(?:, [^|]+)? \\| ${licence} \\| \\S`, 'm');
  expect(read('docs/dependencies.md')).toMatch(row);
});
