import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { InputError, RefusedError, UsageError } from '../../src/core/errors.js';
import type { UpgradeOptions } from '../../src/upgrade/UpgradeOptions.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { comparable } from '../support/comparable.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { readEntry, readTables } from '../support/readBackup.js';
import { repackBackup } from '../support/repackBackup.js';

const folder = temporaryFolder();
let count = 0;
const newPath = (name: string): string => join(folder, `${++count}-${name}`);

/** Writes an input, upgrades it to a backup, and returns its tables. */
async function tablesOf(name: string, content: string | Buffer): Promise<ReturnType<typeof readTables>> {
  const [input, output] = [newPath(name), newPath('out.zip')];
  writeFileSync(input, content);
  await upgrade(input, output);
  return readTables(output);
}

const gogsOwn = (instance: string): ReturnType<typeof readTables> =>
  readTables(fixture(instance, 'gogs-0.13.0-backup.zip'));

describe('a native dump gives the rows of Gogs’ own upgrade', () => {
  test.each([
    '0.9.141-mysql',
    '0.10.18-sqlite3',
    '0.11.91-postgres',
    '0.12.3-mysql',
    '0.12.3-postgres',
    '0.12.3-sqlite3',
  ])('of %s, gzipped and with another name', async (instance) => {
    const dump = readFileSync(fixture(instance, 'native.sql'));
    const [ours, gogs] = comparable(await tablesOf('backup.bin', gzipSync(dump)), await gogsOwn(instance));
    expect(withoutSizes(ours, instance)).toEqual(withoutSizes(gogs, instance));
  });

  test('also from standard input', async () => {
    const output = newPath('out.zip');
    const { createReadStream } = await import('node:fs');
    await upgrade(createReadStream(fixture('0.12.3-postgres', 'native.sql')), output);
    const [ours, gogs] = comparable(await readTables(output), await gogsOwn('0.12.3-postgres'));
    expect(ours).toEqual(gogs);
  });
});

/** Schema 16 computed sizes from the repositories, which are not in a dump of the database. */
function withoutSizes(tables: Awaited<ReturnType<typeof readTables>>, instance: string): typeof tables {
  if (instance !== '0.9.141-mysql') return tables;
  const repositories = tables['Repository.json']?.map((row) => ({ ...row, Size: 0 })) ?? [];
  return { ...tables, 'Repository.json': repositories };
}

test('the zip of gogs dump becomes a backup with its repositories, custom and data folders', async () => {
  const output = newPath('out.zip');
  const report = await upgrade(fixture('0.9.141-mysql', 'backup.zip'), output);
  const [ours, gogs] = comparable(await readTables(output), await gogsOwn('0.9.141-mysql'));
  expect(withoutSizes(ours, '0.9.141-mysql')).toEqual(withoutSizes(gogs, '0.9.141-mysql'));
  expect(await readEntry(output, 'gogs-backup/repositories.zip')).toEqual(
    await readEntry(fixture('0.9.141-mysql', 'backup.zip'), 'gogs-repo.zip'),
  );
  expect((await readEntry(output, 'gogs-backup/custom/conf/app.ini')).toString()).toContain('BRAND_NAME = ');
  expect(report.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['old-hooks', 'unknown-sizes']));
});

describe('SQL exported by other programs', () => {
  test('Navicat: every value quoted, integers too, and no column lists', async () => {
    const tables = await tablesOf(
      'navicat.sql',
      `/*
 Navicat Premium Data Transfer
 Source Server Type : MySQL
*/
SET NAMES utf8mb4;
CREATE TABLE \`star\`  (
  \`id\` bigint(20) NOT NULL AUTO_INCREMENT,
  \`uid\` bigint(20) NULL DEFAULT NULL,
  \`repo_id\` bigint(20) NULL DEFAULT NULL,
  PRIMARY KEY (\`id\`) USING BTREE
) ENGINE = InnoDB;
INSERT INTO \`star\` VALUES ('1', '7', '9007199254740993');
CREATE TABLE \`version\` (\`id\` bigint(20) NOT NULL, \`version\` bigint(20) NULL);
INSERT INTO \`version\` VALUES ('1', '19');
`,
    );
    expect(tables['Star.json']).toEqual([{ ID: 1, UserID: 7, RepoID: '9007199254740993' }]);
  });

  test('phpMyAdmin: many rows per statement, keys added afterwards', async () => {
    const tables = await tablesOf(
      'phpmyadmin.sql',
      `-- phpMyAdmin SQL Dump
-- version 5.2.1
SET SQL_MODE = "NO_AUTO_VALUE_ON_ZERO";
START TRANSACTION;
CREATE TABLE \`star\` (\`id\` bigint(20) NOT NULL, \`uid\` bigint(20) DEFAULT NULL, \`repo_id\` bigint(20) DEFAULT NULL) ENGINE=InnoDB;
INSERT INTO \`star\` (\`id\`, \`uid\`, \`repo_id\`) VALUES
(1, 1, 1),
(2, 2, 1);
ALTER TABLE \`star\` ADD PRIMARY KEY (\`id\`);
COMMIT;
`,
    );
    expect(tables['Star.json']?.map((row) => row['UserID'])).toEqual([1, 2]);
  });

  test('pg_dump --inserts, with schema-qualified names', async () => {
    const tables = await tablesOf(
      'inserts.sql',
      `-- PostgreSQL database dump
\\restrict abc
CREATE TABLE public.label (id bigint NOT NULL, repo_id bigint, name character varying(255), color character varying(7), num_issues integer, num_closed_issues integer);
INSERT INTO public.label VALUES (1, 1, 'C:\\new', NULL, 0, 0);
\\unrestrict abc
-- PostgreSQL database dump complete
`,
    );
    expect(tables['Label.json']?.[0]).toMatchObject({ Name: 'C:\\new', Color: '' });
  });
});

