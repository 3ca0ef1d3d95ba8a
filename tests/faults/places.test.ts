/** Inputs that change, and outputs that are in the way. */
import {
  appendFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { InputError, OutputError, UsageError } from '../../src/core/errors.js';
import { inspect } from '../../src/inspect/inspect.js';
import { writeInspectionPage } from '../../src/inspect/writeInspectionPage.js';
import { upgrade } from '../../src/upgrade/upgrade.js';
import { fixture, temporaryFolder } from '../support/fixtures.js';
import { Scene } from '../support/scene.js';

const root = temporaryFolder();
let count = 0;
const newScene = (...path: string[]): Scene => new Scene(join(root, String(++count)), fixture(...path));
const options = (scene: Scene): { tempdir: string; engine: 'mysql' } => ({ tempdir: scene.tempdir, engine: 'mysql' });

/** Changes the input while its rows are being read. */
async function upgradeMeanwhile(scene: Scene, output: string, action: () => void): Promise<unknown> {
  let done = false;
  const onProgress = (): void => {
    if (!done) action();
    done = true;
  };
  return upgrade(scene.input, scene.path(output), { ...options(scene), onProgress });
}

test.each([
  ['0.12.3-mysql', 'backup.zip'],
  ['0.12.3-mysql', 'native.sql'],
  ['0.9.141-mysql', 'backup.zip'],
])('an input that changes while it is read is rejected: %s %s', async (...path) => {
  const changes: ((input: string) => void)[] = [
    (input) => appendFileSync(input, '\n'),
    (input) => writeFileSync(input, readFileSync(input)),
    (input) => {
      writeFileSync(`${input}.new`, readFileSync(input));
      renameSync(`${input}.new`, input);
    },
    (input) => rmSync(input),
    (input) => writeFileSync(input, ''),
  ];
  for (const change of changes) {
    const scene = newScene(...path);
    await expect(upgradeMeanwhile(scene, 'new.zip', () => change(scene.input))).rejects.toThrow(InputError);
    expect(scene.outputs).toEqual([]);
    expect(readdirSync(scene.tempdir)).toEqual([]);
  }
});

test('a folder of CSV files that changes while it is read is rejected; it may contain the output', async () => {
  const scene = newScene('0.12.3-mysql', 'backup.zip');
  const tables = scene.path('tables/');
  await upgrade(scene.input, tables, options(scene));
  const user = join(tables, 'user.csv');
  const touch = (): void => writeFileSync(user, readFileSync(user));
  let done = false;
  const onProgress = (): void => {
    if (!done) touch();
    done = true;
  };
  const output = join(tables, 'new.zip');
  await expect(upgrade(tables, output, { ...options(scene), onProgress })).rejects.toThrow(/user\.csv changed while/);
  await upgrade(tables, output, options(scene));
  expect(existsSync(output)).toBe(true);
  await expect(upgrade(tables, user, { ...options(scene), format: 'zip', force: true })).rejects.toThrow(
    /is the input/,
  );
});

test('the input is never replaced, whatever name refers to it', async () => {
  const scene = newScene('0.12.3-mysql', 'native.sql');
  symlinkSync(scene.input, scene.path('symbolic.zip'));
  linkSync(scene.input, scene.path('hard.zip'));
  symlinkSync('..', scene.path('up'));
  linkSync(scene.input, scene.path('out.after-restore.sql'));
  const force = { ...options(scene), force: true };
  linkSync(scene.input, scene.path('steps.next-steps.md'));
  for (const name of ['symbolic.zip', 'hard.zip', 'up/native.sql', 'out.zip', 'steps.zip']) {
    await expect(upgrade(scene.input, scene.path(name), force)).rejects.toThrow(/is the input/);
  }
  await expect(upgrade(scene.input, scene.path('o.zip'), { ...force, sql: scene.input })).rejects.toThrow(OutputError);
  scene.expectNothingLeft(['symbolic.zip', 'hard.zip', 'up', 'out.after-restore.sql', 'steps.next-steps.md']);
});

test('existing files are not replaced without force', async () => {
  const scene = newScene('0.12.3-mysql-hard', 'backup.zip');
  for (const taken of ['new.zip', 'new.after-restore.sql', 'new.next-steps.md']) {
    writeFileSync(scene.path(taken), 'mine');
    await expect(upgrade(scene.input, scene.path('new.zip'), options(scene))).rejects.toThrow(/it exists/);
    expect(readFileSync(scene.path(taken), 'utf8')).toBe('mine');
    scene.expectNothingLeft([taken]);
    rmSync(scene.path(taken));
  }
  symlinkSync(scene.path('nowhere'), scene.path('new.zip'));
  await expect(upgrade(scene.input, scene.path('new.zip'), options(scene))).rejects.toThrow(/it exists/);
  expect(scene.outputs).not.toContain('nowhere');
});

test('SQL for after the restore of an earlier output does not stay beside one that needs none', async () => {
  const scene = newScene('0.12.3-mysql', 'backup.zip');
  const output = scene.path('new.zip');
  const left = scene.path('new.after-restore.sql');
  writeFileSync(left, 'INSERT');
  await expect(upgrade(scene.input, output, options(scene))).rejects.toThrow(/new\.after-restore\.sql: it exists/);
  scene.expectNothingLeft(['new.after-restore.sql']);
  await upgrade(scene.input, output, { ...options(scene), force: true });
  expect(existsSync(output)).toBe(true);
  expect(existsSync(left)).toBe(false);
});

test('an output that appears during the upgrade is not replaced', async () => {
  const scene = newScene('0.12.3-mysql', 'backup.zip');
  const output = scene.path('new.zip');
  const work = upgradeMeanwhile(scene, 'new.zip', () => writeFileSync(output, 'mine'));
  await expect(work).rejects.toThrow(/it exists/);
  expect(readFileSync(output, 'utf8')).toBe('mine');
  scene.expectNothingLeft(['new.zip']);
});

test('links are never followed, even with force, neither for the output nor for accompanying files', async () => {
  const scene = newScene('0.12.3-mysql-hard', 'backup.zip');
  writeFileSync(scene.path('precious'), 'precious');
  for (const name of ['new.zip', 'new.next-steps.md', 'new.after-restore.sql']) {
    for (const force of [false, true]) {
      symlinkSync('precious', scene.path(name));
      const work = upgrade(scene.input, scene.path('new.zip'), { ...options(scene), force });
      await expect(work).rejects.toThrow(force ? /is a link/ : /it exists/);
      expect(lstatSync(scene.path(name)).isSymbolicLink()).toBe(true);
      rmSync(scene.path(name));
      scene.expectNothingLeft(['precious']);
    }
  }
  expect(readFileSync(scene.path('precious'), 'utf8')).toBe('precious');
});

test('an output folder can be a link; a missing one, or a file in its place, is reported', async () => {
  const scene = newScene('0.12.3-mysql', 'backup.zip');
  mkdirSync(scene.path('disk'));
  symlinkSync('disk', scene.path('link'));
  await upgrade(scene.input, scene.path('link/new.zip'), options(scene));
  expect(readdirSync(scene.path('disk'))).toEqual(['new.next-steps.md', 'new.zip']);
  writeFileSync(scene.path('file'), '');
  for (const output of ['gone/new.zip', 'gone/new.sql', 'gone/new/', 'file/new.zip']) {
    await expect(upgrade(scene.input, scene.path(output), options(scene))).rejects.toThrow(/folder/);
  }
  scene.expectNothingLeft(['disk', 'link', 'file']);
});

test('an output folder that disappears during the upgrade is an error of the output', async () => {
  const scene = newScene('0.12.3-mysql', 'backup.zip');
  mkdirSync(scene.path('disk'));
  const work = upgradeMeanwhile(scene, 'disk/new.zip', () => rmSync(scene.path('disk'), { recursive: true }));
  await expect(work).rejects.toThrow(OutputError);
  scene.expectNothingLeft();
});

test('only regular files are replaced', async () => {
  const scene = newScene('0.12.3-mysql', 'backup.zip');
  const force = { ...options(scene), format: 'zip', force: true } as const;
  await expect(upgrade(scene.input, '/dev/null', force)).rejects.toThrow(OutputError);
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  mkdirSync(scene.path('new.zip'));
  await expect(upgrade(scene.input, scene.path('new.zip'), force)).rejects.toThrow(OutputError);
  await expect(upgrade('/dev/zero', scene.path('zero.zip'), force)).rejects.toThrow(InputError);
  scene.expectNothingLeft(['new.zip']);
});

test('two outputs need two names', async () => {
  const scene = newScene('0.12.3-mysql', 'backup.zip');
  const output = scene.path('new.zip');
  await expect(upgrade(scene.input, output, { ...options(scene), sql: output })).rejects.toThrow(UsageError);
  scene.expectNothingLeft();
});

test('a missing folder for temporary files is an error of the output', async () => {
  const scene = newScene('0.9.141-mysql', 'backup.zip');
  const tempdir = scene.path('gone');
  await expect(upgrade(scene.input, scene.path('new.zip'), { tempdir })).rejects.toThrow(OutputError);
  scene.expectNothingLeft();
});

test('the page of an inspection replaces no input and no link', async () => {
  const scene = newScene('0.12.3-mysql', 'backup.zip');
  const { input } = scene;
  symlinkSync(input, scene.path('link.html'));
  linkSync(input, scene.path('hard.html'));
  writeFileSync(scene.path('precious'), 'precious');
  symlinkSync('precious', scene.path('other.html'));
  const write = (path: string): Promise<unknown> =>
    writeInspectionPage({ path, inputs: [input], replace: true }, () => inspect(input));
  for (const path of [input, scene.path('link.html'), scene.path('hard.html')]) {
    await expect(write(path)).rejects.toThrow(/is the input/);
  }
  await expect(write(scene.path('other.html'))).rejects.toThrow(/is a link/);
  expect(readFileSync(scene.path('precious'), 'utf8')).toBe('precious');
  scene.expectNothingLeft(['hard.html', 'link.html', 'other.html', 'precious']);
});

test('files are readable only by their owner, regardless of the umask', async () => {
  const scene = newScene('0.12.3-mysql-hard', 'backup.zip');
  const modeOf = (name: string): number => lstatSync(scene.path(name)).mode & 0o777;
  const before = process.umask();
  try {
    for (const umask of [0o000, 0o777]) {
      process.umask(umask);
      await upgrade(scene.input, scene.path('new.zip'), { ...options(scene), force: true });
      await upgrade(scene.input, scene.path(`tables-${umask}/`), options(scene));
      for (const name of ['new.zip', 'new.next-steps.md', 'new.after-restore.sql']) expect(modeOf(name)).toBe(0o600);
      expect(modeOf(`tables-${umask}`)).toBe(0o700);
      expect(modeOf(`tables-${umask}/user.csv`)).toBe(0o600);
    }
  } finally {
    process.umask(before);
  }
});

test('a path that is not UTF-8 is reported, and nothing is written under another name', async () => {
  const scene = newScene('0.12.3-sqlite3', 'backup.zip');
  await expect(upgrade(scene.path('b\ufffdd.zip'), scene.path('new.zip'))).rejects.toThrow(/bytes that are not UTF-8/);
  await expect(upgrade(scene.input, scene.path('o\ufffdd.zip'))).rejects.toThrow(/bytes that are not UTF-8/);
  expect(scene.outputs).toEqual([]);
});

test('a name may be as long as the file system allows', async () => {
  const scene = newScene('0.12.3-mysql-hard', 'backup.zip');
  const stems = ['n'.repeat(251), `${'ü'.repeat(125)}x`, `${'😀'.repeat(62)}xyz`];
  for (const stem of stems) {
    const report = await upgrade(scene.input, scene.path(`${stem}.zip`), options(scene));
    expect(Buffer.byteLength(`${stem}.zip`)).toBe(255);
    for (const path of [report.output.path, report.output.nextSteps, report.output.afterRestoreSql]) {
      expect(existsSync(path ?? '')).toBe(true);
    }
  }
  expect(scene.outputs.length).toBe(3 * stems.length);
  const tooLong = upgrade(scene.input, scene.path(`${'n'.repeat(252)}.zip`), options(scene));
  await expect(tooLong).rejects.toThrow(/name is too long/);
});
