import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { contentOf } from '../../src/files/contentOf.js';
import type { WalkOptions } from '../../src/files/FileTree.js';
import { FolderTree } from '../../src/files/FolderTree.js';
import { temporaryFolder } from '../support/fixtures.js';

const root = temporaryFolder();
let count = 0;

/** `path kind` of every entry, in order. */
async function walk(folder: string, options: WalkOptions = {}): Promise<string[]> {
  const found: string[] = [];
  for await (const { path, kind } of (await FolderTree.open(folder, folder)).walk(options))
    found.push(`${path} ${kind}`);
  return found;
}

function newFolder(): string {
  const folder = join(root, `${count++}`);
  mkdirSync(folder);
  return folder;
}

test('a walk yields each folder before its content, in an order independent of the disk', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'b', 'deep'), { recursive: true });
  for (const file of ['c', 'a', 'b/deep/file', 'b/A']) writeFileSync(join(folder, file), file);
  expect(await walk(folder)).toEqual(['a file', 'b folder', 'b/A file', 'b/deep folder', 'b/deep/file file', 'c file']);
  expect(await walk(folder, { enters: (path) => path !== 'b' })).toEqual(['a file', 'b folder', 'c file']);
});

test('links are followed within the folder, but never out of it and not in cycles', async () => {
  const [folder, outside] = [newFolder(), newFolder()];
  mkdirSync(join(folder, 'real', 'deep'), { recursive: true });
  writeFileSync(join(folder, 'real', 'file'), 'content');
  symlinkSync('real', join(folder, 'also'));
  symlinkSync('..', join(folder, 'real', 'up'));
  symlinkSync('../..', join(folder, 'real', 'deep', 'top'));
  symlinkSync(outside, join(folder, 'out'));
  symlinkSync('nowhere', join(folder, 'gone'));
  const inside = (name: string): string[] => [
    `${name} folder`,
    `${name}/deep folder`,
    `${name}/deep/top link`,
    `${name}/file file`,
    `${name}/up link`,
  ];
  expect(await walk(folder)).toEqual([...inside('also'), 'gone link', 'out link', ...inside('real')]);
});

test('content is the same when read at once and in pieces, and a file that grew meanwhile is an error', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'small'), 'x'.repeat(1000));
  writeFileSync(join(folder, 'large'), 'y'.repeat(3_000_000));
  for await (const entry of (await FolderTree.open(folder, 'work')).walk()) {
    const now = entry.contentNow?.();
    const later = await contentOf(entry);
    expect(later.length).toBe(entry.bytes);
    if (entry.path === 'small') expect(now?.equals(later)).toBe(true);
    else expect(now).toBeUndefined();
    writeFileSync(join(folder, entry.path), 'more', { flag: 'a' });
    if (entry.path === 'small') expect(() => entry.contentNow?.()).toThrow(/work\/small: it changed while it was read/);
  }
});

const isRoot = process.getuid?.() === 0;

test('an unreadable folder is an error that names it, unless there is a handler for it', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'lost+found'));
  writeFileSync(join(folder, 'lost+found', 'x'), '');
  writeFileSync(join(folder, 'z'), '');
  chmodSync(join(folder, 'lost+found'), 0);
  for (const place of [root, folder]) chmodSync(place, 0o755);
  const before = process.geteuid?.();
  // Root can enter every folder.
  if (isRoot) process.seteuid?.(65_534);
  try {
    await expect(walk(folder)).rejects.toThrow(/lost\+found: permission is denied/);
    const unreadable: string[] = [];
    expect(await walk(folder, { onUnreadable: (path) => unreadable.push(path) })).toEqual([
      'lost+found folder',
      'z file',
    ]);
    expect(unreadable).toEqual(['lost+found']);
  } finally {
    if (isRoot && before !== undefined) process.seteuid?.(before);
  }
});
