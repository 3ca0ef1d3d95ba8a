/** A made-up release, declared as one object, which is all that a new release needs. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ENGINES } from '../../../src/engines/Engine.js';
import { IniDocument } from '../../../src/formats/ini/IniDocument.js';
import { GOGS, TARGET_NAMES } from '../../../src/gogs/gogsHistory.js';
import { foldReleases } from '../../../src/gogs/releases/foldReleases.js';
import {
  addColumn,
  boolean,
  createTable,
  deleteRows,
  dropTable,
  integer,
  newTable,
  type Release,
  renameKey,
  text,
} from '../../../src/gogs/releases/Release.js';
import { RELEASES } from '../../../src/gogs/releases/releases.js';
import { defineTable } from '../../../src/gogs/schemas/Schema.js';
import { readFacts } from '../../../src/gogs/settings/facts.js';
import { inspectWith } from '../../../src/inspect/inspect.js';
import type { AnyUpgradeOptions } from '../../../src/upgrade/UpgradeOptions.js';
import { upgrade } from '../../../src/upgrade/upgrade.js';
import { verifyWith } from '../../../src/verify/verify.js';
import { fixture, temporaryFolder } from '../../support/fixtures.js';
import { first, plant } from '../../support/plant.js';
import { readEntry, readTables } from '../../support/readBackup.js';
import { repackBackup } from '../../support/repackBackup.js';

const MADE_UP: Release = {
  version: '0.99.0',
  source: 'made up',
  target: { name: '0.99', preview: 'a dream' },
  schema: 30,
  tables: [
    createTable(newTable('Medal', 'medal', [integer('id', 'ID'), integer('user_id', 'UserID'), text('slug', 'Slug')]), {
      after: 'star',
      schema: {
        mysql: defineTable(
          'gorm',
          'medal',
          { id: 'bigint(20) NOT NULL AUTO_INCREMENT', user_id: 'bigint(20) NOT NULL', slug: 'varchar(64) NOT NULL' },
          { primary: ['id'], unique: { medal_unique: ['user_id', 'slug'] } },
        ),
        postgres: defineTable(
          'gorm',
          'medal',
          { id: 'bigserial NOT NULL', user_id: 'bigint NOT NULL', slug: 'character varying(64) NOT NULL' },
          { primary: ['id'], unique: { medal_unique: ['user_id', 'slug'] } },
        ),
        sqlite3: defineTable(
          'gorm',
          'medal',
          { id: 'integer PRIMARY KEY AUTOINCREMENT', user_id: 'integer NOT NULL', slug: 'text NOT NULL' },
          { unique: { medal_unique: ['user_id', 'slug'] } },
        ),
      },
    }),
    dropTable('upload'),
    addColumn('repository', boolean('is_retired', 'IsRetired'), {
      after: 'is_unlisted',
      schema: {
        mysql: 'tinyint(1) NOT NULL DEFAULT 0',
        postgres: 'boolean DEFAULT false NOT NULL',
        sqlite3: 'INTEGER DEFAULT 0 NOT NULL',
      },
    }),
    renameKey('star.uid', 'StarrerID'),
  ],
  rows: [deleteRows('follow', { test: 'equals', column: 'user_id', value: 1 }, () => 'nobody follows any more')],
  settings: {
    rename: [{ from: 'server.EXTERNAL_URL', to: 'server.PUBLIC_URL', overrules: (value) => value !== '' }],
    remove: { 'server.DISABLE_SSH': () => 'there is no SSH' },
    defaults: [{ name: 'attachment.MAX_FILES', former: () => '5' }],
  },
  restore: { gormTables: ['star'], maxLineBytes: 1_048_576 },
};
const LATER: Release = { version: '0.100.0', source: 'made up', target: { name: '0.100' } };

const history = foldReleases([...RELEASES, MADE_UP, LATER]);
const folder = temporaryFolder();
let count = 0;
const newPath = (ending: string): string => join(folder, `${++count}${ending}`);
const INPUT = fixture('0.12.3-sqlite3', 'backup.zip');
const CONFIG = 'gogs-backup/custom/conf/app.ini';

async function upgradeTo(to: string, options: AnyUpgradeOptions & { ending?: string; input?: string } = {}) {
  const { ending = '.zip', input = INPUT, ...rest } = options;
  const output = newPath(ending);
  const report = await upgrade(input, output, { to, ...rest }, { history });
  return { output, report };
}

const configOf = async (path: string): Promise<string> => (await readEntry(path, CONFIG)).toString();

test.each(['0.99', '0.100'])(
  'an upgrade to %s, to it and past it, does everything that the object says',
  async (to) => {
    const { output, report } = await upgradeTo(to);
    const tables = await readTables(output);
    expect((await readEntry(output, 'gogs-backup/metadata.ini')).toString()).toContain(`GOGS_VERSION = ${to}.0`);
    expect(tables['Version.json']).toEqual([{ ID: 1, Version: 30 }]);
    expect(tables['Medal.json']).toEqual([]);
    expect(tables['Upload.json']).toBeUndefined();
    const [star] = tables['Star.json'] ?? [];
    expect(Object.keys(star ?? {})).toEqual(['ID', 'StarrerID', 'RepoID']);
    const keys = Object.keys(tables['Repository.json']?.[0] ?? {});
    expect(keys[keys.indexOf('IsUnlisted') + 1]).toBe('IsRetired');
    expect(report.tables.find(({ table }) => table === 'follow')?.leftOut).toEqual({ 'nobody follows any more': 1 });

    const config = await configOf(output);
    expect(config).toMatch(/^PUBLIC_URL\b/m);
    expect(config).not.toContain('EXTERNAL_URL');
    expect(report.settings.map(({ reason }) => reason)).toContain('no longer read since 0.99.0: there is no SSH');
    expect(config).toMatch(/^\[attachment\][^[]*^MAX_FILES *= *5$/ms);

    const verified = await verifyWith(history, output, { against: INPUT });
    expect(verified.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(verified.archive.target).toBe(to);
    expect(verified.holds).toBe(true);
  },
);

test('its restore reads longer lines, so no row needs separate SQL', async () => {
  const input = await plant(folder, { rows: { Comment: first({ Content: 'x'.repeat(100_000) }) } });
  expect((await upgradeTo('0.14', { input })).report.output.afterRestoreSql).not.toBeNull();
  const { output, report } = await upgradeTo('0.99', { input });
  expect(report.output.afterRestoreSql).toBeNull();
  expect((await verifyWith(history, output, { against: input })).holds).toBe(true);
  expect(report.findings.map(({ code }) => code)).not.toContain('long-row');
});

test('a database is verified for the release with its schema version, and for no other', async () => {
  const { output } = await upgradeTo('0.99', { ending: '.db' });
  const verifiedBy = async (releases: readonly Release[], to?: string): Promise<unknown> => {
    const { archive, findings, holds } = await verifyWith(foldReleases(releases), output, { against: INPUT, to });
    return { target: archive.target, holds, codes: findings.map(({ code }) => code) };
  };
  const alone = [...RELEASES, MADE_UP];
  expect(await verifiedBy(alone)).toEqual({ target: '0.99', holds: true, codes: ['preview-target'] });
  expect(await verifiedBy([...alone, LATER])).toEqual({
    target: '0.99',
    holds: true,
    codes: ['preview-target', 'target-assumed'],
  });
  expect(await verifiedBy(alone, '0.14')).toMatchObject({
    holds: false,
    codes: expect.arrayContaining(['schema-version']),
  });
});

test('its backups can be read, and removed tables are reported', async () => {
  const { output } = await upgradeTo('0.99');
  const before = newPath('.zip');
  await repackBackup(output, before, { 'gogs-backup/db/Medal.json': '{"ID":1,"UserID":2,"Slug":"first"}\n' });
  const later = await upgradeTo('0.100', { input: before });
  expect((await readTables(later.output))['Medal.json']).toEqual([{ ID: 1, UserID: 2, Slug: 'first' }]);
  expect(later.report.settings.filter(({ kind }) => kind !== 'unread')).toEqual([]);

  const input = await plant(folder, { files: { 'gogs-backup/db/Upload.json': '{"ID":1,"UUID":"u","Name":"n"}\n' } });
  const { report } = await upgradeTo('0.99', { input });
  const upload = report.tables.find(({ table }) => table === 'upload');
  expect(upload).toMatchObject({ rowsIn: 1, rowsOut: 0, leftOut: { 'Gogs 0.99 has no such table': 1 } });
});

test.each(ENGINES)('its schema is the one before it, altered: %s', async (engine) => {
  const { output } = await upgradeTo('0.99', { ending: '.sql', engine });
  const sql = readFileSync(output, 'utf8');
  const quote = engine === 'postgres' ? '"' : '`';
  expect(sql).toContain(`CREATE TABLE ${quote}medal${quote}`);
  expect(sql).not.toContain(`CREATE TABLE ${quote}upload${quote}`);
  expect(sql).toMatch(/is_unlisted[^\n]*,\s*[`"]is_retired/);
  const before = await upgradeTo('0.14', { ending: '.sql', engine });
  expect(readFileSync(before.output, 'utf8')).not.toMatch(/medal|is_retired/);
  if (engine !== 'sqlite3') return;
  execFileSync('sqlite3', ['-bail', join(folder, 'loaded.db')], { input: sql });
  const ask = (query: string): string =>
    execFileSync('sqlite3', [join(folder, 'loaded.db'), query], { encoding: 'utf8' }).trim();
  expect(ask('SELECT version FROM version')).toBe('30');
  expect(ask('SELECT count(*) FROM medal')).toBe('0');
  expect(ask('SELECT DISTINCT is_retired FROM repository')).toBe('0');
});

describe.each(TARGET_NAMES)('the releases before it: %s', (to) => {
  test('their outputs are unaffected', async () => {
    for (const ending of ['.zip', '.sql']) {
      const { output } = await upgradeTo(to, { ending, engine: 'mysql' });
      const real = newPath(ending);
      const report = await upgrade(INPUT, real, { to, engine: 'mysql' });
      expect(readFileSync(output).equals(readFileSync(real))).toBe(true);
      expect(report.settings.map(({ reason }) => reason).join()).not.toContain('0.99');
    }
  });

  test('their outputs verify, with their own names of settings', async () => {
    const { output } = await upgradeTo(to, { set: ['server.EXTERNAL_URL=https://git.example.com/'] });
    expect(await configOf(output)).toMatch(/^EXTERNAL_URL *= *https:\/\/git.example.com\/$/m);
    expect((await verifyWith(history, output, { against: INPUT })).archive.target).toBe(to);
    await expect(upgradeTo(to, { set: ['server.PUBLIC_URL=x'] })).rejects.toThrow(/Write server\.EXTERNAL_URL=value/);
  });
});

test("Gogs' own backups of earlier releases verify as before", async () => {
  for (const version of ['0.13.0', '0.14.3']) {
    const archive = fixture('0.12.3-sqlite3', `gogs-${version}-backup.zip`);
    expect((await verifyWith(history, archive, {})).holds).toBe(true);
  }
});

test('settings are found by any name that they ever had', async () => {
  await expect(upgradeTo('0.99', { set: ['server.EXTERNAL_URL=x'] })).rejects.toThrow(/Write server\.PUBLIC_URL=value/);
  const { settings } = history;
  for (const id of ['server.ROOT_URL', 'server.EXTERNAL_URL', 'server.PUBLIC_URL']) {
    const names = ['0.11.91', '0.13.0', '0.99.0', undefined].map(
      (release) => settings.nameAt({ section: 'server', key: id.slice(7) }, release).key,
    );
    expect(names).toEqual(['ROOT_URL', 'EXTERNAL_URL', 'PUBLIC_URL', 'PUBLIC_URL']);
  }
  const document = IniDocument.parse(Buffer.from('[server]\nPUBLIC_URL = https://new/\nEXTERNAL_URL = https://old/\n'));
  expect(readFacts(document, settings, '0.99.0').externalUrl).toBe('https://new/');
  expect(readFacts(document, settings, '0.14.3').externalUrl).toBe('https://old/');
});

test('a release cannot add what is there already', () => {
  const again: Release = { ...LATER, tables: MADE_UP.tables ?? [] };
  expect(() => foldReleases([...RELEASES, MADE_UP, again])).toThrow('a release adds medal a second time');
});

test('inspect knows it too, and an unknown target is rejected', async () => {
  const report = await inspectWith(history, INPUT, { to: '0.99' });
  expect(report.target.name).toBe('0.99');
  expect(report.settings.map(({ name }) => name.key)).toContain('EXTERNAL_URL');
  await expect(upgradeTo('1.0')).rejects.toThrow(/choose one of 0\.13, 0\.14/);
  expect(GOGS.targets.map(({ name }) => name)).toEqual(TARGET_NAMES);
});
