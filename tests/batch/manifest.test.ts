import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { BatchState } from '../../src/batch/BatchState.js';
import { MANIFEST, updateManifest } from '../../src/batch/manifest.js';
import { temporaryFolder } from '../support/fixtures.js';

const folder = temporaryFolder();
const NAMES = ['plain.zip', 'with space.zip', 'ümlaut.zip', 'back\\slash.zip', 'new\nline.zip', '*star.zip'];

function write(name: string, text: string): { path: string; bytes: number; sha256: string } {
  writeFileSync(join(folder, name), text);
  return { path: name, bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') };
}

const check = (): number | null =>
  spawnSync('sha256sum', ['--strict', '--quiet', '-c', MANIFEST], { cwd: folder }).status;

test('sha256sum accepts every name that a file can have', async () => {
  const state = await BatchState.open(folder);
  await updateManifest(
    state,
    NAMES.map((name) => write(name, name)),
  );
  expect(check()).toBe(0);
  writeFileSync(join(folder, 'new\nline.zip'), 'tampered with');
  expect(check()).toBe(1);
});

test('a later batch replaces the lines of its own outputs, keeps the others, and drops those of missing files', async () => {
  const state = await BatchState.open(folder);
  rmSync(join(folder, 'plain.zip'));
  await updateManifest(state, [write('new\nline.zip', 'again'), write('later.zip', 'later')]);
  expect(check()).toBe(0);
  expect(readFileSync(join(folder, MANIFEST), 'utf8').trim().split('\n').length).toBe(NAMES.length);
});

test('batches that end at the same time keep each other’s lines', async () => {
  const state = await BatchState.open(folder);
  const more = Array.from({ length: 8 }, (_, i) => write(`parallel-${i}.zip`, `${i}`));
  await Promise.all(more.map((file) => updateManifest(state, [file])));
  const text = readFileSync(join(folder, MANIFEST), 'utf8');
  expect(more.filter(({ path }) => !text.includes(path))).toEqual([]);
});
