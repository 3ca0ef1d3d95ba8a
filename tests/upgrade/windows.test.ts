import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inspect } from '../../src/inspect/inspect.js';
import { upgradeAndVerify } from '../../src/verify/upgradeAndVerify.js';
import { verify } from '../../src/verify/verify.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { readEntries } from '../support/readBackup.js';
import { windowsNames } from '../support/windowsNames.js';

const folder = temporaryFolder();

test.each([
  ['0.12.3-sqlite3', 'outer'],
  ['0.12.3-sqlite3', 'inner'],
  ['0.12.3-postgres', 'both'],
  ['0.9.141-mysql', 'both'],
] as const)('a backup of %s with the names of Windows (%s) comes out like any other', async (name, where) => {
  const [original, input] = [fixture(name, 'backup.zip'), join(folder, `${name}-${where}.zip`)];
  await windowsNames(original, input, where);
  const [expected, output] = [
    join(folder, `${name}-${where}-expected.zip`),
    join(folder, `${name}-${where}-output.zip`),
  ];
  await upgradeAndVerify(original, expected, {});
  const report = await upgradeAndVerify(input, output, { verify: true });
  expect(report.verification?.holds).toBe(true);
  const [before, after] = [await readEntries(expected), await readEntries(output)];
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  for (const [entry, content] of before) {
    // Nested archives keep their names, which a restore can read as well.
    if (where === 'outer' || !entry.endsWith('.zip')) expect(after.get(entry)).toEqual(content);
  }
  expect(await verify(output, { against: input, deep: true })).toMatchObject({ holds: true });
  const [known, seen] = [await inspect(original), await inspect(input)];
  expect(seen.repositories).toMatchObject({ count: known.repositories?.count, files: known.repositories?.files });
  expect(seen.findings.map(({ code, count }) => [code, count])).toEqual(
    known.findings.map(({ code, count }) => [code, count]),
  );
});
