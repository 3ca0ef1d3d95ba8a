import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { InputError, OutputError, RefusedError, VersionError } from '../../src/core/errors.js';
import { ZipReader } from '../../src/formats/zip/ZipReader.js';
import type { TargetName } from '../../src/gogs/gogsHistory.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { comparable } from '../support/comparable.js';
import { BACKUP_FIXTURES, fixture, temporaryFolder } from '../support/fixtures.js';
import { readEntries, readEntry, readTables } from '../support/readBackup.js';
import { repackBackup } from '../support/repackBackup.js';

const folder = temporaryFolder();
let count = 0;
const newPath = (): string => join(folder, `${++count}.zip`);
const upgraded = new Map<string, string>();
/** The output for an instance: created once, and read by every test that changes no option but the target. */
async function outputOf(name: string, to: TargetName = '0.13'): Promise<string> {
  const path = upgraded.get(`${name} ${to}`) ?? newPath();
  if (!existsSync(path)) await upgrade(fixture(name, 'backup.zip'), path, { to });
  upgraded.set(`${name} ${to}`, path);
  return path;
}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The Gogs release that upgraded the same instances. The tables of 0.15 are those of 0.14. */
const OWN_UPGRADES: Readonly<Record<TargetName, string>> = { '0.13': '0.13.0', '0.14': '0.14.3', '0.15': '0.14.3' };

describe.each(BACKUP_FIXTURES)('a backup of %s', (name) => {
  test.each(Object.entries(OWN_UPGRADES) as [TargetName, string][])(
    'becomes, for %s, row by row what the own upgrade of Gogs %s makes of the instance',
    async (to, version) => {
      const [ours, gogs] = comparable(
        await readTables(await outputOf(name, to)),
        await readTables(fixture(name, `gogs-${version}-backup.zip`)),
      );
      expect(ours).toEqual(gogs);
    },
  );

  test('gives the same output when it is upgraded again', async () => {
    const [once, twice] = [await outputOf(name), newPath()];
    const report = await upgrade(once, twice);
    expect(await readEntries(twice)).toEqual(await readEntries(once));
    expect(report.tables.flatMap(({ changes }) => changes)).toEqual([]);
    expect(report.settings).toEqual([]);
  });

  test('keeps every other entry in compressed form, with mode and time', async () => {
    const output = await outputOf(name);
    const [before, after] = [await rawEntries(fixture(name, 'backup.zip')), await rawEntries(output)];
    expect(before.size).toBeGreaterThan(10);
    for (const [entry, raw] of before) expect([entry, after.get(entry)]).toEqual([entry, raw]);
  });
});

/** Entries that an upgrade does not have to change. */
async function rawEntries(path: string): Promise<Map<string, object>> {
  const zip = await ZipReader.open(path);
  const bytes = readFileSync(path);
  const entries = new Map<string, object>();
  for (const entry of zip.entries) {
    if (/^gogs-backup\/(db\/.+|metadata\.ini|custom\/conf\/app\.ini)$/.test(entry.name)) continue;
    const { start, end } = await zip.locate(entry);
    const { mode, modified, crc32, method, uncompressedSize } = entry;
    const data = bytes.subarray(start, end).toString('base64');
    entries.set(entry.name, { mode, modified, crc32, method, uncompressedSize, data });
  }
  await zip.close();
  return entries;
}

test('every access token gets its hash', async () => {
  const tokens = (await readTables(await outputOf('0.12.3-sqlite3')))['AccessToken.json'] ?? [];
  expect(tokens).toHaveLength(6);
  for (const token of tokens) expect(token['SHA256']).toBe(sha256(String(token['Sha1'])));
});

test('with redactTokens the archive contains no usable token, and each keeps working', async () => {
  const output = newPath();
  await upgrade(fixture('0.12.3-sqlite3', 'backup.zip'), output, { redactTokens: true });
  const before = (await readTables(fixture('0.12.3-sqlite3', 'backup.zip')))['AccessToken.json'] ?? [];
  const after = (await readTables(output))['AccessToken.json'] ?? [];
  expect(after.map((token) => token['SHA256'])).toEqual(before.map((token) => sha256(String(token['Sha1']))));
  for (const token of after) expect(token['Sha1']).toBe(String(token['SHA256']).slice(0, 40));
});

