/** Tables of other applications in the database of Gogs. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import sqlite from 'node-sqlite3-wasm';
import { InputError } from '../../src/core/errors.js';
import { upgrade, verify } from '../../src/index.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { loadDump } from '../support/sqlite.js';

const scratch = temporaryFolder();
let count = 0;
const newPath = (ending = ''): string => join(scratch, `${count++}${ending}`);

const TABLES = `
  CREATE TABLE "odd ""name" (id INTEGER PRIMARY KEY, a TEXT, b BLOB, c REAL, d, e INT GENERATED ALWAYS AS (d * 2) STORED, f VARCHAR DEFAULT 'x');
  CREATE INDEX odd_a ON "odd ""name" (a);
  CREATE TABLE audit (what TEXT, number INTEGER UNIQUE);
  CREATE TRIGGER odd_audit AFTER INSERT ON "odd ""name" BEGIN INSERT INTO audit (what) VALUES (NEW.a); END;
  CREATE TABLE keyed (k TEXT PRIMARY KEY) WITHOUT ROWID;
`;

/** Every type, the largest numbers, a NUL character, bytes that are not UTF-8, an id beyond 2^53. */
const ROWS = `
  INSERT INTO "odd ""name" (id, a, b, c, d) VALUES
    (1, 'it''s; -- ünï 🚀', X'00ff27', 3, 9223372036854775807), (2, CAST(X'61006263' AS TEXT), zeroblob(3), 1e300, '007'),
    (9007199254740993, CAST(X'ff27fe' AS TEXT), NULL, -0.1, 2.5), (-5, '', X'', 9e999, NULL);
  ALTER TABLE "odd ""name" ADD COLUMN later TEXT DEFAULT 'added';
  INSERT INTO keyed VALUES ('k');
`;

const database = newPath('.db');
beforeAll(() => {
  loadDump(database, fixture('0.12.3-sqlite3', 'native.sql'));
  const old = new sqlite.Database(database);
  old.exec(TABLES + ROWS);
  old.close();
});

/** Every value with its type, as bytes. */
function valuesIn(path: string): unknown[] {
  const opened = new sqlite.Database(path, { readOnly: true });
  try {
    const columns = ['id', 'a', 'b', 'c', 'd', 'e', 'f', 'later'];
    const exact = columns.map((name) => `typeof(${name}), hex(${name})`).join(', ');
    const schema = opened.all(
      `SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ('odd "name', 'audit') ORDER BY name`,
    );
    return [schema, opened.all(`SELECT ${exact} FROM "odd ""name" ORDER BY id`), opened.all('SELECT * FROM audit')];
  } finally {
    opened.close();
  }
}

const leftOut = (findings: readonly { code: string; examples: readonly string[] }[]): readonly string[] =>
  findings.find(({ code }) => code === 'foreign-table')?.examples ?? [];

test('a database file holds them unchanged: values, indexes, triggers', async () => {
  const output = newPath('.db');
  const { findings } = await upgrade(database, output, { verify: true });
  expect(valuesIn(output)).toEqual(valuesIn(database));
  // SQLite stores tables without row ids differently, and this format is not supported.
  expect(leftOut(findings)).toEqual(['keyed']);
  expect(await verify(output, { against: database })).toMatchObject({ holds: true });
});

test('so do a server folder and SQL of the same engine', async () => {
  const [folder, script, again] = [newPath(), newPath('.sql'), newPath('.db')];
  await upgrade(database, folder, { layout: 'docker', engine: 'sqlite3' });
  expect(valuesIn(join(folder, 'gogs/data/gogs.db'))).toEqual(valuesIn(database));
  await upgrade(database, script);
  loadDump(again, script);
  expect(valuesIn(again)).toEqual(valuesIn(database));
});

test('so does a database file made from a dump', async () => {
  const [dump, output] = [newPath('.sql'), newPath('.db')];
  const tables = `CREATE TABLE wp_posts (id INTEGER PRIMARY KEY, body TEXT);\nINSERT INTO wp_posts VALUES (1, 'a;b''c');\nCREATE INDEX i ON wp_posts (body);\n`;
  writeFileSync(
    dump,
    readFileSync(fixture('0.12.3-sqlite3', 'native.sql'), 'utf8').replace(/COMMIT;\s*$/, `${tables}COMMIT;\n`),
  );
  const { findings } = await upgrade(dump, output);
  expect(leftOut(findings)).toEqual([]);
  const opened = new sqlite.Database(output, { readOnly: true });
  expect(opened.all('SELECT * FROM wp_posts')).toEqual([{ id: 1, body: "a;b'c" }]);
  expect(opened.all("SELECT name FROM sqlite_master WHERE tbl_name = 'wp_posts'")).toHaveLength(2);
  opened.close();
});

test('a table that the new database rejects is left out completely, with the reason', async () => {
  const [dump, output] = [newPath('.sql'), newPath('.db')];
  const tables = `CREATE TABLE wp_posts (id INTEGER PRIMARY KEY, body TEXT);\nINSERT INTO wp_posts VALUES (1, 'a'), (1, 'b');\nCREATE TABLE other (x);\n`;
  writeFileSync(
    dump,
    readFileSync(fixture('0.12.3-sqlite3', 'native.sql'), 'utf8').replace(/COMMIT;\s*$/, `${tables}COMMIT;\n`),
  );
  const { findings } = await upgrade(dump, output);
  expect(leftOut(findings)).toEqual(['wp_posts: UNIQUE constraint failed: wp_posts.id']);
  const opened = new sqlite.Database(output, { readOnly: true });
  expect(opened.all("SELECT name FROM sqlite_master WHERE name IN ('wp_posts', 'other')")).toEqual([{ name: 'other' }]);
  expect(opened.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
  opened.close();
});

test('for another engine they are left out, with a finding', async () => {
  const { findings } = await upgrade(database, newPath('.sql'), { engine: 'postgres' });
  expect([...leftOut(findings)].sort()).toEqual(['audit', 'keyed', 'odd "name']);
});

test('rows of Gogs with equal keys are rejected in one sentence, and nothing is written', async () => {
  const [old, output] = [newPath('.db'), newPath('.db')];
  loadDump(old, fixture('0.12.3-sqlite3', 'native.sql'));
  const opened = new sqlite.Database(old);
  opened.exec('DROP INDEX UQE_issue_repo_index; UPDATE issue SET "index" = 1 WHERE repo_id = 1');
  opened.close();
  await expect(upgrade(old, output)).rejects.toThrow(
    /two rows have the same issue\.repo_id, issue\.index, which must be unique/,
  );
  await expect(upgrade(old, output)).rejects.toBeInstanceOf(InputError);
  expect(existsSync(output)).toBe(false);
});
