import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { inspect } from '../../src/inspect/inspect.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { verify } from '../../src/verify/verify.js';
import { type MadeEntry, makeZip } from '../support/archives.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { readEntries } from '../support/readBackup.js';

const folder = temporaryFolder();
const odd = join(folder, 'odd.zip');
const GBK = Buffer.from('d6d0cec4', 'hex');

/** Bytes between the entries, two names that differ only in case, and one in GBK. */
const oddEntries = (top: string): MadeEntry[] => [
  { name: `${top}README`, content: Buffer.from('one') },
  { name: `${top}readme`, content: Buffer.from('two'), after: Buffer.from('left over') },
  { name: Buffer.concat([Buffer.from(top), GBK]), content: Buffer.from('three') },
];

beforeAll(async () => {
  const entries = [...(await readEntries(fixture('0.12.3-sqlite3', 'backup.zip')))];
  const made = entries
    .filter(([name]) => !name.endsWith('/') && name !== 'gogs-backup/repositories.zip')
    .map(([name, content]) => ({ name, content }));
  const nested = makeZip([
    { name: 'repositories/acme/core.git/HEAD', content: Buffer.from('ref: refs/heads/master\n') },
    ...oddEntries('repositories/acme/core.git/refs/heads/'),
  ]);
  await writeFile(
    odd,
    makeZip([
      ...made,
      ...oddEntries('gogs-backup/custom/public/'),
      { name: 'gogs-backup/repositories.zip', content: nested },
    ]),
  );
});

const placesOf = (
  findings: readonly { code: string; count: number; examples: readonly string[] }[],
): Record<string, string[]> =>
  Object.fromEntries(
    findings
      .filter(({ code }) => ['unlisted-bytes', 'case-collision', 'unknown-encoding'].includes(code))
      .map(({ code, examples }) => [
        code,
        examples.map((place) => (place.startsWith('repositories.zip') || place.includes('.git/') ? 'inner' : 'outer')),
      ]),
  );

const OUTER = { 'unlisted-bytes': ['outer'], 'case-collision': ['outer'], 'unknown-encoding': ['outer'] };
const BOTH = {
  'unlisted-bytes': ['inner', 'outer'],
  'case-collision': ['outer', 'inner'],
  'unknown-encoding': ['outer', 'inner'],
};

test('oddities of a zip are reported by every command that reads it', async () => {
  const output = join(folder, 'new.zip');
  const upgraded = await upgrade(odd, output);
  expect(placesOf(upgraded.findings)).toEqual(OUTER);
  expect(placesOf((await inspect(odd)).findings)).toEqual(BOTH);
  expect(placesOf((await verify(odd, { to: '0.13', deep: true })).findings)).toEqual({
    ...BOTH,
    'unlisted-bytes': ['outer', 'inner'],
  });
  // Bytes that belong to no entry are dropped, and names are unchanged.
  const left = placesOf((await verify(output, { against: odd, deep: true })).findings);
  expect(left).toEqual({ ...BOTH, 'unlisted-bytes': ['inner'] });
});

test('a server folder gets the bytes of a name, as a restore would write them', async () => {
  const output = join(folder, 'server');
  const { findings } = await upgrade(odd, output, { format: 'files' });
  expect(placesOf(findings)).toEqual({ ...BOTH, 'unlisted-bytes': ['outer', 'inner'] });
  for (const place of ['custom/public', 'gogs-repositories/acme/core.git/refs/heads']) {
    const names = await readdir(join(output, place), { encoding: 'buffer' });
    expect(names).toContainEqual(GBK);
  }
});
