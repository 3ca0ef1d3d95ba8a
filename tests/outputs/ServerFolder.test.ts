import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import sqlite from 'node-sqlite3-wasm';
import { InputError, OutputError, UsageError } from '../../src/core/errors.js';
import { IniDocument } from '../../src/formats/ini/IniDocument.js';
import { ZipReader } from '../../src/formats/zip/ZipReader.js';
import { upgrade } from '../../src/index.js';
import { makeZip } from '../support/archives.js';
import { BACKUP_FIXTURES, fixture, temporaryFolder } from '../support/fixtures.js';
import { repackBackup } from '../support/repackBackup.js';

const scratch = temporaryFolder();
let count = 0;
const newPath = (ending = ''): string => join(scratch, `${count++}${ending}`);

/** Every row of every table, in SQLite's notation. */
function contents(path: string): Record<string, unknown[]> {
  const database = new sqlite.Database(path, { readOnly: true });
  try {
    const tables = database.all("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name");
    const schema = database.all('SELECT type, name, sql FROM sqlite_master ORDER BY type, name');
    const rows = tables.map(({ name }) => {
      const columns = database
        .all(`PRAGMA table_info("${name}")`)
        .map((column) => `quote("${column['name']}") AS "${column['name']}"`);
      return [String(name), database.all(`SELECT ${columns.join(', ')} FROM "${name}"`)] as const;
    });
    return { schema, ...Object.fromEntries(rows) };
  } finally {
    database.close();
  }
}

/** The content of the database that a script creates. */
function loaded(script: string): Record<string, unknown[]> {
  const path = newPath('.loaded');
  const database = new sqlite.Database(path);
  database.exec(readFileSync(script, 'utf8'));
  database.close();
  return contents(path);
}

async function filesOf(zip: ZipReader): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const entry of zip.entries) {
    if (!entry.isDirectory) files.set(entry.name, await zip.readBuffer(entry, 16 * 1024 * 1024));
  }
  return files;
}

/** The backup with one flipped bit in the compressed table Issue. */
function damage(backup: Buffer): Buffer {
  const at = backup.indexOf('gogs-backup/db/Issue.json') + 200;
  backup.writeUInt8(backup.readUInt8(at) ^ 0x10, at);
  return backup;
}

const read = (folder: string, path: string): IniDocument =>
  IniDocument.parse(readFileSync(join(folder, path)), { inlineComments: true }, path);

test.each(BACKUP_FIXTURES.map((name, i) => [name, i % 2 === 0 ? '0.13' : '0.14'] as const))(
  'the database file of %s for %s holds what its SQL holds',
  async (name, to) => {
    const [file, script] = [newPath('.db'), newPath('.sql')];
    const report = await upgrade(fixture(name, 'backup.zip'), file, { to });
    expect(report.output).toMatchObject({ format: 'sqlite', engine: 'sqlite3', afterRestoreSql: null });
    await upgrade(fixture(name, 'backup.zip'), script, { to, engine: 'sqlite3' });
    expect(contents(file)).toEqual(loaded(script));
  },
);