test('the webhook of an organization is kept, although Gogs itself deletes it', async () => {
  const output = newPath();
  const report = await upgrade(fixture('0.10.18-sqlite3', 'backup.zip'), output);
  const hooks = (await readTables(output))['Webhook.json'] ?? [];
  expect(hooks.filter((hook) => hook['OrgID'] !== 0)).toHaveLength(1);
  expect(report.tables.find(({ table }) => table === 'webhook')).toMatchObject({
    rowsIn: 3,
    rowsOut: 2,
    leftOut: { 'its repository is gone': 1 },
  });
});

test('a table that the old version did not have gets an empty file', async () => {
  expect((await readTables(await outputOf('0.10.18-sqlite3')))['LFSObject.json']).toEqual([]);
});

test('a backup of the database alone can be upgraded', async () => {
  const output = newPath();
  await upgrade(fixture('0.12.3-sqlite3', 'backup-database-only.zip'), output);
  const [ours, gogs] = comparable(
    await readTables(output),
    await readTables(fixture('0.12.3-sqlite3', 'gogs-0.13.0-backup.zip')),
  );
  expect(ours).toEqual(gogs);
});

test('a backup can be upgraded from stream to stream', async () => {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await upgrade(Readable.from(readFileSync(fixture('0.12.3-mysql', 'backup.zip'))), stream);
  const [streamed, filed] = [newPath(), newPath()];
  writeFileSync(streamed, Buffer.concat(chunks));
  await upgrade(fixture('0.12.3-mysql', 'backup.zip'), filed);
  expect(readFileSync(streamed).equals(readFileSync(filed))).toBe(true);
});

describe('app.ini', () => {
  const CONFIG = 'gogs-backup/custom/conf/app.ini';
  const input = fixture('0.12.3-sqlite3', 'backup.zip');

  test('gets the names that 0.13 reads, and keeps its comments', async () => {
    const output = newPath();
    await upgrade(input, output);
    const text = (await readEntry(output, CONFIG)).toString();
    expect(text).toContain("; Our team's Git service  (hand-edited, keep this comment)\nBRAND_NAME = Example Forge\n");
    expect(text).toContain('[email]\nENABLED = false\n; the relay needs no TLS\n');
    expect(text).toContain('PASSWORD = `mail;pw#1`');
  });

  test('is unchanged with keepConfig', async () => {
    const output = newPath();
    await upgrade(input, output, { keepConfig: true });
    expect(await readEntry(output, CONFIG)).toEqual(await readEntry(input, CONFIG));
  });

  test('accepts values for the new server', async () => {
    const output = newPath();
    await upgrade(input, output, { set: ['database.HOST=db.example.com:5432', 'database.TYPE=postgres'] });
    const text = (await readEntry(output, CONFIG)).toString();
    expect(text).toMatch(/\[database\]\nTYPE = postgres\nHOST ?= ?db\.example\.com:5432\n/);
  });
});

test('metadata.ini names the first release of the target, and keeps the rest', async () => {
  const output = newPath();
  await upgrade(fixture('0.11.91-postgres', 'backup.zip'), output, { to: '0.14' });
  const [before, after] = await Promise.all(
    [fixture('0.11.91-postgres', 'backup.zip'), output].map(async (path) =>
      (await readEntry(path, 'gogs-backup/metadata.ini')).toString(),
    ),
  );
  expect(after).toBe(before?.replace('0.11.91.0811', '0.14.0'));
});

describe('an upgrade is refused in one sentence for', () => {
  const refused = async (input: string, options = {}): Promise<unknown> => {
    const output = newPath();
    const error = await upgrade(input, output, options).catch((reason: unknown) => reason);
    expect(existsSync(output)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    return error;
  };

  test('a backup of a newer Gogs', async () => {
    const error = await refused(fixture('0.12.3-sqlite3', 'gogs-0.14.3-backup.zip'));
    expect(error).toBeInstanceOf(VersionError);
    expect(String(error)).toContain('made by the newer Gogs 0.14.3');
  });

  test('a backup that says it is older than gogs backup', async () => {
    const input = newPath();
    await repackBackup(fixture('0.10.18-sqlite3', 'backup.zip'), input, {
      'gogs-backup/metadata.ini': 'VERSION = 1\nGOGS_VERSION = 0.9.141\n',
    });
    expect(await refused(input)).toBeInstanceOf(VersionError);
  });

  test('a line that is not JSON, with table, line and byte', async () => {
    const input = newPath();
    await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, {
      'gogs-backup/db/Star.json': '{"ID":1,"UID":1,"RepoID":1}\n{"ID":2,"UID":1,"Re',
    });
    const error = await refused(input);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toContain('Cannot read Star.json, line 2: the line ends inside a string, at byte 19.');
  });

  test('a value that its column cannot take', async () => {
    const input = newPath();
    await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, {
      'gogs-backup/db/Star.json': '{"ID":1,"UID":"bob","RepoID":1}\n',
    });
    const error = await refused(input);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toContain('a restore would stop there: Star line 1, uid');
  });

  test('an existing output, unless it may be replaced', async () => {
    const output = newPath();
    writeFileSync(output, 'something dear');
    const input = fixture('0.12.3-sqlite3', 'backup.zip');
    await expect(upgrade(input, output)).rejects.toBeInstanceOf(OutputError);
    expect(readFileSync(output, 'utf8')).toBe('something dear');
    await upgrade(input, output, { force: true });
    expect(Object.keys(await readTables(output))).toHaveLength(37);
  });

  test('the input as the output, even with force', async () => {
    const input = newPath();
    const bytes = readFileSync(fixture('0.12.3-sqlite3', 'backup.zip'));
    writeFileSync(input, bytes);
    await expect(upgrade(input, input, { force: true })).rejects.toBeInstanceOf(OutputError);
    expect(readFileSync(input).equals(bytes)).toBe(true);
  });
});

