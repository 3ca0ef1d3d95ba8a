import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import sqlite from 'node-sqlite3-wasm';
import { inspect, upgrade, verify } from '../../src/index.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { readEntries } from '../support/readBackup.js';
import { repackBackup } from '../support/repackBackup.js';

const scratch = temporaryFolder();
const database = join(scratch, 'gogs.db');
const made = new sqlite.Database(database);
made.exec(readFileSync(fixture('0.12.3-sqlite3', 'native.sql'), 'utf8'));
made.close();
const bytes = readFileSync(database);

/** The result of `gogs backup` in the official image: all of /data/gogs is in custom/. */
const input = join(scratch, 'docker.zip');
await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, {
  'gogs-backup/custom/data/gogs.db': bytes,
  'gogs-backup/custom/data/gogs.db-wal': Buffer.from('wal'),
  'gogs-backup/custom/data/old-copy.db': bytes,
  'gogs-backup/custom/data/sessions/1/2/12ab': Buffer.from('session'),
  'gogs-backup/custom/data/ssh/gogs.rsa': Buffer.from('key'),
  'gogs-backup/custom/data/tmp/local-repo/1/HEAD': Buffer.from('ref'),
  'gogs-backup/custom/log/gogs.log': Buffer.alloc(2048, 'l'),
  'gogs-backup/custom/notes.txt': Buffer.alloc(512, 'x'),
  'gogs-backup/data/attachments/a/b/ab': bytes,
});

const namesIn = async (path: string): Promise<string[]> => [...(await readEntries(path)).keys()];

test('the live database of the old server is left out of the output, and everything else is kept', async () => {
  const output = join(scratch, 'new.zip');
  const { findings } = await upgrade(input, output, { verify: true });
  const names = await namesIn(output);
  expect(names).not.toContain('gogs-backup/custom/data/gogs.db');
  expect(names).not.toContain('gogs-backup/custom/data/gogs.db-wal');
  for (const kept of ['custom/data/old-copy.db', 'custom/notes.txt', 'data/attachments/a/b/ab']) {
    expect(names).toContain(`gogs-backup/${kept}`);
  }
  expect(findings.filter(({ code }) => /database/.test(code)).map(({ code, examples }) => [code, ...examples])).toEqual(
    [
      ['old-database', 'gogs-backup/custom/data/gogs.db'],
      ['database-inside', 'gogs-backup/custom/data/old-copy.db'],
    ],
  );
  expect(findings.find(({ code }) => code === 'server-state')?.examples).toEqual([
    'gogs-backup/custom/data/sessions/: sessions of people who are signed in, 1 file, 7 bytes',
    'gogs-backup/custom/data/ssh/: host keys of the built-in SSH server, 1 file, 3 bytes',
    'gogs-backup/custom/data/tmp/: working copies and uploads in progress, 1 file, 3 bytes',
    'gogs-backup/custom/log/: logs, 1 file, 2.0 KB',
  ]);
  expect(await verify(output, { against: input })).toMatchObject({ holds: true });
  expect((await inspect(input)).findings.map(({ code }) => code)).toContain('old-database');
});

test.each([{ redactTokens: true }, { rehearsal: true }])(
  'with %j neither an old database nor a session stays, but what people uploaded does',
  async (options) => {
    const output = join(scratch, `${Object.keys(options)[0]}.zip`);
    await upgrade(input, output, options);
    const names = await namesIn(output);
    expect(names.filter((name) => /\.db|sessions/.test(name))).toEqual([]);
    expect(names).toContain('gogs-backup/data/attachments/a/b/ab');
    expect(await verify(output, { against: input, ...options })).toMatchObject({ holds: true });
  },
);

test('verifying only the files knows that the old database was left out', async () => {
  const output = join(scratch, 'files.zip');
  await upgrade(input, output, { filesOnly: true });
  expect(await namesIn(output)).not.toContain('gogs-backup/custom/data/gogs.db');
  const { findings, holds } = await verify(output, { against: input, filesOnly: true });
  expect([holds, findings.map(({ code }) => code)]).toEqual([true, ['files-alone']]);
});