test.each(['binary', 'docker'] as const)('every file of a backup has its place in the %s layout', async (layout) => {
  const folder = newPath();
  const input = fixture('0.12.3-sqlite3', 'backup.zip');
  await upgrade(input, folder, { layout });
  const [custom, data, repositories] =
    layout === 'docker' ? ['gogs', 'gogs/data', 'git/gogs-repositories'] : ['custom', 'data', 'gogs-repositories'];
  const zip = await ZipReader.open(input);
  const files = await filesOf(zip);
  await zip.close();
  const placed = [...files].filter(
    ([name]) => /^gogs-backup\/(?:custom|data)\//.test(name) && !name.endsWith('app.ini'),
  );
  expect(placed.length).toBeGreaterThan(6);
  for (const [name, content] of placed) {
    const place = name.replace('gogs-backup/custom', custom).replace('gogs-backup/data', data);
    expect(readFileSync(join(folder, place))).toEqual(content);
  }
  const nested = newPath('.zip');
  execFileSync('sh', ['-c', `unzip -p "${input}" gogs-backup/repositories.zip > "${nested}"`]);
  const inner = await ZipReader.open(nested);
  for (const entry of inner.entries) {
    const place = join(folder, repositories, entry.name.replace(/^[^/]+\//, ''));
    expect(existsSync(place)).toBe(true);
    if (entry.isDirectory || /\/hooks\/(?:update|(?:pre|post)-receive)$/.test(entry.name)) continue;
    expect(readFileSync(place)).toEqual(await inner.readBuffer(entry, 16 * 1024 * 1024));
    expect(statSync(place).mode & 0o777).toBe(entry.mode & 0o777);
    expect(statSync(place).mtime).toEqual(entry.modified);
  }
  await inner.close();
  expect(readdirSync(join(folder, repositories, 'acme/core.git/refs'))).toContain('tags');
});

test('the hooks of repositories and wikis call the program and the app.ini of the layout', async () => {
  const folder = newPath();
  await upgrade(fixture('0.12.3-sqlite3', 'backup.zip'), folder, { layout: 'docker' });
  const hook = join(folder, 'git/gogs-repositories/acme/core.git/hooks/update');
  expect(readFileSync(hook, 'utf8')).toBe(
    '#!/usr/bin/env bash\n"/app/gogs/gogs" hook --config=\'/data/gogs/conf/app.ini\' update $1 $2 $3\n',
  );
  expect(statSync(hook).mode & 0o777).toBe(0o755);
  const keys = readFileSync(join(folder, 'git/.ssh/authorized_keys'), 'utf8').trim().split('\n');
  expect(keys[0]).toMatch(
    /^command="\/app\/gogs\/gogs serv key-1 --config='\/data\/gogs\/conf\/app\.ini'",no-port-forwarding,.*,no-pty ssh-/,
  );
});

test('a server that served a proxy through a socket listens on the port of the container', async () => {
  const [input, docker, binary] = [newPath('.zip'), newPath(), newPath()];
  const socket = '[server]\nPROTOCOL = unix\nHTTP_ADDR = /run/gogs.sock\n';
  await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, { 'gogs-backup/custom/conf/app.ini': socket });
  await upgrade(input, docker, { layout: 'docker', engine: 'sqlite3' });
  await upgrade(input, binary, { layout: 'binary', engine: 'sqlite3' });
  const settings = (document: IniDocument): (string | undefined)[] =>
    ['PROTOCOL', 'HTTP_ADDR', 'HTTP_PORT'].map((key) => document.get('server', key));
  expect(settings(read(docker, 'gogs/conf/app.ini'))).toEqual(['http', '0.0.0.0', '3000']);
  expect(settings(read(binary, 'custom/conf/app.ini'))).toEqual(['unix', '/run/gogs.sock', undefined]);
});

test.each(['binary', 'docker'] as const)(
  'no setting leads from the %s layout to a folder of the old server',
  async (layout) => {
    const [input, folder] = [newPath('.zip'), newPath()];
    const config = [
      '[server]\nAPP_DATA_PATH = /old/data\nSSH_ROOT_PATH = /old/.ssh\nSSH_KEY_TEST_PATH = /old/tmp',
      '[repository]\nROOT = /old/repositories\n[repository.upload]\nTEMP_PATH = /old/uploads',
      '[database]\nTYPE = sqlite3\nPATH = /old/gogs.db\n[log]\nROOT_PATH = /old/log',
      '[attachment]\nPATH = /old/attachments\n[session]\nPROVIDER = file\nPROVIDER_CONFIG = /old/sessions',
      '[picture]\nAVATAR_UPLOAD_PATH = /old/avatars\nREPOSITORY_AVATAR_UPLOAD_PATH = /old/repo-avatars',
      '[lfs]\nOBJECTS_PATH = /old/lfs\nOBJECTS_TEMP_PATH = /old/lfs-temp\n',
    ].join('\n');
    await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, { 'gogs-backup/custom/conf/app.ini': config });
    await upgrade(input, folder, { layout, to: '0.14' });
    const place = layout === 'docker' ? 'gogs/conf/app.ini' : 'custom/conf/app.ini';
    expect(readFileSync(join(folder, place), 'utf8')).not.toContain('/old');
  },
);

test('app.ini gets the paths of the layout, and keeps everything else', async () => {
  const [docker, binary] = [newPath(), newPath()];
  const input = fixture('0.12.3-sqlite3', 'backup.zip');
  await upgrade(input, docker, { layout: 'docker', set: ['server.HTTP_PORT=8080'] });
  await upgrade(input, binary, { format: 'files', installPath: '/srv/gogs' });
  const [inDocker, inBinary] = [read(docker, 'gogs/conf/app.ini'), read(binary, 'custom/conf/app.ini')];
  expect(inDocker.get('', 'RUN_USER')).toBe('git');
  expect(inDocker.get('repository', 'ROOT')).toBe('/data/git/gogs-repositories');
  expect(inDocker.get('database', 'PATH')).toBe('data/gogs.db');
  expect(inDocker.get('log', 'ROOT_PATH')).toBe('log');
  // The user's settings come last.
  expect(inDocker.get('server', 'HTTP_PORT')).toBe('8080');
  expect(inBinary.get('repository', 'ROOT')).toBe('gogs-repositories');
  for (const document of [inDocker, inBinary]) expect(document.get('security', 'SECRET_KEY')).toBe('fixtureSecretKey1');
  expect(readFileSync(join(binary, 'custom/conf/app.ini'), 'utf8')).toContain('hand-edited, keep this comment');
  expect(readFileSync(join(binary, 'gogs-repositories/acme/core.git/hooks/update'), 'utf8')).toContain(
    '"/srv/gogs/gogs"',
  );
});