describe('CSV', () => {
  test('a folder gives back the tables it was made of, with NULL and the empty text told apart', async () => {
    const [csv, back] = [newPath('csv'), newPath('back.sql')];
    await upgrade(fixture('0.12.3-mysql', 'native.sql'), csv, { format: 'csv' });
    expect(readFileSync(join(csv, 'star.csv'), 'utf8')).toMatch(/^id,uid,repo_id\n1,/);
    const direct = newPath('direct.sql');
    await upgrade(fixture('0.12.3-mysql', 'native.sql'), direct, { engine: 'postgres' });
    await upgrade(csv, back, { engine: 'postgres' });
    expect(readFileSync(back, 'utf8')).toBe(readFileSync(direct, 'utf8'));
  });

  test('a zip is read like a folder', async () => {
    const csv = newPath('csv');
    await upgrade(fixture('0.12.3-postgres', 'native.sql'), csv, { format: 'csv' });
    const zip = newPath('csv.zip');
    execFileSync('python3', [
      '-c',
      'import shutil, sys; shutil.make_archive(sys.argv[1][:-4], "zip", sys.argv[2])',
      zip,
      csv,
    ]);
    const output = newPath('out.zip');
    await upgrade(zip, output);
    const [ours, gogs] = comparable(await readTables(output), await gogsOwn('0.12.3-postgres'));
    expect(ours).toEqual(gogs);
  });

  test('a zip is written, and is the same each time', async () => {
    const [first, second, back] = [newPath('one.csv.zip'), newPath('two.csv.zip'), newPath('back.sql')];
    await upgrade(fixture('0.12.3-mysql', 'native.sql'), first);
    await upgrade(fixture('0.12.3-mysql', 'native.sql'), second);
    expect(readFileSync(second).equals(readFileSync(first))).toBe(true);
    const direct = newPath('direct.sql');
    await upgrade(fixture('0.12.3-mysql', 'native.sql'), direct, { engine: 'postgres' });
    await upgrade(first, back, { engine: 'postgres' });
    expect(readFileSync(back, 'utf8')).toBe(readFileSync(direct, 'utf8'));
  });

  test('mysqldump --tab: no header, the columns are in the .sql file beside it', async () => {
    const input = newPath('tab');
    mkdirSync(input);
    writeFileSync(
      join(input, 'star.sql'),
      'CREATE TABLE `star` (`id` bigint, `repo_id` bigint, `uid` bigint) ENGINE=InnoDB;\n',
    );
    writeFileSync(join(input, 'star.txt'), '1\t5\t\\N\n2\t6\t7\n');
    const output = newPath('out.zip');
    await upgrade(input, output);
    expect((await readTables(output))['Star.json']).toEqual([
      { ID: 1, UserID: 0, RepoID: 5 },
      { ID: 2, UserID: 7, RepoID: 6 },
    ]);
  });

  test('an unclosed quote is reported with file and line', async () => {
    const input = newPath('broken');
    mkdirSync(input);
    writeFileSync(
      join(input, 'label.csv'),
      'id,repo_id,name,color,num_issues,num_closed_issues\n1,1,"bug\n2,1,feature\n',
    );
    const error = await upgrade(input, newPath('out.zip')).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(/label\.csv, line 2/);
  });
});

