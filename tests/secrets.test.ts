/** Secrets of a backup never appear anywhere. */
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { inspect } from '../src/inspect/inspect.js';
import { upgrade } from '../src/upgrade/upgrade.js';
import { editTable } from './support/editTable.js';
import { fixture, temporaryFolder } from './support/fixtures.js';
import { readEntries } from './support/readBackup.js';
import { repackBackup } from './support/repackBackup.js';
import { runMain } from './support/runMain.js';
import { Scene } from './support/scene.js';

const root = temporaryFolder();
let count = 0;
const newScene = (path: string): Scene => new Scene(join(root, String(++count)), path);

/** Columns that contain secrets, under every key they ever had. */
const SECRET_KEYS = ['Passwd', 'Password', 'Salt', 'Rands', 'Sha1', 'SHA256', 'Secret', 'Code', 'Cfg', 'RawConfig'];
const SECRET_SETTINGS =
  /^\s*(?:PASSWD|PASSWORD|SECRET_KEY|USER_PASSWORD|BIND_PASSWORD|CONN_STR)\s*=\s*`?"?(.+?)"?`?\s*$/gm;

/** Every secret of a backup that is long enough to be told from other text. */
async function secretsOf(path: string): Promise<string[]> {
  const secrets: string[] = [];
  for (const [name, content] of await readEntries(path, (entry) => /\/db\/|app\.ini$/.test(entry))) {
    const text = content.toString();
    if (name.endsWith('.ini')) for (const [, value] of text.matchAll(SECRET_SETTINGS)) secrets.push(value ?? '');
    if (!name.endsWith('.json')) continue;
    for (const line of text.split('\n').filter((row) => row !== '')) {
      const row = JSON.parse(line) as Record<string, unknown>;
      for (const key of SECRET_KEYS) {
        const value = row[key];
        if (typeof value === 'string') secrets.push(value);
        const bind = /"(?:BindPassword|bind_password|client_secret)":"([^"]+)"/.exec(JSON.stringify(value ?? ''))?.[1];
        if (bind !== undefined) secrets.push(bind);
      }
    }
  }
  return [...new Set(secrets)].filter((secret) => secret.length >= 6);
}

function expectNoSecret(texts: readonly string[], secrets: readonly string[]): void {
  expect(secrets.length).toBeGreaterThan(10);
  for (const text of texts) expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}

const BACKUPS = ['0.10.18-sqlite3', '0.11.91-postgres', '0.12.3-mysql', '0.12.3-mysql-hard'];

describe.each(BACKUPS)('%s', (name) => {
  const input = fixture(name, 'backup.zip');

  test('no secret appears in reports, progress or printed output', async () => {
    const secrets = await secretsOf(input);
    const scene = newScene(input);
    const results = [
      await runMain(scene.folder, [scene.input, 'new.zip', '--json', '--engine', 'mysql']),
      await runMain(scene.folder, [scene.input, 'new.sql', '--engine', 'postgres']),
      await runMain(scene.folder, [scene.input, 'strict.zip', '--strict', '--engine', 'mysql']),
      await runMain(scene.folder, ['inspect', scene.input]),
    ];
    const checklist = readFileSync(scene.path('new.next-steps.md'), 'utf8');
    const texts = results.flatMap(({ stdout, stderr }) => [stdout, stderr]);
    expect(texts.filter((text) => text.length > 100).length).toBeGreaterThan(4);
    expectNoSecret([...texts, checklist, JSON.stringify(await inspect(input))], secrets);
  });
});

