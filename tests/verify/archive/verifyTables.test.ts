import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Findings } from '../../../src/core/findings.js';
import { ProgressMeter } from '../../../src/core/ProgressMeter.js';
import type { Engine } from '../../../src/engines/Engine.js';
import { TemporaryFolder } from '../../../src/files/TemporaryFolder.js';
import type { ZipEntry } from '../../../src/formats/zip/ZipEntry.js';
import { ZipReader } from '../../../src/formats/zip/ZipReader.js';
import { GOGS } from '../../../src/gogs/gogsHistory.js';
import { upgrade } from '../../../src/upgrade/upgrade.js';
import { AfterRestoreRows } from '../../../src/verify/archive/AfterRestoreRows.js';
import { verifyTables } from '../../../src/verify/archive/verifyTables.js';
import { ScratchDatabase } from '../../../src/verify/engines/ScratchDatabase.js';
import { openComparedInput } from '../../../src/verify/expected/openComparedInput.js';
import { ReplannedInput } from '../../../src/verify/expected/ReplannedInput.js';
import { editTable } from '../../support/editTable.js';
import { fixture, temporaryFolder } from '../../support/fixtures.js';
import { readEntry } from '../../support/readBackup.js';
import { repackBackup } from '../../support/repackBackup.js';

const folder = temporaryFolder();
let count = 0;
const newPath = (): string => join(folder, `${++count}.zip`);

/** Verifies only the tables of an archive. */
async function verifyWith(
  path: string,
  options: { insertsAll?: boolean; engine?: Engine; against?: string; afterRestoreSql?: string } = {},
) {
  const target = GOGS.targetNamed('0.13');
  const temporary = new TemporaryFolder(folder);
  const zip = await ZipReader.open(path);
  const scratch = new ScratchDatabase(undefined, temporary);
  const { engine, insertsAll = false } = options;
  const source =
    options.against === undefined
      ? undefined
      : await openComparedInput(options.against, { history: GOGS, temporary, signal: undefined });
  try {
    const entries = new Map<string, ZipEntry>();
    for (const entry of zip.entries) {
      const type = /^gogs-backup\/db\/(\w+)\.json$/.exec(entry.name)?.[1];
      if (type !== undefined) entries.set(type, entry);
    }
    const findings = new Findings();
    const notice = findings.add.bind(findings);
    const input = source && new ReplannedInput(source, {});
    const plan = await input?.plan(target, { engine, filesOnly: false, notice });
    const tables = await verifyTables({
      ...{ zip, entries, target, scratch, insertsAll, engine, notice },
      expectation: plan && (await input?.expect(plan, new ProgressMeter(0, undefined))),
      ...{ script: undefined, signal: undefined, onBytes: () => undefined },
      leftovers: await AfterRestoreRows.read(options.afterRestoreSql, { engine, target, temporary, signal: undefined }),
      schema: target.schemaFor('sqlite3'),
    });
    const problems = findings.list().map(({ code, examples }) => `${code}: ${examples[0]}`);
    return { tables, problems, database: scratch.product };
  } finally {
    await source?.close();
    await scratch.close();
    await zip.close();
    await temporary.remove();
  }
}