describe("other applications' tables in the same dump", () => {
  const DUMP = `-- MySQL dump 10.13
CREATE TABLE \`wp_posts\` (\`id\` int, \`t\` text, UNIQUE KEY (\`id\`)) ENGINE=InnoDB;
INSERT INTO \`wp_posts\` VALUES (1,'it\\'s; here');
CREATE TABLE \`star\` (\`id\` bigint, \`uid\` bigint, \`repo_id\` bigint) ENGINE=InnoDB;
INSERT INTO \`star\` VALUES (1,2,3);
-- Dump completed
`;

  test('are copied unchanged if the engine stays the same', async () => {
    const [input, output] = [newPath('dump.sql'), newPath('out.sql')];
    writeFileSync(input, DUMP);
    await upgrade(input, output, { engine: 'mysql' });
    const text = readFileSync(output, 'utf8');
    expect(text).toContain("INSERT INTO `wp_posts` VALUES (1,'it\\'s; here');");
    expect(text).toContain('CREATE TABLE `wp_posts` (`id` int, `t` text, UNIQUE KEY (`id`)) ENGINE=InnoDB;');
  });

  test.each([
    ['another engine', 'out.sql', 'postgres'],
    ['a backup', 'out.zip', undefined],
  ] as const)('are left out and named for %s', async (_, name, engine) => {
    const [input, output] = [newPath('dump.sql'), newPath(name)];
    writeFileSync(input, DUMP);
    const { findings } = await upgrade(input, output, { engine });
    expect(findings.find(({ code }) => code === 'foreign-table')?.examples).toEqual(['wp_posts']);
  });
});

