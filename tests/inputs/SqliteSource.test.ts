import { appendFileSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { InputError } from '../../src/core/errors.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { verify } from '../../src/verify/verify.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { readEntries } from '../support/readBackup.js';
import { loadDump, makeDatabase, withConnection } from '../support/sqlite.js';

const folder = temporaryFolder();
let count = 0;
const newPath = (name: string): string => join(folder, `${++count}-${name}`);

const loaded = new Map<string, string>();
/** The database of an instance as it was on its server. */
function databaseOf(instance: string): string {
  const path = loaded.get(instance) ?? newPath(`${instance}.db`);
  if (!loaded.has(instance)) loadDump(path, fixture(instance, 'native.sql'));
  loaded.set(instance, path);
  return path;
}

async function entriesOf(input: string, options: Parameters<typeof upgrade>[2] = {}): Promise<Map<string, Buffer>> {
  const output = newPath('out.zip');
  await upgrade(input, output, options);
  return readEntries(output);
}

describe('a database file', () => {
  test.each(['0.10.18-sqlite3', '0.12.3-sqlite3'])(
    'of %s becomes what its dump becomes, byte for byte',
    async (instance) => {
      for (const to of ['0.13', '0.14'] as const) {
        expect(await entriesOf(databaseOf(instance), { to })).toEqual(
          await entriesOf(fixture(instance, 'native.sql'), { to }),
        );
      }
    },
  );

  test('gives the same SQL as its dump', async () => {
    const [ours, dumps] = [newPath('ours.sql'), newPath('dumps.sql')];
    await upgrade(databaseOf('0.12.3-sqlite3'), ours, { engine: 'postgres' });
    await upgrade(fixture('0.12.3-sqlite3', 'native.sql'), dumps, { engine: 'postgres' });
    expect(readFileSync(ours, 'utf8')).toBe(readFileSync(dumps, 'utf8'));
  });

  test('verifies against its backup', async () => {
    const output = newPath('out.zip');
    await upgrade(databaseOf('0.12.3-sqlite3'), output);
    expect(await verify(output, { against: databaseOf('0.12.3-sqlite3') })).toMatchObject({ holds: true });
  });

  test('in use by Gogs is read with its latest changes, and nothing is written beside it', async () => {
    const path = newPath('live.db');
    copyFileSync(databaseOf('0.12.3-sqlite3'), path);
    await withConnection(path, async (database) => {
      database.exec(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; UPDATE user SET full_name = 'in the log' WHERE id = 1",
      );
      const before = readdirSync(folder);
      const users = (await entriesOf(path)).get('gogs-backup/db/User.json')?.toString();
      expect(users).toContain('"FullName":"in the log"');
      expect(readdirSync(folder).filter((name) => !before.includes(name))).toEqual(
        [expect.stringMatching(/out\.zip$/), expect.stringMatching(/out\.next-steps\.md$/)].reverse(),
      );
    });
  });

  test('with blobs in place of texts and numbers carries them over and names them, as a dump of it does', async () => {
    const [path, script] = [newPath('blobs.db'), newPath('blobs.sql')];
    const dump = readFileSync(fixture('0.12.3-sqlite3', 'native.sql'), 'utf8');
    makeDatabase(path, `${dump}\nUPDATE issue SET name = x'616263', content = x'' WHERE id = 1;`);
    writeFileSync(script, dump.replace(/(INSERT INTO issue VALUES\(1,\d+,\d+,\d+,)'[^']*'/, "$1x'616263'"));
    for (const [input, columns] of [
      [path, ['name', 'content']],
      [script, ['name']],
    ] as const) {
      const { findings } = await upgrade(input, newPath('out.zip'));
      const blobs = findings.filter(({ title }) => /blob/.test(title)).flatMap(({ examples }) => examples);
      expect(blobs).toEqual(columns.map((column) => `issue alice/app#1 (1), ${column}`));
    }
    expect((await entriesOf(path)).get('gogs-backup/db/Issue.json')?.toString()).toMatch(
      /^\{"ID":1,.*"Title":"abc","Content":""/,
    );
  });

  test('with values of another type than their column has them named in CSV, which every other output refuses', async () => {
    const path = newPath('types.db');
    const dump = readFileSync(fixture('0.12.3-sqlite3', 'native.sql'), 'utf8');
    makeDatabase(
      path,
      `${dump}\nUPDATE star SET uid = 'seven' WHERE id = 1; UPDATE user SET is_admin = 7 WHERE id = 1;`,
    );
    const { findings } = await upgrade(path, newPath('out.csv.zip'));
    const { examples, needsHand } = findings.find(({ code }) => code === 'other-type') ?? {};
    expect({ examples, needsHand }).toEqual({
      examples: ['user alice (1), is_admin', 'Star id 1, uid'],
      needsHand: true,
    });
    const ordinary = await upgrade(databaseOf('0.12.3-sqlite3'), newPath('out.csv.zip'));
    expect(ordinary.findings.map(({ code }) => code)).not.toContain('other-type');
  });

  test('that changes while it is read is rejected', async () => {
    const path = newPath('changing.db');
    copyFileSync(databaseOf('0.12.3-sqlite3'), path);
    const onProgress = (): void => appendFileSync(path, Buffer.alloc(4096));
    await expect(upgrade(path, newPath('out.zip'), { onProgress })).rejects.toThrow(/changed while it was read/);
  });

  test('with a table that Gogs never creates this way is rejected, with advice', async () => {
    const path = newPath('odd.db');
    makeDatabase(path, 'CREATE TABLE user (id INTEGER PRIMARY KEY, name TEXT) WITHOUT ROWID;');
    await expect(upgrade(path, newPath('out.zip'))).rejects.toThrow(
      /table user in .*: it is a table WITHOUT ROWID.*\.dump/,
    );
  });

  test('that was truncated is rejected, with advice', async () => {
    const path = newPath('cut.db');
    writeFileSync(path, readFileSync(databaseOf('0.12.3-sqlite3')).subarray(0, 100_000));
    const failed = upgrade(path, newPath('out.zip'));
    await expect(failed).rejects.toBeInstanceOf(InputError);
    await expect(failed).rejects.toThrow(/The copy was cut off: copy it again while Gogs is stopped/);
  });
});
