import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import sqlite from 'node-sqlite3-wasm';
import { upgrade, verify } from '../../../src/index.js';
import { fixture, temporaryFolder } from '../../support/fixtures.js';
import { loadDump, withConnection } from '../../support/sqlite.js';

const scratch = temporaryFolder();
let count = 0;
const newPath = (ending: string): string => join(scratch, `${count++}${ending}`);
const input = fixture('0.12.3-sqlite3', 'backup.zip');

test.each([
  ['0.12.3-sqlite3', '.db', 'sqlite3', '0.13'],
  ['0.12.3-mysql-hard', '.db', 'sqlite3', '0.14'],
  ['0.12.3-mysql', '.sql', 'mysql', '0.14'],
  ['0.11.91-postgres', '.sql', 'postgres', '0.13'],
  ['0.10.18-sqlite3', '.sql.gz', 'sqlite3', '0.13'],
] as const)('what %s becomes as %s for %s holds against its backup', async (name, ending, engine, to) => {
  const [backup, output] = [fixture(name, 'backup.zip'), newPath(ending)];
  const { tables } = await upgrade(backup, output, { engine, to });
  const report = await verify(output, { against: backup, to });
  expect(report.findings).toEqual([]);
  expect(report.holds).toBe(true);
  const rows = (of: readonly { table: string }[], key: string) =>
    Object.fromEntries(of.map((table) => [table.table, (table as unknown as Record<string, unknown>)[key]]));
  expect(rows(report.tables, 'rowsRestored')).toEqual(rows(tables, 'rowsOut'));
});

test('a database with a damaged index fails: all its rows are there, and the server would not find them', async () => {
  const output = newPath('.db');
  await upgrade(input, output, { engine: 'sqlite3' });
  const database = new sqlite.Database(output, { readOnly: true });
  const index = database.get("SELECT rootpage FROM sqlite_schema WHERE name = 'UQE_user_name'");
  const page = database.get('PRAGMA page_size');
  database.close();
  const bytes = readFileSync(output);
  const [root, size] = [Number(index?.['rootpage']), Number(page?.['page_size'])];
  // The end of the page is that of a name.
  const at = bytes.lastIndexOf('alice', root * size);
  expect(at).toBeGreaterThan((root - 1) * size);
  bytes.write('alicf', at);
  writeFileSync(output, bytes);
  const { holds, findings } = await verify(output, { against: input });
  expect(holds).toBe(false);
  expect(findings).toMatchObject([{ code: 'database-damaged' }]);
  expect(findings[0]?.examples[0]).toMatch(/UQE_user_name/);
  expect(readdirSync(scratch).filter((name) => name.includes('.lock'))).toEqual([]);
});

test('SQL and a server folder with SQL are verified for the Gogs that their first line names', async () => {
  const folder = newPath('');
  await upgrade(input, folder, { to: '0.14', engine: 'mysql', format: 'files' });
  for (const [ending, engine] of [
    ['.sql', 'sqlite3'],
    ['.sql.gz', 'postgres'],
  ] as const) {
    const output = newPath(ending);
    await upgrade(input, output, { to: '0.14', engine });
    const { archive, findings } = await verify(output, { against: input });
    expect([archive.target, findings]).toEqual(['0.14', []]);
    const asOther = await verify(output, { to: '0.13' });
    expect(asOther).toMatchObject({
      holds: false,
      findings: [{ code: 'other-target' }, { code: 'definition-differs' }],
    });
    expect(asOther.findings[0]?.title).toBe('The SQL is for Gogs 0.14, not for Gogs 0.13: its first line says so');
  }
  const { archive, holds, findings } = await verify(folder, { against: input, engine: 'mysql' });
  expect([archive.target, holds, findings]).toEqual(['0.14', true, []]);
});

test.each([
  ['mysql', "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,STRICT_ALL_TABLES';\n", '', /missing: SET/],
  ['mysql', /$/, 'CREATE VIEW v AS SELECT 1;\n', /line \d+ is not expected: CREATE VIEW v AS SELECT 1/],
  ['mysql', /$/, 'CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM star;\n', /not expected: CREATE EVENT e/],
  ['postgres', /SELECT setval[^;]*'id'\), 7[^;]*;\n/, '', /missing: SELECT setval\(pg_get_serial_sequence/],
  ['postgres', /$/, "SELECT setval(pg_get_serial_sequence('star', 'id'), 1, false);\n", /not expected: SELECT setval/],
  ['postgres', /$/, 'ALTER TABLE star ENABLE ROW LEVEL SECURITY;\n', /not expected: ALTER TABLE star/],
  ['sqlite3', 'BEGIN TRANSACTION;\n', '', /missing: BEGIN TRANSACTION/],
] as const)('other statements than an upgrade writes are named: %# (%s)', async (engine, replaced, value, expected) => {
  const output = newPath('.sql');
  await upgrade(input, output, { engine });
  const text = readFileSync(output, 'utf8');
  writeFileSync(output, text.replace(replaced, value));
  const { holds, findings } = await verify(output, { against: input });
  expect(holds).toBe(false);
  expect(findings.flatMap(({ examples }) => examples)).toEqual([expect.stringMatching(expected)]);
});

