import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ZipReader } from '../../src/formats/zip/ZipReader.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { readEntry } from '../support/readBackup.js';
import { repackBackup } from '../support/repackBackup.js';

const folder = temporaryFolder();
let count = 0;
const newPath = (): string => join(folder, `${++count}.zip`);
const ACTION = 'gogs-backup/db/Action.json';
const PROTECTED = 'gogs-backup/db/ProtectBranchWhitelist.json';

function actionRow(id: number, content = `"commit ${id} ${'x'.repeat(id % 300)}"`): string {
  const who =
    '"UserID":1,"OpType":1,"ActUserID":1,"ActUserName":"alice","RepoID":1,"RepoUserName":"alice","RepoName":"app"';
  return `{"ID":${id},${who},"RefName":"","IsPrivate":false,"Content":${content},"CreatedUnix":1795354087}`;
}

/** More than any buffer in between holds, so that several pieces are inflated. */
const ROWS = Array.from({ length: 5000 }, (_, i) => actionRow(i + 1));
const fileOf = (rows: readonly string[]): string => rows.map((row) => `${row}\n`).join('');

/** The result of upgrading a table; a backup of 0.12.3 provides the rest. */
async function upgradeTable(entry: string, content: string): Promise<{ input: string; output: string; text: string }> {
  const [input, output] = [newPath(), newPath()];
  await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, { [entry]: content });
  await upgrade(input, output, { engine: 'sqlite3' });
  return { input, output, text: (await readEntry(output, entry)).toString() };
}

async function compressedBytes(path: string, name: string): Promise<Buffer> {
  const zip = await ZipReader.open(path);
  try {
    for (const entry of zip.entries) {
      if (entry.name !== name) continue;
      const { start, end } = await zip.locate(entry);
      return readFileSync(path).subarray(start, end);
    }
    throw new Error(`${path} has no ${name}`);
  } finally {
    await zip.close();
  }
}

describe('a table without changed rows', () => {
  test.each([
    ['many rows', fileOf(ROWS)],
    ['one row', fileOf(ROWS.slice(0, 1))],
    ['no row', ''],
  ])('is copied in compressed form: %s', async (_, content) => {
    const { input, output, text } = await upgradeTable(ACTION, content);
    expect(text).toBe(content);
    expect(await compressedBytes(output, ACTION)).toEqual(await compressedBytes(input, ACTION));
  });
});

describe('a table keeps every row', () => {
  const oldRow = (id: number): string => actionRow(id).replace('"RefName"', '"ActAvatar":"","RefName"');

  test.each([
    ['the first row', 0],
    ['the second row', 1],
    ['a row in the middle', 2500],
    ['the last row', 4999],
  ])('when only %s changes', async (_, index) => {
    const rows = ROWS.with(index, oldRow(index + 1));
    expect((await upgradeTable(ACTION, fileOf(rows))).text).toBe(fileOf(ROWS));
  });

  test('when its last line has no newline', async () => {
    expect((await upgradeTable(ACTION, fileOf(ROWS).slice(0, -1))).text).toBe(fileOf(ROWS));
  });

  test('when an editor left blank lines and carriage returns in it', async () => {
    const edited = `${fileOf(ROWS.slice(0, 3000))}\n${ROWS.slice(3000).join('\r\n')}\r\n\n`;
    expect((await upgradeTable(ACTION, edited)).text).toBe(fileOf(ROWS));
  });

  test('when a row is too long for a restore, which is written last', async () => {
    const long = actionRow(3001, `"${'long '.repeat(14_000)}"`);
    const { text } = await upgradeTable(ACTION, fileOf(ROWS.with(3000, long)));
    expect(text).toBe(fileOf([...ROWS.toSpliced(3000, 1), long]));
  });

  test('when a row only has to be shortened', async () => {
    const shortened = actionRow(3001, `"${'<'.repeat(20_000)}"`);
    const { text } = await upgradeTable(ACTION, fileOf(ROWS.with(3000, shortened.replaceAll('<', '\\u003c'))));
    expect(text).toBe(fileOf(ROWS.with(3000, shortened)));
  });
});

test.each([
  ['first', [0, 1, 2]],
  ['in the middle', [1, 0, 2]],
  ['last', [1, 2, 0]],
])('leaving a row out keeps the others, if it is %s', async (_, protectBranchIds) => {
  const row = (branch: number, id: number): string =>
    `{"ID":${id + 1},"ProtectBranchID":${branch},"RepoID":1,"Name":"master","UserID":1}`;
  const [input, output] = [newPath(), newPath()];
  await repackBackup(fixture('0.10.18-sqlite3', 'backup.zip'), input, {
    [PROTECTED]: fileOf(protectBranchIds.map(row)),
  });
  await upgrade(input, output);
  const kept = protectBranchIds.map(row).filter((text) => !text.includes('"ProtectBranchID":0'));
  expect((await readEntry(output, PROTECTED)).toString()).toBe(fileOf(kept));
});
