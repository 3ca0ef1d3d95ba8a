import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { UserFacingError } from '../../src/core/errors.js';
import { inspect } from '../../src/inspect/inspect.js';
import { upgradeAndVerify as upgrade } from '../../src/verify/upgradeAndVerify.js';
import { verify } from '../../src/verify/verify.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { readEntry, readTables } from '../support/readBackup.js';
import { repackBackup } from '../support/repackBackup.js';

const folder = temporaryFolder();
let count = 0;
const newPath = (): string => join(folder, `${++count}.zip`);

/** A backup of 0.12.3 with one changed table. */
async function withTable(type: string, change: (text: string) => string | Buffer): Promise<string> {
  const [original, input] = [fixture('0.12.3-sqlite3', 'backup.zip'), newPath()];
  const name = `gogs-backup/db/${type}.json`;
  await repackBackup(original, input, { [name]: change((await readEntry(original, name)).toString()) });
  return input;
}

const replaceFirst =
  (pattern: RegExp, value: string) =>
  (text: string): string => {
    const changed = text.replace(pattern, value);
    expect(changed).not.toBe(text);
    return changed;
  };

type Case = readonly [what: string, type: string, change: (text: string) => string | Buffer, expected: string];

/** Every value that a restore rejects or misreads, and what the upgrade reports about it. */
const CASES: readonly Case[] = [
  [
    'a number beyond 64 bits',
    'User',
    replaceFirst(/"NumStars":\d+/, '"NumStars":9223372036854775808'),
    'unfit-value: User line 1, num_stars',
  ],
  [
    'a number of a thousand digits',
    'User',
    replaceFirst(/"NumStars":\d+/, `"NumStars":${'9'.repeat(1000)}`),
    'unfit-value: User line 1, num_stars',
  ],
  [
    'a day that does not exist',
    'LFSObject',
    replaceFirst(/"CreatedAt":"[^"]*"/, '"CreatedAt":"2020-02-30T00:00:00Z"'),
    'unfit-value: LFSObject line 1, created_at',
  ],
  [
    'a time without an offset',
    'LFSObject',
    replaceFirst(/"CreatedAt":"[^"]*"/, '"CreatedAt":"2020-02-03T00:00:00"'),
    'unfit-value: LFSObject line 1, created_at',
  ],
  [
    'a text in place of a number',
    'Issue',
    replaceFirst(/"NumComments":\d+/, '"NumComments":"5"'),
    'other-type: issue alice/app#1 (1), num_comments',
  ],
  ['an id with a decimal point', 'Star', replaceFirst(/"ID":1,/, '"ID":1.0,'), 'other-type: Star id 1, id'],
  [
    'true in place of a number',
    'Issue',
    replaceFirst(/"NumComments":\d+/, '"NumComments":true'),
    'other-type: issue alice/app#1 (1), num_comments',
  ],
  [
    'a number in place of true',
    'User',
    replaceFirst(/"IsAdmin":true/, '"IsAdmin":1'),
    'other-type: user alice (1), is_admin',
  ],
  [
    'a number in place of a text',
    'User',
    replaceFirst(/"Location":"[^"]*"/, '"Location":7'),
    'other-type: user alice (1), location',
  ],
  [
    'an object in place of a text',
    'User',
    replaceFirst(/"Location":"[^"]*"/, '"Location":{"a":1}'),
    'other-type: user alice (1), location',
  ],
  [
    'an array in place of a text',
    'User',
    replaceFirst(/"Location":"[^"]*"/, '"Location":["a"]'),
    'other-type: user alice (1), location',
  ],
  [
    'a text that is no number in place of one',
    'Issue',
    replaceFirst(/"NumComments":\d+/, '"NumComments":"x"'),
    'unfit-value: Issue line 1, num_comments',
  ],
  ['an id that is null', 'User', replaceFirst(/"ID":1,/, '"ID":null,'), 'row-without-id: User line 1'],
  ['an id of 0', 'Star', replaceFirst(/"ID":1,/, '"ID":0,'), 'row-without-id: Star line 1'],
  ['a row without an id', 'Star', replaceFirst(/"ID":1,/, ''), 'row-without-id: Star line 1'],
  [
    'a row of nulls',
    'Star',
    (text) => `${text}{"ID":null,"UID":null,"RepoID":null}\n`,
    'missing-key: Star id ? (line 7)',
  ],
  ['a null', 'Issue', replaceFirst(/"NumComments":\d+/, '"NumComments":null'), 'missing-key: issue alice/app#1 (1)'],
  [
    'bytes of another character set',
    'Issue',
    (text) =>
      Buffer.concat([
        Buffer.from('{"ID":99,"RepoID":1,"Index":99,"Title":"M'),
        Buffer.from([0xfc]),
        Buffer.from(`ller"}\n${text}`),
      ]),
    'not-utf8: issue alice/app#99 (99), name',
  ],
  [
    'a key given twice',
    'Star',
    replaceFirst(/"RepoID":(\d+)/, '"RepoID":$1,"RepoID":2'),
    'repeated-key: Star id 1: RepoID again',
  ],
  [
    'a key of a later release',
    'User',
    replaceFirst(/"Passwd":/, '"Password":"evil","Passwd":'),
    'repeated-key: user alice (1): Password beside Passwd',
  ],
];