test('tables of other programs that an upgrade takes over are no difference, and others are', async () => {
  const [former, output] = [newPath('.sql'), newPath('.sql')];
  const dump = readFileSync(fixture('0.12.3-postgres', 'native.sql'), 'utf8');
  const shop = 'CREATE TABLE public.shop (id integer NOT NULL);\nCREATE INDEX i ON public.shop USING btree (id);\n';
  writeFileSync(former, dump.replace('--\n-- PostgreSQL database dump complete', `${shop}$&`));
  await upgrade(former, output, { engine: 'postgres' });
  expect((await verify(output, { against: former })).findings).toEqual([]);
  expect(readFileSync(output, 'utf8')).toContain('CREATE TABLE public.shop');
  const { findings } = await verify(output, { against: fixture('0.12.3-postgres', 'native.sql') });
  expect(findings.flatMap(({ examples }) => examples)).toEqual([
    expect.stringContaining('CREATE TABLE public.shop'),
    expect.stringContaining('CREATE INDEX i ON public.shop'),
  ]);
});

test.each(['.db', ''])('an output (%j) is verified for the Gogs whose definitions its tables have', async (ending) => {
  const [former, output] = [newPath(ending), newPath(ending)];
  const options = { engine: 'sqlite3', format: ending === '' ? 'files' : undefined } as const;
  await upgrade(input, former, { to: '0.13', ...options });
  expect(await verify(former)).toMatchObject({ archive: { target: '0.13' }, findings: [] });
  await upgrade(input, output, { to: '0.14', ...options });
  const { archive, findings } = await verify(output);
  expect(archive.target).toBe('0.14');
  expect(findings).toMatchObject([
    { code: 'target-assumed', title: 'Gogs 0.14 is assumed as the target: --to was not given' },
  ]);
  expect(findings[0]?.consequence).toMatch(/says 22, which Gogs 0\.14, 0\.15 have in common/);
  const named = await verify(output, { to: '0.14' });
  expect([named.archive.target, named.findings]).toEqual(['0.14', []]);
  const preview = await verify(output, { to: '0.15' });
  expect(preview).toMatchObject({ holds: true, findings: [{ code: 'preview-target', severity: 'warning' }] });
  const { holds, findings: problems } = await verify(output, { to: '0.13' });
  expect(holds).toBe(false);
  expect(problems).toMatchObject([
    { code: 'definition-differs', title: 'Tables are not defined as Gogs 0.13 creates them', count: 13 },
  ]);
  expect(problems[0]?.remedy).toContain('verify it with --to 0.14');
});

test('tables of other programs that an upgrade copies into a database are no difference', async () => {
  const [former, output] = [newPath('.db'), newPath('.db')];
  copyFileSync(original, former);
  const database = new sqlite.Database(former);
  database.exec('CREATE TABLE shop (id INTEGER PRIMARY KEY, name TEXT)');
  database.close();
  await upgrade(former, output);
  expect((await verify(output, { against: former })).findings).toEqual([]);
});

const original = newPath('.db');
beforeAll(() => upgrade(input, original));

/** The failures after a change of the database. */
async function problemsAfter(sql: string): Promise<string[]> {
  const tampered = newPath('.db');
  copyFileSync(original, tampered);
  const database = new sqlite.Database(tampered);
  database.exec(sql);
  database.close();
  const { holds, findings } = await verify(tampered, { against: input });
  expect(holds).toBe(false);
  return findings.map(({ code, examples }) => `${code}: ${examples[0]}`);
}