test('for a database server, the folder contains the SQL, and the steps load it', async () => {
  const folder = newPath();
  const report = await upgrade(fixture('0.12.3-postgres', 'backup.zip'), folder, { layout: 'docker' });
  expect(readFileSync(join(folder, 'database.sql'), 'utf8')).toContain('COPY');
  expect(existsSync(join(folder, 'gogs/data/gogs.db'))).toBe(false);
  expect(report.nextSteps.map(({ command }) => command).join('\n')).toMatch(/psql .* < .*database\.sql/);
  expect(report.nextSteps.map(({ command }) => command).join('\n')).not.toContain('gogs restore');
});

test('an old database is converted to another engine and put in its place', async () => {
  const folder = newPath();
  await upgrade(fixture('0.12.3-mysql', 'backup.zip'), folder, { layout: 'binary', engine: 'sqlite3' });
  const script = newPath('.sql');
  await upgrade(fixture('0.12.3-mysql', 'backup.zip'), script, { engine: 'sqlite3' });
  expect(contents(join(folder, 'data/gogs.db'))).toEqual(loaded(script));
  expect(read(folder, 'custom/conf/app.ini').get('database', 'TYPE')).toBe('sqlite3');
});

test('a gogs dump of 0.9 can become a folder too, with custom hooks in custom_hooks', async () => {
  const folder = newPath();
  const report = await upgrade(fixture('0.9.141-mysql', 'backup.zip'), folder, { layout: 'docker', engine: 'sqlite3' });
  expect(report.output.bytes).toBeGreaterThan(0);
  expect(existsSync(join(folder, 'git/gogs-repositories'))).toBe(true);
  expect(readFileSync(join(folder, 'gogs/conf/app.ini'), 'utf8')).toContain('[auth]');
});

test('repositories with scattered entries are complete, and custom hooks are moved to custom_hooks unchanged', async () => {
  const [input, nested, folder] = [newPath('.zip'), newPath('.zip'), newPath()];
  const [regular, link] = [0o100755 * 0x10000, 0o120777 * 0x10000];
  const entries = [
    { name: 'r/acme/core.git/HEAD', content: Buffer.from('ref: refs/heads/main\n') },
    { name: 'r/acme/docs.git/HEAD', content: Buffer.from('ref: refs/heads/main\n') },
    { name: 'r/acme/core.git/hooks/update', content: Buffer.from('#!/bin/sh\nexit 1\n'), attributes: regular },
    { name: 'r/acme/docs.git/hooks/update', content: Buffer.from('../../../shared/update'), attributes: link },
    { name: 'r/acme/core.git/config', content: Buffer.from('[core]\n') },
    { name: 'r/acme/docs.git/custom_hooks/post-receive', content: Buffer.from('#!/bin/sh\n') },
    { name: 'r/acme/docs.git/hooks/post-receive', content: Buffer.from('#!/bin/sh\nexit 2\n'), attributes: regular },
  ];
  writeFileSync(nested, makeZip(entries));
  const changes = { 'gogs-backup/repositories.zip': readFileSync(nested) };
  await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, changes);
  const { findings } = await upgrade(input, folder, { layout: 'docker', verify: true });
  const place = (path: string): string => join(folder, 'git/gogs-repositories/acme', path);
  expect(readFileSync(place('core.git/config'), 'utf8')).toBe('[core]\n');
  for (const repository of ['core.git', 'docs.git']) {
    expect(readFileSync(place(`${repository}/hooks/update`), 'utf8')).toContain('/app/gogs/gogs');
  }
  expect(readFileSync(place('core.git/custom_hooks/update'), 'utf8')).toBe('#!/bin/sh\nexit 1\n');
  expect(statSync(place('core.git/custom_hooks/update')).mode & 0o777).toBe(0o755);
  expect(readlinkSync(place('docs.git/custom_hooks/update'))).toBe('../../../shared/update');
  expect(readFileSync(place('docs.git/hooks/post-receive.old'), 'utf8')).toBe('#!/bin/sh\nexit 2\n');
  const { count: moved } = findings.find(({ code }) => code === 'moved-hook') ?? {};
  expect(moved).toBe(3);
});

