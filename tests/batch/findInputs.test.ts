import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { findInputs } from '../../src/batch/findInputs.js';
import { nameOutputs } from '../../src/batch/outputNames.js';
import { UsageError } from '../../src/core/errors.js';
import { SOURCE_FORMS, type SourceForm } from '../../src/core/SourceForm.js';
import { temporaryFolder } from '../support/fixtures.js';

const folder = temporaryFolder();
const outDir = join(folder, 'backups', 'upgraded');

beforeAll(() => {
  for (const name of [
    'backups/a.zip',
    'backups/2020/a.zip',
    'backups/2020/b.SQL',
    'backups/2020/c.sql.gz',
    'backups/2020/notes.txt',
    'backups/2020/._a.zip',
    'backups/.hidden/a.zip',
    'backups/upgraded/a.zip',
    'backups/tables/user.csv',
    'backups/tables/repository.csv',
    'backups/tables/extra.zip',
    'other/x.zip',
  ]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), name);
  }
  symlinkSync(join(folder, 'backups'), join(folder, 'backups', '2020', 'circle'));
  symlinkSync(join(folder, 'other', 'x.zip'), join(folder, 'backups', 'linked.zip'));
});

async function names(places: string[], options: Partial<Parameters<typeof findInputs>[1]> = {}): Promise<string[]> {
  return (await findInputs(places, { outDir, ...options })).map(({ name }) => name);
}

describe('in a folder', () => {
  test('backups are found at any depth, except outputs of a batch, hidden files, and cyclic links', async () => {
    expect(await names([join(folder, 'backups')])).toEqual([
      '2020/a.zip',
      '2020/b.SQL',
      '2020/c.sql.gz',
      'a.zip',
      'linked.zip',
      'tables',
    ]);
  });

  /** What such an input is usually called. */
  const USUAL_NAMES: Readonly<Record<SourceForm, string>> = {
    'gogs backup': 'gogs-backup-20201007.zip',
    'gogs dump': 'gogs-dump-1602028800.zip',
    'SQL dump': 'gogs.sql',
    'CSV files': 'tables.csv.zip',
    'SQLite database': 'gogs.db',
    'Gogs folder': 'gogs.tar.gz',
  };

  test.each(SOURCE_FORMS)('%s: a file with its usual name is found', async (form) => {
    const place = join(folder, 'usual', form.replace(' ', '-'));
    const path = join(place, USUAL_NAMES[form]);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    expect(await names([place])).toHaveLength(1);
  });

  test('names do not depend on the location of the folder or the working directory', async () => {
    const there = join(folder, 'backups');
    expect(await names([relative(process.cwd(), there)])).toEqual(await names([`${there}/`]));
  });
});

test('a pattern takes all matches, named relative to the beginning of the pattern', async () => {
  expect(await names([join(folder, 'backups', '20*', '*.{txt,zip}')])).toEqual(['2020/a.zip', '2020/notes.txt']);
});

test('a pattern that matches a folder takes its backups, as a shell would', async () => {
  expect(await names([join(folder, 'backups', '20*')])).toEqual(['2020/a.zip', '2020/b.SQL', '2020/c.sql.gz']);
});

test('a file is named by its full path, unless there is a base', async () => {
  const file = join(folder, 'backups', '2020', 'a.zip');
  expect(await names([file])).toEqual([file.slice(1)]);
  expect(await names([file], { base: folder })).toEqual(['backups/2020/a.zip']);
  await expect(names([file], { base: join(folder, 'other') })).rejects.toThrow(/--base .*other contains none/);
});

test('an input named twice is taken once', async () => {
  const file = join(folder, 'other', 'x.zip');
  expect(await names([join(folder, 'other'), file, join(folder, 'other', '*.zip')])).toEqual(['x.zip']);
});

test.each([
  ['lines', '\n'],
  ['lines of Windows', '\r\n'],
  ['NUL, as find -print0 writes', '\0'],
])('a list on standard input may be separated by %s', async (_, separator) => {
  const list = [join(folder, 'other', 'x.zip'), join(folder, 'backups', 'a.zip'), ''].join(separator);
  const stdin = Readable.from([list.slice(0, 20), list.slice(20)]);
  expect(await names(['-'], { base: folder, stdin })).toEqual(['backups/a.zip', 'other/x.zip']);
});

test('a listed file that does not exist is still an input, so that its failure is reported', async () => {
  const list = join(folder, 'list.txt');
  writeFileSync(list, 'gone.zip\n');
  expect(await names([], { fromFiles: [list] })).toEqual(['gone.zip']);
});

test('no inputs, or a missing list, are reported before any work', async () => {
  await expect(names([join(folder, 'backups', 'upgraded')])).rejects.toThrow(UsageError);
  await expect(names([], { fromFiles: [join(folder, 'nowhere')] })).rejects.toThrow(/Cannot read the list of inputs/);
});

describe('outputs', () => {
  const input = (name: string): { path: string; name: string; bytes: number } => ({ path: name, name, bytes: 0 });

  test('have distinct names, even if inputs of different kinds are side by side', () => {
    const inputs = ['x/a.zip', 'x/a.sql', 'x/a.sql.gz', 'x/b'].map(input);
    const byFormat = (['sql', 'csv'] as const).map((format) => nameOutputs(inputs, format).map(({ output }) => output));
    expect(nameOutputs(inputs.slice(0, 3), 'zip').map(({ output }) => output)).toEqual([
      'x/a.zip',
      'x/a.sql.zip',
      'x/a.sql.gz.zip',
    ]);
    expect(byFormat.map((outputs) => new Set(outputs).size)).toEqual([4, 4]);
  });

  test('that two inputs would share are rejected, and both are named', () => {
    expect(() => nameOutputs([input('x/a'), input('x/a.zip')], 'zip')).toThrow(/x\/a and x\/a\.zip would both/);
  });
});
