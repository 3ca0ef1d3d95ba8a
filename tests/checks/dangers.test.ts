import { createCipheriv, hash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/core/findings.js';
import { fileSink } from '../../src/files/ByteSink.js';
import { OpenFile } from '../../src/files/OpenFile.js';
import { ZipReader } from '../../src/formats/zip/ZipReader.js';
import { ZipWriter } from '../../src/formats/zip/ZipWriter.js';
import { type InspectOptions, inspect } from '../../src/inspect/inspect.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { upgradeAndVerify } from '../../src/verify/upgradeAndVerify.js';
import { BACKUP_FIXTURES, fixture, temporaryFolder } from '../support/fixtures.js';
import { another, first, type Planted, plant } from '../support/plant.js';
import { readEntry, readTables } from '../support/readBackup.js';

const folder = temporaryFolder();

async function findingsIn(planted: Planted, options: InspectOptions = {}): Promise<readonly Finding[]> {
  return (await inspect(await plant(folder, planted), options)).findings;
}

/** The findings of plain fixtures, none of which needs a hand. */
const PLAIN = new Set([
  ...['attachment-without-file', 'orphan', 'leftover', 'two-factor-secret', 'lfs-objects', 'mirrors-at-once'],
  ...[
    'hook-path',
    'four-byte-characters',
    'setting-renamed',
    'run-user',
    'log-to-file',
    'absolute-path',
    'unknown-sizes',
  ],
]);

describe('an ordinary backup', () => {
  test.each(BACKUP_FIXTURES.filter((name) => !name.endsWith('-hard')))(
    'of %s has no findings that need a hand',
    async (name) => {
      const { findings, canUpgrade } = await inspect(fixture(name, 'backup.zip'));
      expect(canUpgrade).toBe(true);
      expect(findings.filter(({ needsHand, severity }) => needsHand || severity === 'error')).toEqual([]);
      expect(findings.map(({ code }) => code).filter((code) => !PLAIN.has(code))).toEqual([]);
    },
  );

  test.each(BACKUP_FIXTURES.filter((name) => !name.endsWith('-hard')))('of %s passes --strict', async (name) => {
    const report = await upgrade(fixture(name, 'backup.zip'), join(folder, `${name}.zip`), { strict: true });
    expect(report.findings.some(({ needsHand }) => needsHand)).toBe(false);
  });

  test('of the database alone does not report missing files', async () => {
    const { findings } = await inspect(fixture('0.12.3-sqlite3', 'backup-database-only.zip'));
    expect(findings.map(({ code }) => code)).not.toContain('attachment-without-file');
    expect(findings.map(({ code }) => code)).not.toContain('avatar-without-file');
    expect(findings.some(({ needsHand }) => needsHand)).toBe(false);
  });
});

const secretOf = (key: string): string => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-128-gcm', hash('md5', key, 'buffer'), nonce);
  const sealed = Buffer.concat([cipher.update('JBSWY3DPEHPK3PXP'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64');
};

const noAllowlist = (text: string): string => text.replace(/^LOCAL_NETWORK_ALLOWLIST.*\n/m, '');

/** What is planted → the expected findings and their places. */
const DANGERS: readonly (readonly [
  code: string,
  place: RegExp | undefined,
  planted: Planted,
  options?: InspectOptions,
])[] = [
  ['token-without-value', /AccessToken id 1 of user alice \(1\)/, { rows: { AccessToken: first({ Sha1: '' }) } }],
  ['token-given-twice', /AccessToken id 99/, { rows: { AccessToken: another({ ID: 99 }) } }],
  ['nul-character', /Comment id 1, content/, { rows: { Comment: first({ Content: 'a\u0000b' }) } }],
  [
    'nul-taken-out',
    /Comment id 1, content/,
    { rows: { Comment: first({ Content: 'a\u0000b' }) } },
    { engine: 'postgres' },
  ],
  [
    'missing-key',
    /issue alice\/app#2 \(2\)/,
    { rows: { Issue: ([a = {}, { Title: _, ...b } = {}, ...rest]) => [a, b, ...rest] } },
  ],
  [
    'missing-key',
    /issue alice\/app#1 \(1\)/,
    { rows: { Issue: ([{ Title: _, ...a } = {}, ...rest]) => [a, ...rest] } },
  ],
  ['duplicate-key', /user alice \(99\) \(lower_name\)/, { rows: { User: another({ ID: 99 }) } }],
  ['duplicate-key', /issue alice\/app#500 \(1\) \(id\)/, { rows: { Issue: another({ Index: 500 }) } }],
  ['duplicate-key', /issue alice\/app#1 \(50\) \(repo_id, index\)/, { rows: { Issue: another({ ID: 50 }) } }],
  [
    'duplicate-key-under-collation',
    /LoginSource id 9 \(name\)/,
    { rows: { LoginSource: (rows) => [...rows, { ...rows[2], ID: 9, Name: 'PÁM ' }] } },
    { engine: 'mysql' },
  ],
  ['repeated-link', /Star id 99/, { rows: { Star: another({ ID: 99 }) } }],
  [
    'long-value',
    /issue alice\/app#1 \(1\), name: 256 characters, and 255 fit/,
    { rows: { Issue: first({ Title: 'ü'.repeat(256) }) } },
    { engine: 'mysql' },
  ],
  [
    'long-value',
    /Comment id 1, content: 65536 bytes, and 65535 fit/,
    { rows: { Comment: first({ Content: 'x'.repeat(65_536) }) } },
    { engine: 'mysql' },
  ],
  ['long-row', /issue alice\/app#1 \(1\): [\d,]+ bytes/, { rows: { Issue: first({ Content: 'x'.repeat(70_000) }) } }],
  ['other-type', /issue alice\/app#1 \(1\), num_comments/, { rows: { Issue: first({ NumComments: '1' }) } }],
  ['unfit-value', /Issue line 1, repo_id/, { rows: { Issue: first({ RepoID: 'one' }) } }],
  [
    'four-byte-characters',
    /repository alice\/secret \(2\), description/,
    {
      rows: { Repository: ([a = {}, b, ...rest]) => [{ ...a, Description: '' }, { ...b, Description: '🐙' }, ...rest] },
    },
    { engine: 'mysql' },
  ],
  ['login-source-without-config', /LoginSource id 1/, { rows: { LoginSource: first({ RawConfig: '' }) } }],
  ['login-source-without-config', /LoginSource id 1/, { rows: { LoginSource: first({ RawConfig: '{"Name": ' }) } }],
  ['login-source-type', /LoginSource id 1/, { rows: { LoginSource: first({ Type: 9 }) } }],
  ['login-source-provider', /LoginSource id 1/, { rows: { LoginSource: first({ Provider: { a: 1 } }) } }],
  [
    'two-factor-key',
    /user alice \(1\)/,
    { rows: { TwoFactor: (rows) => [...rows, { ...rows[0], ID: 2, UserID: 1, Secret: secretOf('another key') }] } },
  ],
  ['orphan', /Issue id 1 \(repo_id 9999\)/, { rows: { Issue: first({ RepoID: 9999 }) } }],
  ['leftover', /Label id 1 \(repo_id 9999\)/, { rows: { Label: first({ RepoID: 9999 }) } }],
  ['dangling-pointer', /issue alice\/app#1 \(1\) \(milestone_id 77\)/, { rows: { Issue: first({ MilestoneID: 77 }) } }],
  ['dangling-pointer', /user alice \(1\) \(login_source 77\)/, { rows: { User: first({ LoginSource: 77 }) } }],
  ['undelivered-task', /HookTask id 1/, { rows: { HookTask: first({ IsDelivered: false }) } }],
  ['local-webhook', /Webhook id 1: 127\.0\.0\.1/, { config: noAllowlist }],
  [
    'local-webhook',
    /Webhook id 1: ci\.internal/,
    { config: noAllowlist, rows: { Webhook: first({ URL: 'http://ci.internal/x' }) } },
  ],
  [
    'attachment-without-file',
    /Attachment id 1/,
    { files: { 'gogs-backup/data/attachments/7/f/7f6d3a8e-8e1c-4d9c-9b9a-0a1b2c3d4e5f': undefined } },
  ],
  [
    'file-without-attachment',
    /data\/attachments\/0\/0\/00aa/,
    { files: { 'gogs-backup/data/attachments/0/0/00aa0000-0000-4000-8000-000000000000': 'x' } },
  ],
  ['avatar-without-file', /user acme \(6\)/, { files: { 'gogs-backup/data/avatars/6': undefined } }],
  ['avatar-without-owner', /data\/avatars\/4711/, { files: { 'gogs-backup/data/avatars/4711': 'x' } }],
  [
    'repository-without-files',
    /alice\/nowhere\.git/,
    { rows: { Repository: another({ ID: 99, LowerName: 'nowhere', Name: 'nowhere' }) } },
  ],
  [
    'files-without-repository',
    /bob\/tools\.git/,
    { rows: { Repository: (rows) => rows.filter(({ ID }) => ID !== 4) } },
  ],
  ['repositories-folder', /ROOT ends in "git"/, { config: (text) => text.replace(/^ROOT = .*$/m, 'ROOT = /srv/git') }],
  ['unsupported-version', undefined, { rows: { Version: first({ Version: 99 }) } }],
  ['published-secret-key', /SECRET_KEY/, { config: (text) => text.replace(/^SECRET_KEY.*\n/m, '') }],
];

describe('a planted danger is reported', () => {
  test.each(DANGERS)('%s at %s', async (code, place, planted, options = {}) => {
    const found = (await findingsIn(planted, options)).filter((finding) => finding.code === code);
    expect(found.length).toBeGreaterThan(0);
    const text = JSON.stringify(found);
    if (place !== undefined) expect(found.flatMap(({ examples }) => examples).join('\n')).toMatch(place);
    for (const { title, consequence, remedy } of found) expect([title, consequence, remedy]).not.toContain('');
    // Findings name places, never values.
    expect(text).not.toMatch(/fixtureSecretKey|JBSWY3DP|b!nd/);
  });
});

test.each([
  ['new.sql', {}],
  ['new.db', { engine: 'sqlite3' }],
  ['new.csv.zip', {}],
  ['folder', { layout: 'binary' }],
  ['volume', { layout: 'docker' }],
] as const)(
  'what is found and to be done for %s, which nobody restores, speaks of no restore to come',
  async (name, options) => {
    const input = await plant(folder, {
      rows: {
        AccessToken: (rows) => [...rows, { ...rows[0], ID: 99 }, { ...rows[0], ID: 98, Sha1: '' }],
        Comment: first({ Content: 'a\u0000b' }),
        Issue: first({ NumComments: '1' }),
        LoginSource: (rows) => [
          ...rows.slice(0, 2),
          { ...rows[0], ID: 8, Name: 'a', Type: 9 },
          { ...rows[0], ID: 9, Name: 'b', RawConfig: '' },
          ...(name === 'new.sql' || name === 'new.csv.zip' ? [{ ...rows[0], ID: 10 }] : []),
        ],
        Star: another({ ID: 99 }),
      },
      config: (text) =>
        text
          .replace(/^SECRET_KEY.*\n/m, '')
          .replace(
            '[server]',
            '[cache]\nADAPTER = unknown\n[attachment]\nPATH = /srv/uploads\n[mailer]\nHOST = mail:25\n[server]',
          ),
    });
    for (const engine of name === 'new.db' ? (['sqlite3'] as const) : (['mysql', 'postgres'] as const)) {
      const { findings, nextSteps } = await upgrade(input, join(folder, `${engine}-${name}`), { ...options, engine });
      expect(findings.length).toBeGreaterThan(8);
      const texts = findings.flatMap(({ title, consequence, remedy }) => [title, consequence, remedy]);
      texts.push(...nextSteps.flatMap(({ title, command = '', why }) => [title, command, why]));
      expect(
        texts.filter((text) => /\b(?:the|whole) restore\b|gogs restore|restored? (?:to|before)/i.test(text)),
      ).toEqual([]);
    }
  },
);

const without = [
  'data/attachments/7/f/7f6d3a8e-8e1c-4d9c-9b9a-0a1b2c3d4e5f',
  'custom/conf/app.ini',
  'custom/templates/inject/head.tmpl',
  'custom/',
  'custom/conf/',
  'custom/templates/',
  'custom/templates/inject/',
];

test('an archive with files but without a custom folder is reported, also by an upgrade', async () => {
  const input = await plant(folder, {
    files: Object.fromEntries(without.map((name) => [`gogs-backup/${name}`, undefined])),
  });
  for (const { findings } of [await inspect(input), await upgrade(input, join(folder, 'no-custom.zip'))]) {
    expect(findings.find(({ code }) => code === 'no-custom-folder')?.needsHand).toBe(true);
  }
});

/** Rewrites repositories.zip. */
async function plantRepositories(
  change: (name: string, content: Buffer, mode: number) => { content: Buffer; mode: number },
): Promise<string> {
  const inner = mkdtempSync(join(folder, 'repositories-'));
  const [from, to] = [join(inner, 'from.zip'), join(inner, 'to.zip')];
  writeFileSync(from, await readEntry(fixture('0.12.3-sqlite3', 'backup.zip'), 'gogs-backup/repositories.zip'));
  const zip = await ZipReader.open(from);
  const file = OpenFile.open(to, 'wx');
  const writer = new ZipWriter(fileSink(file, to));
  for (const entry of zip.entries) {
    if (entry.isDirectory) {
      await writer.copyRaw(zip, entry);
      continue;
    }
    const { content, mode } = change(entry.name, await zip.readBuffer(entry, entry.uncompressedSize), entry.mode);
    await writer.addBuffer(entry.name, content, { mode, modified: entry.modified });
  }
  await writer.finish();
  await file.close();
  await zip.close();
  return plant(folder, { config: noAllowlist, files: { 'gogs-backup/repositories.zip': readFileSync(to) } });
}

test('hooks without their mode and mirrors of local hosts are reported', async () => {
  const input = await plantRepositories((name, content, mode) => ({
    content: name.endsWith('bob/tools.git/config')
      ? Buffer.from(`${content}[remote "origin"]\n\turl = https://user:pw@git.intranet/x.git\n\tmirror = true\n`)
      : content,
    mode: name.endsWith('alice/app.git/hooks/update') ? 0o644 : mode,
  }));
  const { findings } = await inspect(input);
  const examplesOf = (wanted: string) =>
    findings.filter(({ code }) => code === wanted).flatMap(({ examples }) => examples);
  expect(examplesOf('hook-mode')).toEqual(['"repositories/alice/app.git/hooks/update"']);
  expect(examplesOf('local-mirror')).toEqual(['"bob/tools.git": git.intranet']);
  expect(JSON.stringify(findings)).not.toContain('user:pw');
});

test('every danger of the hard backup is reported, with counts', async () => {
  const { findings } = await inspect(fixture('0.12.3-mysql-hard', 'backup.zip'));
  const places = (wanted: string) => findings.filter(({ code }) => code === wanted).flatMap(({ examples }) => examples);
  expect(places('long-row').map((place) => place.replace(/:.*/, ''))).toEqual([
    'issue alice/app#77 (7)',
    'HookTask id 3',
  ]);
  expect(places('nul-character')).toEqual(['Comment id 2, content']);
  expect(places('attachment-without-file')).toContain('Attachment id 3');
  expect(places('orphan')).toEqual(
    expect.arrayContaining([
      'Watch id 9 (user_id 9999)',
      'Issue id 9 (repo_id 9999)',
      'AccessToken id 7 (uid 9999)',
      'Action id 37 (user_id 9999)',
      'Attachment id 3 (comment_id 4242)',
    ]),
  );
});

describe('repairs', () => {
  test('for PostgreSQL, only NUL characters are removed', async () => {
    const input = await plant(folder, {
      rows: { Comment: first({ Content: 'a\u0000b \\u0000 \\\u0000"' }) },
    });
    const output = join(folder, 'nul.zip');
    const report = await upgrade(input, output, { engine: 'postgres' });
    expect((await readTables(output))['Comment.json']?.[0]?.['Content']).toBe('ab \\u0000 \\"');
    expect(report.findings.find(({ code }) => code === 'nul-taken-out')?.count).toBe(1);
  });

  test('for MySQL, times get the digits that its tables keep, so that what is written can be verified', async () => {
    const time = '2026-11-26T18:59:41.285931Z';
    const input = await plant(folder, { rows: { LFSObject: first({ CreatedAt: time }) } });
    const output = join(folder, 'times.sql');
    const report = await upgradeAndVerify(input, output, { engine: 'mysql', verify: true });
    expect(report.findings.find(({ code }) => code === 'time-shortened')?.count).toBe(1);
    expect(readFileSync(output, 'utf8')).toContain("'2026-11-26 18:59:41.285'");
    for (const engine of ['postgres', 'sqlite3'] as const) {
      const exact = join(folder, `times-${engine}.sql`);
      const { findings } = await upgradeAndVerify(input, exact, { engine, verify: true });
      expect(findings.map(({ code }) => code)).not.toContain('time-shortened');
      expect(readFileSync(exact, 'utf8')).toContain('18:59:41.285931');
    }
    const zip = join(folder, 'times.zip');
    await upgradeAndVerify(input, zip, { engine: 'mysql', verify: true });
    expect((await readTables(zip))['LFSObject.json']?.[0]?.['CreatedAt']).toBe(time);
  });

  test('a repeated link is kept once', async () => {
    const input = await plant(folder, { rows: { Star: another({ ID: 99 }) } });
    const output = join(folder, 'links.zip');
    const report = await upgrade(input, output);
    expect((await readTables(output))['Star.json']?.map(({ ID }) => ID)).not.toContain(99);
    expect(report.tables.find(({ table }) => table === 'star')?.leftOut).toEqual({ 'it repeats one before': 1 });
  });

  test('orphans stay; --drop-orphans leaves them out with everything that belongs to them', async () => {
    const input = fixture('0.12.3-mysql-hard', 'backup.zip');
    const [kept, dropped] = [join(folder, 'kept.zip'), join(folder, 'dropped.zip')];
    await upgrade(input, kept);
    const { findings } = await upgrade(input, dropped, { dropOrphans: true });
    const ids = async (path: string, file: string) => (await readTables(path))[file]?.map(({ ID }) => ID);
    expect(await ids(kept, 'Issue.json')).toContain(9);
    expect(await ids(dropped, 'Issue.json')).not.toContain(9);
    expect(await ids(dropped, 'AccessToken.json')).not.toContain(7);
    expect(await ids(dropped, 'Watch.json')).not.toContain(9);
    expect(findings.filter(({ code }) => code === 'orphan')).toEqual([]);
    expect(findings.filter(({ code }) => code === 'orphan-left-out').length).toBeGreaterThan(0);
  });

  test('a two-factor secret that can be decrypted is not reported', async () => {
    const rows = { TwoFactor: first({ Secret: secretOf('fixtureSecretKey1') }) };
    expect((await findingsIn({ rows })).map(({ code }) => code)).not.toContain('two-factor-secret');
  });
});
