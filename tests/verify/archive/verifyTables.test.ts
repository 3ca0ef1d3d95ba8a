import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Findings } from '../../../src/core/findings.js';
import type { Engine } from '../../../src/engines/Engine.js';
import { TemporaryFolder } from '../../../src/files/TemporaryFolder.js';
import type { ZipEntry } from '../../../src/formats/zip/ZipEntry.js';
import { ZipReader } from '../../../src/formats/zip/ZipReader.js';
import { GOGS } from '../../../src/gogs/gogsHistory.js';
import { upgrade } from '../../../src/upgrade/upgrade.js';
import { AfterRestoreRows } from '../../../src/verify/archive/AfterRestoreRows.js';
import { verifyTables } from '../../../src/verify/archive/verifyTables.js';
import { openScratchEngine } from '../../../src/verify/engines/openScratchEngine.js';
import { editTable } from '../../support/editTable.js';
import { fixture, temporaryFolder } from '../../support/fixtures.js';

const folder = temporaryFolder();
let count = 0;
const newPath = (): string => join(folder, `${++count}.zip`);

/** Verifies only the tables of an archive. */
async function verifyWith(path: string, options: { fullBytes: number; engine?: Engine }) {
  const target = GOGS.targetNamed('0.13');
  const temporary = new TemporaryFolder(folder);
  const zip = await ZipReader.open(path);
  const { engine: scratch } = await openScratchEngine(undefined, temporary);
  try {
    const entries = new Map<string, ZipEntry>();
    for (const entry of zip.entries) {
      const type = /^gogs-backup\/db\/(\w+)\.json$/.exec(entry.name)?.[1];
      if (type !== undefined) entries.set(type, entry);
    }
    const findings = new Findings();
    const tables = await verifyTables({
      ...{ zip, entries, target, scratch, fullBytes: options.fullBytes, engine: options.engine },
      ...{ expectation: undefined, script: undefined, signal: undefined, onBytes: () => undefined },
      leftovers: await AfterRestoreRows.read(undefined, { engine: undefined, target, temporary, signal: undefined }),
      schema: target.schemaFor('sqlite3'),
      notice: (notice) => findings.add(notice),
    });
    return { tables, problems: findings.list().map(({ code, examples }) => `${code}: ${examples[0]}`) };
  } finally {
    await scratch.close();
    await zip.close();
    await temporary.remove();
  }
}

describe('tables too large to insert every column', () => {
  const output = newPath();
  beforeAll(async () => {
    await upgrade(fixture('0.12.3-mysql', 'backup.zip'), output);
  });

  test('have their unique keys inserted, or their ids if nothing else has to be unique', async () => {
    const { tables, problems } = await verifyWith(output, { fullBytes: 0 });
    const tried = new Map(tables.map(({ table, tried: what }) => [table, what]));
    expect(problems).toEqual([]);
    expect(tried.get('comment')).toBe('ids');
    expect(tried.get('issue')).toBe('keys');
    expect(tried.get('access_token')).toBe('keys');
  });

  test('are the largest ones', async () => {
    const { tables } = await verifyWith(output, { fullBytes: 20_000 });
    const inPart = tables.filter(({ tried }) => tried !== 'every column').map(({ table }) => table);
    expect(inPart).toContain('action');
    expect(inPart).not.toContain('star');
    expect(inPart.length).toBeLessThan(10);
  });

  test.each([
    [
      'AccessToken',
      /"ID":\d+/,
      '"ID":950',
      /^row-refused: AccessToken id 950: UNIQUE constraint failed: access_token\.sha/,
    ],
    ['Star', /"ID":\d+/, '"ID":950', /^row-refused: Star id 950: UNIQUE constraint failed: star\.uid, star\.repo_id/],
    ['Comment', /"IssueID":\d+/, '"IssueID":77', /^row-refused: Comment id 1: another row has this id/],
    ['Issue', /"Index":\d+/, '"Index":77', /^row-refused: Issue id 1: UNIQUE constraint failed: issue\.id/],
  ])('are still searched for invalid rows: %s', async (type, key, value, problem) => {
    const tampered = newPath();
    await editTable(output, tampered, type, (rows) => [...rows, (rows[0] as string).replace(key, value)]);
    const { problems } = await verifyWith(tampered, { fullBytes: 0 });
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });
});

test('a NUL that PostgreSQL rejects is found without a server', async () => {
  const [output, tampered] = [newPath(), newPath()];
  await upgrade(fixture('0.12.3-postgres', 'backup.zip'), output);
  await editTable(output, tampered, 'Comment', ([first = '', ...rest]) => [
    first.replace('"Content":"', '"Content":"\\u0000'),
    ...rest,
  ]);
  const one = { fullBytes: Number.POSITIVE_INFINITY };
  expect((await verifyWith(tampered, { ...one, engine: 'postgres' })).problems).toEqual([
    'nul-on-postgres: Comment.json, line 1',
  ]);
  expect((await verifyWith(tampered, { ...one, engine: 'mysql' })).problems).toEqual([]);
});

test('an escaped backslash before u0000 is not NUL', async () => {
  const [output, tampered] = [newPath(), newPath()];
  await upgrade(fixture('0.12.3-postgres', 'backup.zip'), output);
  await editTable(output, tampered, 'Comment', ([first = '', ...rest]) => [
    first.replace('"Content":"', '"Content":"\\\\u0000'),
    ...rest,
  ]);
  expect((await verifyWith(tampered, { fullBytes: 0, engine: 'postgres' })).problems).toEqual([]);
});