describe('the upgrade and the inspection report everything that verify rejects', () => {
  test.each(CASES)('%s', async (_, type, change, expected) => {
    const [input, output] = [await withTable(type, change), newPath()];
    const { findings } = await inspect(input);
    const named = findings.filter(({ needsHand }) => needsHand);
    expect(named.flatMap(({ code, examples }) => examples.map((example) => `${code}: ${example}`))).toContain(expected);

    const error = await upgrade(input, output).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error !== undefined) {
      expect(error).toBeInstanceOf(UserFacingError);
      expect(String(error)).toContain(expected.replace(/^[\w-]+: /, ''));
    }
    await expect(upgrade(input, newPath(), { strict: true })).rejects.toThrow(UserFacingError);
  });

  test('and verify accepts everything that they do not report', async () => {
    const input = await withTable('User', replaceFirst(/"NumStars":\d+/, '"NumStars":-0'));
    const output = newPath();
    const { findings } = await upgrade(input, output, { verify: true });
    expect(findings.filter(({ needsHand }) => needsHand)).toEqual([]);
    expect((await verify(output, { against: input })).holds).toBe(true);
  });
});

describe('values of another type than their column', () => {
  const rows = '{"ID":true,"UserID":"+3","RepoID":4.0}\n{"ID":"77","UserID":1.0,"RepoID":"2"}\n';
  const expected = [
    { ID: 1, UserID: 3, RepoID: 4 },
    { ID: 77, UserID: 1, RepoID: 2 },
  ];

  test.each(['zip', 'sql', 'db', 'csv.zip'])('are converted, reported and proven in %s', async (format) => {
    const input = await withTable('Star', () => rows);
    const output = newPath().replace(/zip$/, format);
    const report = await upgrade(input, output, format === 'csv.zip' ? {} : { verify: true });
    const { count, needsHand } = report.findings.find(({ code }) => code === 'other-type') ?? {};
    expect({ count, needsHand }).toEqual({ count: 6, needsHand: true });
    expect(report.findings.map(({ code }) => code)).not.toContain('row-without-id');
    if (format === 'zip') expect((await readTables(output))['Star.json']).toEqual(expected);
    if (format !== 'csv.zip') expect((await verify(output, { against: input })).holds).toBe(true);
  });

  test('that cannot be converted remain in CSV as they are', async () => {
    const input = await withTable('Star', () => '{"ID":7,"UserID":"seven","RepoID":1}\n');
    const { findings } = await upgrade(input, newPath().replace(/zip$/, 'csv.zip'));
    expect(findings.find(({ code }) => code === 'other-type')?.examples).toEqual(['Star id 7, uid']);
  });
});

describe('of several values', () => {
  const password = async (change: (text: string) => string): Promise<unknown> => {
    const output = newPath();
    await upgrade(await withTable('User', change), output);
    return (await readTables(output))['User.json']?.[0]?.['Password'];
  };

  test('the one that the release of the backup reads counts, even an empty one', async () => {
    expect(await password(replaceFirst(/"Passwd":"[^"]*"/, '"Passwd":"mine","Password":"evil"'))).toBe('mine');
    expect(await password(replaceFirst(/"Passwd":"[^"]*"/, '"Password":"evil","Passwd":""'))).toBe('');
  });

  test('the last one of equal keys counts, as in Gogs', async () => {
    expect(await password(replaceFirst(/"Passwd":"[^"]*"/, '"Passwd":"first","Passwd":"last"'))).toBe('last');
    expect(await password(replaceFirst(/"Passwd":"[^"]*"/, '"Passwd":"first","Passwd":""'))).toBe('');
  });
});
