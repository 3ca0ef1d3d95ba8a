/** An input must prove that it is from Gogs, and complete. All commands use the same rule. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { batch } from '../../src/batch/batch.js';
import { InputError, RefusedError, VersionError } from '../../src/core/errors.js';
import { inspect } from '../../src/inspect/inspect.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { verify } from '../../src/verify/verify.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { readEntries, readTables } from '../support/readBackup.js';
import { repackBackup } from '../support/repackBackup.js';

const folder = temporaryFolder();
let count = 0;
const newPath = (name: string): string => join(folder, `${++count}-${name}`);
const BACKUP = fixture('0.12.3-sqlite3', 'backup.zip');
const native = (instance: string): string => readFileSync(fixture(instance, 'native.sql'), 'utf8');

function write(name: string, content: string): string {
  const path = newPath(name);
  writeFileSync(path, content);
  return path;
}

const WORDPRESS = `-- MySQL dump 10.13
CREATE TABLE \`wp_posts\` (\`ID\` bigint NOT NULL, \`post_title\` text) ENGINE=InnoDB;
INSERT INTO \`wp_posts\` VALUES (1,'Hello world!');
CREATE TABLE \`wp_users\` (\`ID\` bigint NOT NULL, \`user_login\` varchar(60)) ENGINE=InnoDB;
INSERT INTO \`wp_users\` VALUES (1,'admin');
-- Dump completed
`;
const SHOP = `CREATE TABLE "user" (id integer, email text);
INSERT INTO "user" VALUES (1,'a@example.com');
CREATE TABLE version (id integer, version integer);
INSERT INTO version VALUES (1,19);
CREATE TABLE orders (id integer);
INSERT INTO orders VALUES (7);
`;
const GITLAB = `--
-- PostgreSQL database dump
--
CREATE TABLE public.users (id integer NOT NULL, email character varying);
CREATE TABLE public.projects (id integer NOT NULL, name character varying);
COPY public.projects (id, name) FROM stdin;
1\tapp
\\.
--
-- PostgreSQL database dump complete
--
`;
const SQL_SERVER = `USE [gogs]
GO
SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[user]([id] [bigint] IDENTITY(1,1) NOT NULL)
GO
INSERT [dbo].[user] ([id]) VALUES (1)
GO
`;
const GLOBALS = `--
-- PostgreSQL database cluster dump
--
CREATE ROLE gogs;
ALTER ROLE gogs WITH NOSUPERUSER LOGIN PASSWORD 'x';
--
-- PostgreSQL database cluster dump complete
--
`;
const XML = `<?xml version="1.0"?>
<mysqldump xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<database name="gogs"><table_structure name="user"/>
<table_data name="comment"><row><field name="content">CREATE TABLE t (a int); INSERT INTO t VALUES (1);</field></row></table_data>
</database></mysqldump>
`;
const PREFIXED = native('0.12.3-mysql')
  .replaceAll(/(CREATE TABLE|INSERT INTO|LOCK TABLES) `/g, '$1 `gogs_')
  .replaceAll(/DROP TABLE IF EXISTS `/g, 'DROP TABLE IF EXISTS `gogs_');

const STRANGERS: [string, string, string, RegExp][] = [
  ['a dump of WordPress', 'wordpress.sql', WORDPRESS, /is not a dump of Gogs: .*it has wp_posts, wp_users/],
  ['a shop with a table user and a table version', 'shop.sql', SHOP, /table user is another one: it lacks lower_name/],
  ['a dump of GitLab', 'gitlab.sql', GITLAB, /it has users, projects/],
  ['a script of SQL Server', 'script.sql', SQL_SERVER, /Run `gogs backup` on the old server/],
  ['roles alone', 'globals.sql', GLOBALS, /pg_dumpall --globals-only.*pg_dump/],
  ['XML', 'dump.xml', XML, /export the database as SQL/],
  ['tables with a prefix', 'prefix.sql', PREFIXED, /prefix "gogs_".*RENAME TABLE .*SUBSTRING\(table_name, 6\)/],
  ['SQL without a table of Gogs', 'min.sql', 'CREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\n', /it has t\. Give/],
  ['prose with a line that looks like SQL', 'notes.txt', 'Dear all,\nINSERT INTO minutes VALUES (1);\n', /is not|SQL/],
  ['a page', 'login.sql', '<!doctype html>\n<html><body>502</body></html>\n', /web page/],
  ['the message of a dump that failed', 'failed.sql', 'mysqldump: Got error: 1045: Access denied\n', /error message/],
  ['one table as CSV', 'user.csv', 'id,lower_name,name\n1,bob,bob\n', /give the folder/],
  ['JSON of phpMyAdmin', 'gogs.json', '[\n{"type":"header","version":"5.2.1"}]\n', /export the database as SQL/],
];

describe.each(STRANGERS)('%s', (_, name, content, message) => {
  test('is rejected by every command, with advice', async () => {
    const input = write(name, content);
    const output = newPath('out.zip');
    for (const attempt of [
      () => upgrade(input, output),
      () => upgrade(input, newPath('out.sql'), { engine: 'mysql' }),
      () => inspect(input),
      () => verify(BACKUP, { against: input }),
    ]) {
      const error = await attempt().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toMatch(message);
    }
    expect(existsSync(output)).toBe(false);
  });
});

test('texts about other programs do not make a dump look foreign', async () => {
  const text = 'how to:\nGO\nSET ANSI_NULLS ON\nmysqldump: Got error\nINSERT [dbo].[x]';
  const input = write(
    'issue.sql',
    native('0.12.3-sqlite3').replace("'Issue 1 ", () => `'${text} Issue 1 `),
  );
  const output = newPath('out.zip');
  await upgrade(input, output);
  expect(JSON.stringify(await readTables(output))).toContain(JSON.stringify(text).slice(1, -1));
});

test('a dump that begins with a message of its dump program is rejected with advice', async () => {
  const input = write('dump.sql', `mysqldump: [Warning] Using a password\n${native('0.12.3-mysql')}`);
  await expect(upgrade(input, newPath('out.zip'))).rejects.toThrow(/tail -n \+2/);
});

test('two dumps in a file without a DROP between them are reported as two', async () => {
  const text = native('0.12.3-mysql').replaceAll(/^DROP TABLE.*\n/gm, '');
  const lines = text.split('\n').length;
  const input = write('both.sql', text + text);
  await expect(upgrade(input, newPath('out.zip'))).rejects.toThrow(/two dumps: .*head -n (\d+)/);
  const message = String(await upgrade(input, newPath('out.zip')).catch((error: unknown) => error));
  expect(Number(/head -n (\d+)/.exec(message)?.[1])).toBeGreaterThanOrEqual(lines - 1);
});

test.each([
  ['a table that a statement fills', 'DROP TABLE star;\nCREATE TABLE star AS VALUES (1,2,3);'],
  ['another table under its name', 'ALTER TABLE starred RENAME TO star;'],
])('a dump in which %s is a table of Gogs is rejected with the place', async (_, statements) => {
  const text = native('0.12.3-sqlite3').replaceAll(/\bstar\b/g, 'starred');
  const dump = write('renamed.sql', text.replace('COMMIT;', `${statements}\nCOMMIT;`));
  await expect(upgrade(dump, newPath('new.zip'))).rejects.toThrow(/line \d+ .*What a database would contain/);
});

test('definitions without a database belong to the rows of the only named one', async () => {
  const text = native('0.12.3-mysql');
  const named = text
    .replaceAll(/^INSERT INTO `/gm, 'INSERT INTO gogs.`')
    .replaceAll(/^(?:LOCK|UNLOCK) TABLES.*\n/gm, '');
  expect(named).toContain('INSERT INTO gogs.`user`');
  const [expected, output] = [newPath('expected.zip'), newPath('out.zip')];
  await upgrade(write('dump.sql', text), expected);
  await upgrade(write('named.sql', named), output);
  expect(await readTables(output)).toEqual(await readTables(expected));
  const mixed = write('mixed.sql', `${named}INSERT INTO star VALUES (999,1,1);\n`);
  await expect(upgrade(mixed, newPath('out.zip'))).rejects.toThrow(/2 databases with tables of Gogs/);
});

test('an SQLite database and CSV files of another program are rejected as well', async () => {
  const database = newPath('shop.db');
  execFileSync('sqlite3', [database], { input: SHOP });
  await expect(upgrade(database, newPath('out.zip'))).rejects.toThrow(/is not a database of Gogs: .*lacks lower_name/);
  const csv = newPath('csv');
  mkdirSync(csv);
  writeFileSync(join(csv, 'user.csv'), 'id,email\n1,a@example.com\n');
  await expect(upgrade(csv, newPath('out.zip'))).rejects.toThrow(/is not an export of Gogs: .*lacks lower_name/);
});

test('a batch counts a foreign input as failed', async () => {
  const inputs = newPath('inputs');
  mkdirSync(inputs);
  writeFileSync(join(inputs, 'wordpress.sql'), WORDPRESS);
  const report = await batch([inputs], { outDir: newPath('done'), jobs: 1 });
  expect(report.totals).toMatchObject({ failed: 1, upgraded: 0 });
});

describe('a backup without its database', () => {
  const withoutTables = async (): Promise<string> => {
    const names = [...(await readEntries(BACKUP, (name) => name.startsWith('gogs-backup/db/'))).keys()];
    const input = newPath('files.zip');
    await repackBackup(BACKUP, input, Object.fromEntries(names.map((name) => [name, undefined])));
    return input;
  };

  test('is rejected, unless only the files are wanted', async () => {
    const input = await withoutTables();
    await expect(upgrade(input, newPath('out.zip'))).rejects.toThrow(/contains no database.*--files-only/);
    await expect(inspect(input)).rejects.toThrow(InputError);
    const output = newPath('out.zip');
    const report = await upgrade(input, output, { filesOnly: true });
    expect(report.tables).toEqual([]);
    expect(report.nextSteps.map(({ title }) => title)).toContain('Load the database that belongs to these files');
    const entries = [...(await readEntries(output)).keys()];
    expect(entries.filter((name) => name.startsWith('gogs-backup/db/'))).toEqual([]);
    expect(entries).toContain('gogs-backup/repositories.zip');
    expect((await inspect(input, { filesOnly: true })).canUpgrade).toBe(true);
    expect((await verify(output)).holds).toBe(false);
    expect((await verify(output, { filesOnly: true, against: input })).holds).toBe(true);
  });

  test('the files of a complete backup can be extracted, as a zip beside SQL', async () => {
    const [output, sql] = [newPath('files.zip'), newPath('whole.zip')];
    await upgrade(BACKUP, output, { filesOnly: true });
    await upgrade(BACKUP, sql, { sql: `${sql}.sql` });
    expect(readFileSync(output).equals(readFileSync(sql))).toBe(true);
    await expect(upgrade(BACKUP, newPath('x.sql'), { filesOnly: true, engine: 'mysql' })).rejects.toThrow(
      /--files-only/,
    );
  });
});

describe('an incomplete input', () => {
  test('has its missing tables reported, with an error if nothing works without them', async () => {
    const input = newPath('torn.zip');
    await repackBackup(BACKUP, input, {
      'gogs-backup/db/User.json': undefined,
      'gogs-backup/db/Action.json': undefined,
    });
    const { findings } = await upgrade(input, newPath('out.zip'));
    const missing = findings.filter(({ code }) => code === 'missing-table');
    expect(missing.map(({ severity, needsHand, examples }) => [severity, needsHand, examples])).toEqual([
      ['error', true, ['db/User.json']],
      ['warning', false, ['db/Action.json']],
    ]);
    await expect(upgrade(input, newPath('out.zip'), { strict: true })).rejects.toThrow(RefusedError);
    expect((await inspect(input)).findings.map(({ code }) => code)).toContain('missing-table');
    expect((await verify(fixture('0.12.3-sqlite3', 'gogs-0.13.0-backup.zip'), { against: input })).holds).toBe(false);
  });

  test.each([
    ['0.9.141-mysql', 'native.sql'],
    ['0.10.18-sqlite3', 'native.sql'],
    ['0.10.18-sqlite3', 'backup.zip'],
    ['0.11.91-postgres', 'native.sql'],
    ['0.11.91-postgres', 'backup.zip'],
    ['0.12.3-mysql', 'native.sql'],
  ])('is not that of an old release, which had fewer tables: %s, %s', async (instance, file) => {
    const { findings } = await inspect(fixture(instance, file));
    const codes = findings.map(({ code }) => code);
    for (const code of ['missing-table', 'no-users', 'schema-guessed', 'schema-contradicted']) {
      expect(codes).not.toContain(code);
    }
  });

  test('without rows has no user, and its backup does not verify', async () => {
    const input = write('no-data.sql', native('0.12.3-mysql').replaceAll(/^INSERT [\s\S]*?;\n/gm, ''));
    const output = newPath('out.zip');
    const report = await upgrade(input, output);
    expect(report.findings.map(({ code, needsHand }) => [code, needsHand])).toEqual(
      expect.arrayContaining([
        ['no-users', true],
        ['schema-guessed', false],
      ]),
    );
    // The row with the schema version was added; the input has none.
    expect(report.tables.find(({ table }) => table === 'version')).toMatchObject({
      rowsIn: 0,
      rowsAdded: 1,
      rowsOut: 1,
    });
    expect((await verify(output)).findings.map(({ code }) => code)).toContain('no-users');
  });

  test('of three tables has all the others reported', async () => {
    const tables = ['user', 'repository', 'version'].join('|');
    const kept = native('0.12.3-sqlite3')
      .split('\n')
      .filter(
        (line) => !/^(?:CREATE TABLE|INSERT INTO) /.test(line) || new RegExp(`[\`"' ](?:${tables})[\`"' ]`).test(line),
      )
      .filter((line) => !/^CREATE (?:UNIQUE )?INDEX/.test(line));
    const { findings } = await inspect(write('three.sql', kept.join('\n')));
    const missing = findings.filter(({ code }) => code === 'missing-table');
    expect(missing.reduce((sum, found) => sum + found.count, 0)).toBeGreaterThan(30);
    expect(missing.find(({ severity }) => severity === 'error')?.examples).toContain('public_key');
  });
});

test('table names in another case are recognized, but never two for one table', async () => {
  const upper = native('0.12.3-sqlite3').replaceAll(
    /(CREATE TABLE(?: IF NOT EXISTS)?|INSERT INTO) [`"']?user[`"']?(?= )/gi,
    '$1 "USER"',
  );
  const output = newPath('out.zip');
  const { findings } = await upgrade(write('upper.sql', upper), output);
  expect((await readTables(output))['User.json']).toHaveLength(7);
  expect(findings.map(({ code }) => code)).not.toContain('foreign-table');

  const csv = newPath('csv');
  mkdirSync(csv);
  for (const name of ['star.csv', 'Star.csv']) writeFileSync(join(csv, name), 'id,uid,repo_id\n1,2,3\n');
  await expect(upgrade(csv, newPath('out.zip'))).rejects.toThrow(/are both the table star|one table of Gogs/);
});

describe('a dump of PostgreSQL', () => {
  const dump = native('0.12.3-postgres');
  const missingIn = async (sql: string): Promise<unknown> =>
    (await inspect(write('dump.sql', sql))).findings.find(({ code }) => code === 'missing-table')?.examples;

  test.each([
    [
      'with quoted names',
      dump.replaceAll('public.login_source', '"public"."login_source"').replaceAll('website', '"website"'),
    ],
    [
      'with names in capitals',
      dump.replaceAll('public.login_source', 'public.LOGIN_SOURCE').replaceAll('website', 'WEBSITE'),
    ],
  ])('%s has the same tables', async (_, sql) => {
    expect(await missingIn(sql)).toBeUndefined();
  });

  test.each([
    ['table', dump.replaceAll('public.login_source', 'public."Login_Source"'), ['login_source']],
    ['column', dump.replaceAll('cfg', '"Cfg"'), ['login_source (there is one that lacks cfg)']],
    // Not every release has this one.
    [
      'later column',
      dump.replaceAll('is_default', '"IS_DEFAULT"'),
      ['login_source (there is one that lacks is_default)'],
    ],
  ])('lacks a %s that is quoted in another case, because Gogs would not find it there', async (_, sql, missing) => {
    expect(await missingIn(sql)).toEqual(missing);
  });
});

test('a schema version that contradicts the columns is reported, with advice', async () => {
  const stating = (version: number): string =>
    write(
      'version.sql',
      native('0.12.3-sqlite3').replace(/^(INSERT INTO [`"']?version[`"']? VALUES *\(1,)\d+/m, `$1${version}`),
    );
  const error = await upgrade(stating(13), newPath('out.zip')).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(VersionError);
  expect(String(error)).toMatch(/says 13, but its columns are those of 19.*SET version = 19/);
  const { findings } = await upgrade(stating(17), newPath('out.zip'));
  expect(findings.find(({ code }) => code === 'schema-contradicted')?.title).toContain('says 17');
});
