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
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');

describe('the lock file', () => {
  test('names no host, so that every registry can serve it', () => {
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  test('pins every package with a checksum', () => {
    expect(installed.filter(([, { version, integrity }]) => !version || !/^sha512-/.test(integrity ?? ''))).toEqual([]);
  });
});

test('nothing is installed along with the program', () => {
  expect(manifest['dependencies']).toBeUndefined();
  expect(installed.filter(([, { dev, devOptional, peer }]) => !dev && !devOptional && !peer)).toEqual([]);
});

const named = Object.keys({ ...manifest['devDependencies'], ...manifest['peerDependencies'] });
test.each(named.filter((name) => !name.startsWith('@types/')))('%s has its reason in docs/dependencies.md', (name) => {
  const licence = lock.packages[`node_modules/${name}`]?.license;
  const row = new RegExp(`^\\| (?:[^|]+, )?${name}(?:, [^|]+)? \\| ${licence} \\| \\S`, 'm');
  expect(read('docs/dependencies.md')).toMatch(row);
});