describe('tables of which no row has to be inserted', () => {
  const output = newPath();
  beforeAll(async () => {
    await upgrade(fixture('0.12.3-mysql', 'backup.zip'), output);
  });

  test('have their unique keys compared, or their ids if nothing else has to be unique, without a database', async () => {
    const { tables, problems, database } = await verifyWith(output);
    const tried = new Map(tables.map(({ table, tried: what }) => [table, what]));
    expect(problems).toEqual([]);
    expect(database).toBeUndefined();
    expect(tried.get('comment')).toBe('ids');
    expect(tried.get('issue')).toBe('keys');
    expect(tried.get('access_token')).toBe('keys');
  });

  test.each([
    [
      'AccessToken',
      /"ID":\d+/,
      '"ID":950',
      /^row-refused: AccessToken id 950: UNIQUE constraint failed: access_token\.sha/,
    ],
    ['Star', /"ID":\d+/, '"ID":950', /^row-refused: Star id 950: UNIQUE constraint failed: star\.uid, star\.repo_id/],
    ['Comment', /"IssueID":\d+/, '"IssueID":77', /^row-refused: Comment id 1: UNIQUE constraint failed: comment\.id/],
    ['Issue', /"Index":\d+/, '"Index":77', /^row-refused: Issue id 1: UNIQUE constraint failed: issue\.id/],
  ])('are still searched for invalid rows: %s', async (type, key, value, problem) => {
    const tampered = newPath();
    await editTable(output, tampered, type, (rows) => [...rows, (rows[0] as string).replace(key, value)]);
    const { problems, database } = await verifyWith(tampered);
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(database).toMatch(/^SQLite 3/);
  });

  const again = (rows: string[]): string => rows[0] as string;
  const long = (rows: string[]): string => again(rows).replace('"Content":"', `"Content":"${'x'.repeat(70_000)}`);
  test.each<readonly [what: string, type: string, added: (rows: string[]) => string, problems: readonly RegExp[]]>([
    ['a row given twice', 'Star', again, [/^row-refused: Star id 1: UNIQUE constraint failed: star\.id/]],
    [
      'a name written otherwise',
      'User',
      (rows) => again(rows).replace('"ID":1,"LowerName":"a', '"ID":77,"LowerName":"\\u0061'),
      [/^row-refused: user alice \(77\): UNIQUE constraint failed: user\.name/],
    ],
    [
      '0 and -0',
      'Star',
      () => '{"ID":88,"UserID":0,"RepoID":9}\n{"ID":89,"UserID":-0,"RepoID":9}',
      [/^row-refused: Star id 89: UNIQUE constraint failed: star\.uid, star\.repo_id/],
    ],
    [
      'large numbers that differ',
      'Star',
      () => '{"ID":9007199254740992,"UserID":1,"RepoID":77}\n{"ID":9007199254740993,"UserID":1,"RepoID":78}',
      [],
    ],
    [
      'a text that becomes a number',
      'Attachment',
      (rows) => again(rows).replace(/"ID":1,"UUID":"[^"]*"/, '"ID":77,"UUID":"1.0"'),
      [/^database-differs: Attachment: /],
    ],
    [
      'texts that become the same number',
      'Attachment',
      (rows) =>
        ['1', '1.0']
          .map((uuid, i) => again(rows).replace(/"ID":1,"UUID":"[^"]*"/, `"ID":7${i},"UUID":"${uuid}"`))
          .join('\n'),
      [/^row-refused: Attachment id 71: UNIQUE constraint failed: attachment\.uuid/],
    ],
    [
      'a row given twice, once with a value that does not fit',
      'Star',
      (rows) => again(rows).replace('"RepoID":1', '"RepoID":"1"'),
      [/^unfit-value: Star id 1 \(line 7\): RepoID/],
    ],
    ['a row given twice that a restore never reads', 'Comment', long, [/^row-not-restored: Comment id 1 /]],
  ])('are judged as if they were inserted: %s', async (_, type, added, expected) => {
    const tampered = newPath();
    await editTable(output, tampered, type, (rows) => [...rows, added(rows)]);
    const { problems } = await verifyWith(tampered);
    expect(problems).toEqual(expected.map((problem) => expect.stringMatching(problem)));
    expect((await verifyWith(tampered, { insertsAll: true })).problems).toEqual(problems);
  });

  test.each([
    ['a value does not fit', '"CreatedUnix":', '"CreatedUnix":1.', 'unfit-value: Comment id 1 (line 1): CreatedUnix'],
    ['a value is null', /"CommitID":\d+/, '"CommitID":null', 'null-key: Comment id 1 (line 1): CommitID'],
    ['a key is gone', /"CommitID":\d+,/, '', 'missing-key: Comment id 1 (line 1): CommitID'],
    ['an escape is none', '"Content":"', '"Content":"\\x', 'unreadable-line: Cannot read Comment.json, line 1'],
    ['an escape has too few digits', '"Content":"', '"Content":"\\u00', 'unreadable-line: Cannot read Comment.json'],
    ['a control character is bare', '"Content":"', '"Content":"\t', 'unreadable-line: Cannot read Comment.json'],
    ['a byte is not UTF-8', '"Content":"', '"Content":"\xff', 'not-utf8: Comment id 1 (line 1): content'],
    ['an id is 0', '"ID":1,', '"ID":0,', 'row-without-id: Comment id 0 (line 1)'],
    [
      'a line is too long',
      '"Content":"',
      `"Content":"${'x'.repeat(70_000)}`,
      'row-not-restored: Comment id 1 (line 1)',
    ],
  ])('are still read as a restore reads them: %s', async (_, from, to, problem) => {
    const tampered = newPath();
    const name = 'gogs-backup/db/Comment.json';
    const lines = (await readEntry(output, name)).toString('latin1');
    await repackBackup(output, tampered, { [name]: Buffer.from(lines.replace(from, to), 'latin1') });
    const { problems } = await verifyWith(tampered);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  test('are still compared with the input, row by row', async () => {
    const against = fixture('0.12.3-mysql', 'backup.zip');
    expect((await verifyWith(output, { against })).problems).toEqual([]);
    const tampered = newPath();
    await editTable(output, tampered, 'Comment', ([first = '', ...rest]) => [
      first.replace('"Content":"', '"Content":"x'),
      ...rest,
    ]);
    const { problems, tables } = await verifyWith(tampered, { against });
    expect(problems).toContain('row-different: Comment id 1: content');
    expect(tables.every(({ digest }) => digest !== null)).toBe(true);
  });

  test('have a digest only if they are compared', async () => {
    for (const insertsAll of [false, true]) {
      const { tables } = await verifyWith(output, { insertsAll });
      for (const { digest } of tables) expect(digest !== null).toBe(insertsAll);
    }
  });

  test('find each row after a long line in the SQL, and miss one that differs', async () => {
    const long = newPath();
    const { output: written } = await upgrade(fixture('0.12.3-mysql-hard', 'backup.zip'), long);
    const afterRestoreSql = written.afterRestoreSql as string;
    const { tables, problems } = await verifyWith(long, { engine: 'mysql', afterRestoreSql });
    expect(tables.flatMap(({ type, rowsBySql }) => (rowsBySql > 0 ? [`${type} ${rowsBySql}`] : []))).toEqual([
      'Issue 1',
      'HookTask 1',
    ]);
    expect(problems.filter((problem) => !problem.startsWith('needs-sql'))).toEqual([]);
    const tampered = newPath();
    await editTable(long, tampered, 'HookTask', (rows) =>
      rows.map((row, i) => (i === rows.length - 1 ? row.replace('"UUID":"', '"UUID":"x') : row)),
    );
    const found = (await verifyWith(tampered, { engine: 'mysql', afterRestoreSql })).problems;
    expect(found).toContainEqual(expect.stringMatching(/^row-not-restored: HookTask id 3 /));
  });
});

test('a NUL that PostgreSQL rejects is found without a server', async () => {
  const [output, tampered] = [newPath(), newPath()];
  await upgrade(fixture('0.12.3-postgres', 'backup.zip'), output);
  await editTable(output, tampered, 'Comment', ([first = '', ...rest]) => [
    first.replace('"Content":"', '"Content":"\\u0000'),
    ...rest,
  ]);
  expect((await verifyWith(tampered, { engine: 'postgres' })).problems).toEqual([
    'nul-on-postgres: Comment.json, line 1',
  ]);
  expect((await verifyWith(tampered, { engine: 'mysql' })).problems).toEqual([]);
});

test('an escaped backslash before u0000 is not NUL', async () => {
  const [output, tampered] = [newPath(), newPath()];
  await upgrade(fixture('0.12.3-postgres', 'backup.zip'), output);
  await editTable(output, tampered, 'Comment', ([first = '', ...rest]) => [
    first.replace('"Content":"', '"Content":"\\\\u0000'),
    ...rest,
  ]);
  expect((await verifyWith(tampered, { engine: 'postgres' })).problems).toEqual([]);
});
