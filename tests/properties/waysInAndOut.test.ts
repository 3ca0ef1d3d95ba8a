/** One instance from every form of input to every form of output: the rows, keys and files are the same. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import sqlite from 'node-sqlite3-wasm';
import { upgrade, verify } from '../../src/index.js';
import { filesUnder } from '../support/filesUnder.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { binaryFolder, dockerFolder, packTar } from '../support/remains.js';
import { loadDump } from '../support/sqlite.js';

const INSTANCE = '0.12.3-sqlite3';
const scratch = temporaryFolder();
let count = 0;
const newPath = (ending = ''): string => join(scratch, `${count++}${ending}`);

const binary = join(scratch, 'binary');
const docker = join(scratch, 'docker');
/** The forms of input, by name. Without sample hooks, because only some contain them. */
const INPUTS: Record<string, string> = {
  'zip of gogs backup': fixture(INSTANCE, 'backup.zip'),
  'SQL dump': fixture(INSTANCE, 'native.sql'),
  'database file': join(binary, 'data', 'gogs.db'),
  'folder of a binary installation': binary,
  'volume of the official image': docker,
  'tar.gz of the volume': join(scratch, 'volume.tar.gz'),
};
const WITH_FILES = Object.keys(INPUTS).filter((name) => name !== 'SQL dump' && name !== 'database file');

beforeAll(async () => {
  mkdirSync(scratch, { recursive: true });
  await binaryFolder(INSTANCE, binary);
  await dockerFolder(INSTANCE, docker);
  packTar(docker, INPUTS['tar.gz of the volume'] as string, '-z');
});

/** Every row of every table by SQL name, and the whole schema. `loose`: treats NULL as '', as a backup does. */
function contentsOf(path: string, loose: boolean): Record<string, unknown> {
  const database = new sqlite.Database(path, { readOnly: true });
  try {
    const tables = database.all("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name");
    const rows = tables.map(({ name }) => {
      const columns = database.all(`PRAGMA table_info("${name}")`).map(({ name: column }) => `"${column}"`);
      const values = columns.map((column) => `quote(${loose ? `COALESCE(${column}, '')` : column}) AS ${column}`);
      return [String(name), database.all(`SELECT ${values.join(', ')} FROM "${name}" ORDER BY 1`)] as const;
    });
    const schema = database.all('SELECT type, name, sql FROM sqlite_master ORDER BY type, name');
    return { schema, ...Object.fromEntries(rows) };
  } finally {
    database.close();
  }
}

/** Every file of a folder except the database: content, permissions, time. */
function filesOf(folder: string): Map<string, unknown> {
  const wanted = filesUnder(folder).filter((path) => !/gogs\.db$|\.sample$|app\.ini$/.test(path));
  return new Map(
    wanted.map((path) => {
      const { mode, mtimeMs } = statSync(join(folder, path));
      const time = path.endsWith('authorized_keys') || path.includes('/hooks/') ? 0 : mtimeMs;
      return [path, [readFileSync(join(folder, path), 'hex'), mode & 0o777, time]];
    }),
  );
}

const databases = new Map<string, string>();

async function databaseOf(input: string, to: '0.13' | '0.14'): Promise<string> {
  const known = databases.get(input + to);
  if (known !== undefined) return known;
  const output = newPath('.db');
  await upgrade(input, output, { to });
  databases.set(input + to, output);
  return output;
}

test.each(['0.13', '0.14'] as const)('every form of input gives the same rows and keys, for Gogs %s', async (to) => {
  const exact = contentsOf(await databaseOf(INPUTS['database file'] as string, to), false);
  const loose = contentsOf(await databaseOf(INPUTS['zip of gogs backup'] as string, to), true);
  for (const [name, input] of Object.entries(INPUTS)) {
    const output = await databaseOf(input, to);
    expect([name, contentsOf(output, true)]).toEqual([name, loose]);
    // The JSON of a backup does not tell NULL from the empty text.
    if (name !== 'zip of gogs backup') expect([name, contentsOf(output, false)]).toEqual([name, exact]);
  }
});

// For one target each, because files do not depend on it; verifyFolder and verifyDatabase try both.
test('every form of input with files gives the same files', async () => {
  const all = new Map<string, Map<string, unknown>>();
  for (const name of WITH_FILES) {
    const output = newPath();
    await upgrade(INPUTS[name] as string, output, { to: '0.13', layout: 'docker' });
    all.set(name, filesOf(output));
  }
  const expected = all.get('zip of gogs backup');
  expect(expected?.size).toBeGreaterThan(60);
  for (const [name, files] of all) expect([name, files]).toEqual([name, expected]);
});

test('every form of output has the same rows and keys, which can be read back', async () => {
  const to = '0.14';
  const input = INPUTS['volume of the official image'] as string;
  const expected = contentsOf(await databaseOf(input, to), false);
  const [script, loaded, zip] = [newPath('.sql'), newPath('.db'), newPath('.zip')];
  await upgrade(input, script, { to });
  loadDump(loaded, script);
  expect(contentsOf(loaded, false)).toEqual(expected);
  for (const layout of ['docker', 'binary'] as const) {
    const folder = newPath();
    await upgrade(input, folder, { to, layout });
    const database = join(folder, layout === 'docker' ? 'gogs/data/gogs.db' : 'data/gogs.db');
    expect(contentsOf(database, false)).toEqual(expected);
    expect(contentsOf(await databaseOf(folder, to), false)).toEqual(expected);
  }
  await upgrade(input, zip, { to });
  expect(await verify(zip, { against: input, to })).toMatchObject({ holds: true });
  expect(contentsOf(await databaseOf(zip, to), true)).toEqual(contentsOf(await databaseOf(input, to), true));
});
