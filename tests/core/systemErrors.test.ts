import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { expect, test } from '@jest/globals';
import { InputError, OutputError } from '../../src/core/errors.js';
import { explainSystemError, inputError, outputError, reasonOf } from '../../src/core/systemErrors.js';
import { repository, temporaryFolder } from '../support/fixtures.js';

const folder = temporaryFolder();

const failureOf = (path: string, flags: string): Promise<unknown> => open(path, flags).catch((error: unknown) => error);

test('errors describe failures of a real system, and what to do, without error codes', async () => {
  const loop = join(folder, 'loop');
  symlinkSync(loop, loop);
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'file'), '');
  const refused: [string, string, string][] = [
    ['missing', 'r', 'Cannot read missing: there is no such file. Check the path.'],
    ['missing/x', 'w', 'Cannot write missing/x: its folder does not exist. Create it or choose another place.'],
    ['loop', 'r', 'Cannot read loop: links in its path lead in a circle. Name the file itself.'],
    ['file/x', 'r', 'Cannot read file/x: a part of its path is not a folder. Check the path.'],
    ['folder', 'w', 'Cannot write folder: it is a folder. Choose another name.'],
    [
      'x'.repeat(300),
      'r',
      `Cannot read ${'x'.repeat(300)}: its name is too long for the file system. Choose a shorter one.`,
    ],
  ];
  for (const [name, flags, message] of refused) {
    const error = await failureOf(join(folder, name), flags);
    const explained = flags === 'r' ? inputError(name, error) : outputError(name, error);
    expect(explained).toMatchObject({ message, cause: error });
    expect(explained).toBeInstanceOf(flags === 'r' ? InputError : OutputError);
  }
});

test('no system error shows its code', () => {
  for (const [errno, [code]] of getSystemErrorMap()) {
    const error = Object.assign(new Error(`${code}: whatever, read`), { code, errno, syscall: 'read' });
    for (const text of [
      reasonOf(error),
      (inputError('x', error) as Error).message,
      (outputError('x', error) as Error).message,
    ]) {
      expect(text).not.toMatch(/\bE[A-Z]{3,}\b|undefined/);
    }
  }
});

test('other errors, and an abort, are passed on unchanged', () => {
  const bug = new TypeError('x is not a function');
  const abort = Object.assign(new Error('aborted'), { code: 'ABORT_ERR' });
  for (const error of [bug, abort]) {
    expect(inputError('x', error)).toBe(error);
    expect(outputError('x', error)).toBe(error);
  }
  expect(explainSystemError('x', bug)).toBe(bug);
});

test('no other file of the program has its own texts for system errors', () => {
  const source = join(repository, 'src');
  const own = (readdirSync(source, { recursive: true }) as string[]).filter(
    (file) =>
      file.endsWith('.ts') &&
      !['core/systemErrors.ts', 'core/texts/en.ts'].includes(file) &&
      /there is no such file|permission is denied|the disk is full|NodeJS\.ErrnoException/.test(
        readFileSync(join(source, file), 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\//g, ''),
      ),
  );
  expect(own).toEqual([]);
});
