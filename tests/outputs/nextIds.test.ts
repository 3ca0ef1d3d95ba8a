/** The ids of deleted rows, which a server must not give to new ones: what refers to them would then refer to those. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { upgrade, verify } from '../../src/index.js';
import { describeEngines } from '../support/engines.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { loadDump, withConnection } from '../support/sqlite.js';

const scratch = temporaryFolder();
let count = 0;
const newPath = (ending = ''): string => join(scratch, `${count++}${ending}`);

/** A server whose notice 7000 was its last one, and is deleted. */
const old = newPath('.db');
beforeAll(async () => {
  loadDump(old, fixture('0.12.3-sqlite3', 'native.sql'));
  await withConnection(old, (server) =>
    server.exec('INSERT INTO notice (id, type) VALUES (7000, 1); DELETE FROM notice WHERE id = 7000'),
  );
});

const NEW_NOTICE = 'INSERT INTO notice (type) VALUES (2)';

const nextNotice = (database: string): Promise<unknown> =>
  withConnection(database, (server) => {
    server.exec(NEW_NOTICE);
    return server.get('SELECT max(id) AS id FROM notice')?.['id'];
  });

describeEngines('nextids', scratch, (engine) => {
  afterAll(() => engine.remove());

  test('are not given again by a server with the SQL of an upgrade, nor after an upgrade of its dump or of that SQL', async () => {
    const script = newPath('.sql');
    await upgrade(old, script, { engine: engine.dialect, verify: true });
    engine.create();
    engine.load(readFileSync(script));
    const dump = newPath('.sql');
    writeFileSync(dump, engine.dump());
    engine.ask(NEW_NOTICE);
    expect(engine.ask('SELECT max(id) FROM notice')).toBe('7001');
    for (const input of [script, dump]) {
      const database = newPath('.db');
      await upgrade(input, database, { verify: true, engine: 'sqlite3' });
      expect(await nextNotice(database)).toBe(7001);
    }
  });
});

test('are not given again by a server with the database or the folder of an upgrade', async () => {
  const [database, folder] = [newPath('.db'), newPath()];
  await upgrade(old, database, { verify: true });
  await upgrade(old, folder, { format: 'files', layout: 'binary', engine: 'sqlite3', verify: true });
  expect(await nextNotice(database)).toBe(7001);
  expect(await nextNotice(join(folder, 'data', 'gogs.db'))).toBe(7001);
});

test.each([
  ["UPDATE sqlite_sequence SET seq = 6999 WHERE name = 'notice'", 'notice: 7000, 7001 expected'],
  ["UPDATE sqlite_sequence SET seq = 9000 WHERE name = 'notice'", 'notice: 9001, 7001 expected'],
  ["DELETE FROM sqlite_sequence WHERE name = 'notice'", 'notice: 3, 7001 expected'],
  ["UPDATE sqlite_sequence SET seq = 900 WHERE name = 'label'", 'label: 901, 3 expected'],
])('verify names a table of a database that continues elsewhere: %s', async (change, place) => {
  const output = newPath('.db');
  await upgrade(old, output);
  await withConnection(output, (database) => database.exec(change));
  const { holds, findings } = await verify(output, { against: old });
  expect([holds, findings.flatMap(({ examples }) => examples)]).toEqual([false, [place]]);
});

test('verify names a table of a script for SQLite that continues elsewhere', async () => {
  const output = newPath('.sql');
  await upgrade(old, output, { engine: 'sqlite3' });
  const text = readFileSync(output, 'utf8');
  expect(text).toContain("('notice', 7000)");
  writeFileSync(output, text.replace("('notice', 7000)", "('notice', 60)"));
  const { holds, findings } = await verify(output, { against: old });
  expect([holds, findings.flatMap(({ examples }) => examples)]).toEqual([false, ['notice: 61, 7001 expected']]);
});

test('what SQLite keeps for rows that are there is no difference', async () => {
  const output = newPath('.db');
  await upgrade(old, output);
  await withConnection(output, (database) => database.exec("DELETE FROM sqlite_sequence WHERE name = 'label'"));
  expect((await verify(output, { against: old })).findings).toEqual([]);
});