test.each([
  ['UPDATE user SET is_admin = 1 WHERE id = 2', 'row-different: user bob (2): is_admin'],
  ['UPDATE repository SET is_private = 2 WHERE is_private = 0', 'row-different: repository alice/'],
  ["UPDATE user SET is_admin = 'true' WHERE id = 1", 'row-different: user alice (1): is_admin'],
  ['UPDATE user SET is_admin = CAST(1 AS BLOB) WHERE id = 1', 'row-different: user alice (1): is_admin'],
  ['UPDATE user SET full_name = CAST(full_name AS BLOB) WHERE id = 1', 'row-different: user alice (1): full_name'],
  [
    'UPDATE issue SET num_comments = CAST(num_comments AS BLOB) WHERE id = 1',
    'row-different: issue id 1: num_comments',
  ],
  ['UPDATE issue SET content = NULL WHERE id = 1', 'row-different: issue id 1: content'],
  ['DELETE FROM star WHERE id = (SELECT max(id) FROM star)', 'row-missing: star id '],
  ['INSERT INTO star SELECT 99, 1, 77', 'row-unexpected: star id 99'],
  ["UPDATE access_token SET sha256 = 'x' || substr(sha256, 2) WHERE id = 1", 'token-hash-mismatch: access_token id 1'],
  ['UPDATE version SET version = 19', 'schema-version: '],
  ['DROP TABLE notice', 'table-missing: notice'],
  ['CREATE TABLE shop (id INTEGER)', 'definition-differs: table shop'],
  ['DROP INDEX UQE_star_s', 'definition-differs: star lacks UNIQUE UQE_star_s (uid, repo_id)'],
  [
    'DROP INDEX UQE_star_s; CREATE UNIQUE INDEX UQE_star_s ON star (uid, repo_id) WHERE uid > 5',
    'definition-differs: star lacks UNIQUE UQE_star_s (uid, repo_id)',
  ],
  [
    'CREATE TABLE copy AS SELECT * FROM star; DROP TABLE star; CREATE TABLE `star` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `uid` INTEGER NULL, `repo_id` INTEGER NULL, CHECK (uid <> 7)); INSERT INTO star SELECT * FROM copy; DROP TABLE copy; CREATE UNIQUE INDEX UQE_star_s ON star (uid, repo_id)',
    'definition-differs: star also has CHECK (uid <> 7)',
  ],
  ['ALTER TABLE star ADD COLUMN since TEXT', 'definition-differs: star also has since'],
  ['CREATE TRIGGER t AFTER INSERT ON star BEGIN DELETE FROM user; END', 'definition-differs: star also has TRIGGER t'],
])('%s is found', async (sql, problem) => {
  expect((await problemsAfter(sql)).some((found) => found.startsWith(problem))).toBe(true);
});

test.each(['.db', '.sql'])('what a former database holds as blobs is text in an upgrade to %s', async (ending) => {
  const [former, output] = [newPath('.db'), newPath(ending)];
  copyFileSync(original, former);
  await withConnection(former, (database) => {
    database.exec("UPDATE user SET full_name = X'c3a920' || full_name, location = X'00ff41'");
    database.exec('UPDATE issue SET content = CAST(content AS BLOB), num_comments = CAST(num_comments AS BLOB)');
    database.exec('UPDATE repository SET is_private = CAST(is_private AS BLOB)');
  });
  await upgrade(former, output, { engine: 'sqlite3' });
  expect((await verify(output, { against: former })).findings).toEqual([]);
  const loaded = ending === '.db' ? output : newPath('.db');
  if (ending === '.sql') loadDump(loaded, output);
  await withConnection(loaded, (database) => {
    expect(
      database.all("SELECT id FROM issue WHERE typeof(content) = 'blob' OR typeof(num_comments) = 'blob'"),
    ).toEqual([]);
    expect(database.all("SELECT id FROM user WHERE typeof(full_name) = 'blob' OR typeof(location) = 'blob'")).toEqual(
      [],
    );
    expect(database.all("SELECT id FROM repository WHERE typeof(is_private) = 'blob'")).toEqual([]);
  });
  await withConnection(former, async (database) => {
    expect(database.get("SELECT count(*) AS blobs FROM issue WHERE typeof(content) = 'blob'")?.['blobs']).not.toBe(0);
  });
});

test('a blob in SQL is not the text that an upgrade writes', async () => {
  const output = newPath('.sql');
  await upgrade(input, output, { engine: 'sqlite3' });
  const text = readFileSync(output, 'utf8');
  for (const blob of ["X'616c696365406578616d706c652e636f6d'", "CAST('alice@example.com' AS BLOB)"]) {
    writeFileSync(output, text.replace("'alice@example.com'", blob));
    const { findings } = await verify(output, { against: input });
    expect(findings.flatMap(({ examples }) => examples)).toContain('user alice (1): email');
  }
});

test.each([
  [{ format: 'sqlite' }, '.db'],
  [{ format: 'sql', engine: 'postgres' }, '.sql'],
  [{ format: 'files', engine: 'sqlite3' }, ''],
  [{ format: 'files', engine: 'mysql', layout: 'docker' }, ''],
] as const)('--verify proves an output of %j before it has its name', async (options, ending) => {
  const { verification } = await upgrade(input, newPath(ending), { ...options, verify: true });
  expect(verification).toMatchObject({ holds: true, against: input });
  expect(verification?.tables.reduce((sum, { rowsRestored }) => sum + rowsRestored, 0)).toBe(168);
});