test('no secret appears in an error, wherever it occurs in a table', async () => {
  const original = fixture('0.12.3-mysql', 'backup.zip');
  const secrets = await secretsOf(original);
  const messages: string[] = [];
  for (const table of ['AccessToken', 'User', 'TwoFactor', 'TwoFactorRecoveryCode', 'LoginSource']) {
    const entry = `gogs-backup/db/${table}.json`;
    const content = (await readEntries(original, (found) => found === entry)).get(entry)?.toString() ?? '';
    const damages = [
      content.replace(/"ID":\d+/, '"ID":"x"'),
      content.replace(/":"/, '":'),
      content.slice(0, -20),
      content.replace(/","/, '"\n"'),
      content.replace(/:"(?=[0-9a-f]{8})/, ':"\\q'),
    ];
    for (const damaged of damages.filter((text) => text !== content)) {
      const path = join(root, `damaged-${++count}.zip`);
      await repackBackup(original, path, { [entry]: damaged });
      for (const output of ['zip', 'sql'] as const) {
        const options = { engine: 'mysql', format: output } as const;
        await upgrade(path, join(root, `out-${++count}.${output}`), options).then(
          (report) => messages.push(JSON.stringify(report)),
          (error: Error) => messages.push(String(error.stack)),
        );
      }
    }
  }
  const dump = readFileSync(fixture('0.12.3-mysql', 'native.sql'), 'utf8');
  for (const damaged of [dump.replace(/'\),\(/g, "',("), dump.slice(0, -3000), dump.replaceAll("','", "''")]) {
    const path = join(root, `damaged-${++count}.sql`);
    writeFileSync(path, damaged);
    await upgrade(path, join(root, `out-${++count}.zip`)).catch((error: Error) => messages.push(String(error.stack)));
  }
  expect(messages.length).toBeGreaterThan(20);
  expectNoSecret(messages, secrets);
});

test('control characters in names do not reach the terminal', async () => {
  const input = join(root, 'escapes.zip');
  // A finding names this user.
  await editTable(fixture('0.12.3-sqlite3', 'backup.zip'), input, 'User', (rows) =>
    rows.map((row) => row.replace('"Name":"erin"', '"Name":"\\u001b[2J\\u202eStranger"')),
  );
  const scene = newScene(input);
  const runs = [
    await runMain(scene.folder, [scene.input, 'new.zip']),
    await runMain(scene.folder, ['inspect', scene.input]),
    await runMain(scene.folder, ['\x1b[2J\u202eStranger.zip', 'other.zip']),
  ];
  for (const { stdout, stderr } of runs) {
    expect(stdout + stderr).toContain('Stranger');
    expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  }
});

test('outputs are readable only by their owner, regardless of the umask', async () => {
  const scene = newScene(fixture('0.12.3-mysql-hard', 'backup.zip'));
  const before = process.umask(0);
  try {
    for (const output of ['new.zip', 'new.sql', 'new.sql.gz', 'tables/']) {
      await upgrade(scene.input, scene.path(output), { engine: 'mysql' });
    }
  } finally {
    process.umask(before);
  }
  for (const name of scene.outputs) {
    const { mode } = statSync(scene.path(name));
    expect([name, (mode & 0o777).toString(8)]).toEqual([name, name === 'tables' ? '700' : '600']);
  }
  for (const name of readdirSync(scene.path('tables')))
    expect(statSync(scene.path(`tables/${name}`)).mode & 0o77).toBe(0);
});

test.each(['backup.zip', 'native.sql'])('while it works on %s, nobody else can read what it keeps', async (name) => {
  const scene = newScene(fixture('0.12.3-mysql', name));
  chmodSync(scene.tempdir, 0o755);
  const modes = new Map<string, string>();
  const look = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      modes.set(path, (statSync(path).mode & 0o777).toString(8));
      if (entry.isDirectory()) look(path);
    }
  };
  const before = process.umask(0);
  try {
    const onProgress = (): void => {
      look(scene.tempdir);
      look(scene.folder);
    };
    await upgrade(scene.input, scene.path('new.sql'), { engine: 'mysql', tempdir: scene.tempdir, onProgress });
    const spooled = readFileSync(scene.input);
    const { Readable } = await import('node:stream');
    await upgrade(Readable.from([spooled]), scene.path('other.zip'), { tempdir: scene.tempdir, onProgress });
  } finally {
    process.umask(before);
  }
  expect(modes.size).toBeGreaterThan(2);
  expect([...modes.values()].filter((mode) => mode !== '600' && mode !== '700')).toEqual([]);
});