test('--compose writes the file that starts a container on the folder, with the ports that app.ini names', async () => {
  const input = fixture('0.12.3-sqlite3', 'backup.zip');
  const place = newPath();
  mkdirSync(place);
  const folder = join(place, `it's $HOME: new`);
  const compose = join(place, 'docker-compose.yml');
  const options = { layout: 'docker', compose: true, to: '0.14' } as const;
  const { nextSteps } = await upgrade(input, folder, { ...options, set: ['server.SSH_PORT=2222'] });
  expect(readFileSync(compose, 'utf8')).toBe(
    [
      'services:',
      '  gogs:',
      "    image: 'gogs/gogs:0.14'",
      '    restart: unless-stopped',
      '    ports:',
      "      - '3000:3000'",
      "      - '2222:22'",
      '    volumes:',
      '      - type: bind',
      `        source: './it''s $$HOME: new'`,
      '        target: /data',
      '',
    ].join('\n'),
  );
  expect(nextSteps.map(({ command }) => command)).toContain(`docker compose -f ${compose} up -d`);
  // An existing one is not changed, and nothing else is left behind.
  await expect(upgrade(input, join(place, 'other'), options)).rejects.toThrow(/docker-compose\.yml: it exists/);
  expect(readdirSync(place).sort()).toEqual(['docker-compose.yml', `it's $HOME: new`, `it's $HOME: new.next-steps.md`]);
  await expect(upgrade(input, newPath(), { layout: 'binary', compose: true })).rejects.toThrow(UsageError);
});

test.each([
  // SSH_PORT is the port in clone addresses, SSH_LISTEN_PORT that of the built-in server.
  ['10022', '2222', '10022:2222', '2222'],
  ['10022', undefined, '10022:10022', undefined],
  ['22', '2022', '10022:2022', '2022'],
  // The image's own SSH server has port 22.
  ['22', undefined, '10022:2222', '2222'],
  [undefined, '%(SSH_PORT)s', '10022:2222', '2222'],
])(
  'the built-in SSH server with SSH_PORT %s and SSH_LISTEN_PORT %s is published as %s',
  async (port, listen, published, set) => {
    const [input, folder] = [newPath('.zip'), newPath()];
    const config = ['[server]', 'START_SSH_SERVER = true'];
    if (port !== undefined) config.push(`SSH_PORT = ${port}`);
    if (listen !== undefined) config.push(`SSH_LISTEN_PORT = ${listen}`);
    await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, {
      'gogs-backup/custom/conf/app.ini': `${config.join('\n')}\n`,
    });
    const { nextSteps } = await upgrade(input, folder, { layout: 'docker', engine: 'sqlite3' });
    expect(nextSteps.map(({ command }) => command).join('\n')).toContain(` -p ${published} `);
    expect(read(folder, 'gogs/conf/app.ini').get('server', 'SSH_LISTEN_PORT')).toBe(set);
  },
);

test('an existing folder is not changed, and a refused upgrade leaves no partial output', async () => {
  const folder = newPath();
  mkdirSync(folder);
  const input = fixture('0.12.3-mysql-hard', 'backup.zip');
  await expect(upgrade(input, folder, { layout: 'binary' })).rejects.toThrow(OutputError);
  const damaged = newPath('.zip');
  writeFileSync(damaged, damage(readFileSync(input)));
  await expect(upgrade(damaged, newPath(), { layout: 'binary' })).rejects.toThrow(InputError);
  await expect(upgrade(damaged, newPath('.db'))).rejects.toThrow(InputError);
  expect(readdirSync(folder)).toEqual([]);
  expect(readdirSync(scratch).filter((name) => name.endsWith('.part') || name.includes('.part.'))).toEqual([]);
});

test.each([
  ['a stream', () => new PassThrough(), { format: 'files' }],
  ['a stream', () => new PassThrough(), { format: 'sqlite' }],
  ['a database file of another engine', () => newPath('.db'), { engine: 'mysql' }],
  ['a layout for a zip', () => newPath('.zip'), { format: 'zip', layout: 'docker' }],
  ['an owner that is not two numbers', () => newPath(), { format: 'files', owner: 'git' }],
] as const)('%s is refused with a sentence', async (_, output, options) => {
  await expect(upgrade(fixture('0.12.3-sqlite3', 'backup.zip'), output(), options)).rejects.toThrow(UsageError);
});
