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
  readonly hasInstallScript?: boolean;
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

describe('what users install', () => {
  const used = installed.filter(([, { dev }]) => dev !== true);

  test('runs nothing while it is installed', () => {
    expect(used.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
  });

  test('is under licences that permit passing it on', () => {
    const permissive = [
      'MIT',
      'ISC',
      'Apache-2.0',
      'BSD-2-Clause',
      'BSD-3-Clause',
      'BlueOak-1.0.0',
      'Unlicense',
      '0BSD',
    ];
    expect(used.filter(([, { license }]) => !permissive.includes(license ?? '')).map(([path]) => path)).toEqual([]);
  });

  const named = Object.keys({ ...manifest['dependencies'], ...manifest['peerDependencies'] });
  test.each(named)('%s has its reason in docs/dependencies.md', (name) => {
    const licence = lock.packages[`node_modules/${name}`]?.license;
    expect(read('docs/dependencies.md')).toMatch(new RegExp(`^\\| ${name} \\| ${licence} \\| \\S`, 'm'));
  });
});