describe('tokens that would stop a restore', () => {
  const TOKENS = [
    '{"ID":1,"UserID":1,"Name":"a","Sha1":"979a86c122ea7b710499de92154df84831451c59","CreatedUnix":1,"UpdatedUnix":0}',
    '{"ID":2,"UserID":2,"Name":"b","Sha1":"979a86c122ea7b710499de92154df84831451c59","CreatedUnix":1,"UpdatedUnix":0}',
    '{"ID":3,"UserID":2,"Name":"c","Sha1":"","CreatedUnix":1,"UpdatedUnix":0}',
  ];
  const input = join(folder, 'tokens.zip');

  test('are left out and reported, without their value', async () => {
    await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, {
      'gogs-backup/db/AccessToken.json': `${TOKENS.join('\n')}\n`,
    });
    const output = newPath();
    const { findings } = await upgrade(input, output);
    expect((await readTables(output))['AccessToken.json']?.map((row) => row['ID'])).toEqual([1]);
    expect(findings.find(({ code }) => code === 'token-given-twice')?.examples).toEqual([
      'AccessToken id 2 of user bob (2)',
    ]);
    expect(findings.find(({ code }) => code === 'token-without-value')?.examples).toEqual([
      'AccessToken id 3 of user bob (2)',
    ]);
    expect(JSON.stringify(findings)).not.toContain('979a86');
  });

  test('make a strict upgrade refuse', async () => {
    const output = newPath();
    await expect(upgrade(input, output, { strict: true })).rejects.toBeInstanceOf(RefusedError);
    expect(existsSync(output)).toBe(false);
  });
});

test("a missing or null key gets Go's zero value, not that of the previous row", async () => {
  const input = newPath();
  await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, {
    'gogs-backup/db/Label.json':
      '{"ID":1,"RepoID":1,"Name":"bug","Color":"#fff","NumIssues":3,"NumClosedIssues":1}\n{"ID":2,"RepoID":1,"Name":null}\n',
  });
  const output = newPath();
  await upgrade(input, output);
  expect((await readTables(output))['Label.json']?.[1]).toEqual({
    ID: 2,
    RepoID: 1,
    Name: '',
    Color: '',
    NumIssues: 0,
    NumClosedIssues: 0,
  });
});

test('keys of a modified Gogs are kept in the row', async () => {
  const input = newPath();
  await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, {
    'gogs-backup/db/Star.json': '{"ID":1,"UID":1,"RepoID":1,"Shiny":{"a":[1,2.50]}}\n',
  });
  const output = newPath();
  await upgrade(input, output);
  const line = (await readEntry(output, 'gogs-backup/db/Star.json')).toString();
  expect(line).toBe('{"ID":1,"UserID":1,"RepoID":1,"Shiny":{"a":[1,2.50]}}\n');
});

test('integers beyond 2^53, escapes and bytes that are not UTF-8 are unchanged', async () => {
  const row = Buffer.concat([
    Buffer.from('{"ID":1,"Type":1,"Description":"\\u00e4\\/<'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('","CreatedUnix":9007199254740993}\n'),
  ]);
  const input = newPath();
  await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, { 'gogs-backup/db/Notice.json': row });
  const output = newPath();
  await upgrade(input, output);
  expect(await readEntry(output, 'gogs-backup/db/Notice.json')).toEqual(row);
});