describe('an input that is not from Gogs, or incomplete, is rejected in one sentence', () => {
  const refused = async (name: string, content: string | Buffer, options = {}): Promise<string> => {
    const input = newPath(name);
    writeFileSync(input, content);
    const error = await upgrade(input, newPath('out.zip'), options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    return String(error);
  };

  test('a database of Gitea', async () => {
    const dump = ['repo_unit', 'oauth2_application', 'user'].map(
      (name) => `CREATE TABLE \`${name}\` (\`id\` bigint) ENGINE=InnoDB;`,
    );
    expect(await refused('gitea.sql', `-- MySQL dump\n${dump.join('\n')}\n-- Dump completed\n`)).toContain('Gitea');
  });

  test('a dump of Forgejo', async () => {
    const input = newPath('forgejo.zip');
    await repackBackup(fixture('0.9.141-mysql', 'backup.zip'), input, {
      'gogs-db.sql': undefined,
      'forgejo-db.sql': 'x',
    });
    await expect(upgrade(input, newPath('out.zip'))).rejects.toThrow(/Gitea or Forgejo/);
  });

  test('a truncated dump', async () => {
    const dump = readFileSync(fixture('0.12.3-mysql', 'native.sql'));
    expect(await refused('cut.sql', dump.subarray(0, dump.length - 200))).toMatch(/cut off/);
  });

  test('two databases in one dump', async () => {
    const table = 'CREATE TABLE `star` (`id` bigint, `uid` bigint, `repo_id` bigint) ENGINE=InnoDB;\n';
    const dump = `-- MySQL dump\nUSE \`gogs\`;\n${table}USE \`gogs_old\`;\n${table}-- Dump completed\n`;
    expect(await refused('two.sql', dump)).toContain('gogs, gogs_old. Say which one is meant: --database-name NAME');
  });

  test('a dump that names a database beside the one into which it is loaded, which may be the same', async () => {
    const table = 'CREATE TABLE star (id bigint, uid bigint, repo_id bigint);\n';
    const rows = 'INSERT INTO star VALUES (1, 2, 3);\nINSERT INTO gogs.star VALUES (4, 5, 6);\n';
    const dump = `-- MySQL dump\n${table}${rows}-- Dump completed\n`;
    expect(await refused('named.sql', dump)).toContain('(unnamed), gogs. Say which one is meant: --database-name NAME');
  });

  test('a dump in another character set, in which all umlauts would be wrong', async () => {
    const dump =
      '-- MySQL dump\n/*!40101 SET NAMES latin1 */;\nCREATE TABLE `star` (`id` bigint, `uid` bigint, `repo_id` bigint) ENGINE=InnoDB;\nINSERT INTO `star` VALUES (1,2,3);\n-- Dump completed\n';
    expect(await refused('latin1.sql', dump)).toContain('character set latin1');
  });

  test('an empty file', async () => {
    expect(await refused('empty.zip', '')).toContain('the file is empty');
  });

  test('a file that only begins like an SQLite database', async () => {
    expect(await refused('gogs.db', 'SQLite format 3\0'.padEnd(4096, '\0'))).toContain('.recover');
  });
});

test('a value that the engine cannot hold is reported, and nothing is written', async () => {
  const [input, output] = [newPath('long.zip'), newPath('out.sql')];
  const row = { ID: 1, RepoID: 1, Name: 'x'.repeat(300), Color: '#fff', NumIssues: 0, NumClosedIssues: 0 };
  await repackBackup(fixture('0.12.3-sqlite3', 'backup.zip'), input, {
    'gogs-backup/db/Label.json': `${JSON.stringify(row)}\n`,
  });
  await expect(upgrade(input, output, { engine: 'postgres' })).rejects.toBeInstanceOf(RefusedError);
  await upgrade(input, output, { engine: 'sqlite3' });
});

test('SQL output without an engine is a usage error', async () => {
  const csv = newPath('csv');
  await upgrade(fixture('0.12.3-mysql', 'native.sql'), csv, { format: 'csv' });
  await expect(upgrade(csv, newPath('out.sql'))).rejects.toBeInstanceOf(UsageError);
});

describe('folders of CSV files', () => {
  const NOTICE = 'id,type,description,created_unix\n1,1,x,5\n';
  const folderOf = (files: Readonly<Record<string, string | Buffer>>): string => {
    const folder = newPath('csv');
    mkdirSync(folder);
    const all = { 'version.csv': 'id,version\n1,19\n', ...files };
    for (const [name, content] of Object.entries(all)) writeFileSync(join(folder, name), content);
    return folder;
  };
  const noticesOf = async (folder: string, options: UpgradeOptions = {}): Promise<string> => {
    const output = newPath('out.zip');
    await upgrade(folder, output, options);
    return (await readEntry(output, 'gogs-backup/db/Notice.json')).toString();
  };

  test.each(['NOTICE.CSV', 'Notice.csv', 'public.notice.csv'])('%s is the table notice', async (name) => {
    expect(await noticesOf(folderOf({ [name]: NOTICE }))).toContain('"Description":"x"');
  });

  test('may all have schema-qualified names', async () => {
    const [csv, folder] = [newPath('csv'), newPath('prefixed')];
    await upgrade(fixture('0.12.3-postgres', 'native.sql'), csv, { format: 'csv' });
    mkdirSync(folder);
    for (const name of readdirSync(csv)) copyFileSync(join(csv, name), join(folder, `public.${name}`));
    expect(await noticesOf(folder)).toBe(await noticesOf(csv));
  });

  test('with a repeated table are rejected', async () => {
    const folder = folderOf({ 'notice.csv': NOTICE, 'notice.tsv': NOTICE.replaceAll(',', '\t') });
    await expect(noticesOf(folder)).rejects.toThrow(/notice.csv and notice.tsv are both the table notice/);
  });

  test('with a link or a pipe for a table are rejected', async () => {
    const [linked, piped] = [folderOf({}), folderOf({})];
    symlinkSync('/etc/passwd', join(linked, 'notice.csv'));
    await expect(noticesOf(linked)).rejects.toThrow(/notice.csv is a link/);
    execFileSync('mkfifo', [join(piped, 'notice.csv')]);
    await expect(noticesOf(piped)).rejects.toThrow(/notice.csv is a link or something else/);
  });

  test('in another character set are read with --encoding', async () => {
    const text = Buffer.from('id,type,description,created_unix\n1,1,M\xfcller \x80,5\n', 'latin1');
    expect(await noticesOf(folderOf({ 'notice.csv': text }), { encoding: 'windows-1252' })).toContain('Müller €');
  });

  test('of mysqldump --tab are separated by tabs, however many commas they contain', async () => {
    const sql = 'CREATE TABLE `notice` (`id` bigint, `type` int, `description` text, `created_unix` bigint);\n';
    const folder = folderOf({ 'notice.txt': '1\t1\ta,b,c,d,e,f\\tg\t5\n', 'notice.sql': sql });
    expect(await noticesOf(folder)).toContain('"Description":"a,b,c,d,e,f\\tg"');
  });

  test('of mysqldump --tab have quotes only as a part of texts', async () => {
    const sql = 'CREATE TABLE `notice` (`id` bigint, `type` int, `description` text, `created_unix` bigint);\n';
    const folder = folderOf({ 'notice.txt': '1\t1\t"done"\t5\n2\t1\t"Fix" it\t5\n', 'notice.sql': sql });
    const notices = await noticesOf(folder);
    expect(notices).toContain('"Description":"\\"done\\""');
    expect(notices).toContain('"Description":"\\"Fix\\" it"');
  });

  test('that can be read in two ways are reported with the line', async () => {
    const input = folderOf({ 'notice.csv': 'id,type,description,created_unix\n1,1,NULL,5\n2,1,done,5\n' });
    const { findings } = await upgrade(input, newPath('new.zip'));
    expect(findings.find(({ code }) => code === 'unclear-csv')?.examples).toEqual([
      'notice.csv, line 2: NULL or \\N without quotes is taken for no value',
    ]);
  });

  test('with tabs and ambiguous backslashes are rejected', async () => {
    const folder = folderOf({ 'notice.tsv': 'id\ttype\tdescription\tcreated_unix\n1\t1\tC:\\new\t5\n' });
    await expect(noticesOf(folder)).rejects.toThrow(
      /notice.tsv, line 2: it cannot be told whether a backslash escapes/,
    );
  });
});
