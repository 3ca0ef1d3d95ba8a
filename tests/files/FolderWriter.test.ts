import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { InputError, OutputError } from '../../src/core/errors.js';
import { FolderWriter } from '../../src/files/FolderWriter.js';
import { temporaryFolder } from '../support/fixtures.js';

const scratch = temporaryFolder();
const modified = new Date('2020-02-03T04:05:06Z');

test('files and folders, also empty ones, have their modes and times', async () => {
  const path = join(scratch, 'modes');
  const writer = await FolderWriter.create(path);
  writer.addFolder('a/', { mode: 0o755, modified });
  writer.addFolder('a/empty/', { mode: 0o750, modified });
  writer.addFile('a/run', Buffer.from('#!/bin/sh\n'), { mode: 0o755, modified });
  writer.addFile('a/deep/file', Buffer.from('x'), { mode: 0o640, modified });
  await writer.finish();
  expect(existsSync(path)).toBe(false);
  await writer.commit();
  const traits = ['a', 'a/empty', 'a/run', 'a/deep/file'].map((name) => statSync(join(path, name)));
  expect(traits.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['755', '750', '755', '640']);
  for (const { mtime } of traits) expect(mtime).toEqual(modified);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test('modes do not depend on the umask', async () => {
  const before = process.umask(0o777);
  try {
    const writer = await FolderWriter.create(join(scratch, 'umask'));
    writer.addFile('deep/file', Buffer.from('x'));
    await writer.finish();
    await writer.commit();
  } finally {
    process.umask(before);
  }
  expect(statSync(join(scratch, 'umask', 'deep')).mode & 0o777).toBe(0o700);
  expect(statSync(join(scratch, 'umask', 'deep', 'file')).mode & 0o777).toBe(0o600);
});

test.each(['../out', 'a/../../out', '/etc/passwd', 'a//b', './x', 'a/\0b', '..'])(
  'nothing is written outside the folder: %j',
  async (path) => {
    const writer = await FolderWriter.create(join(scratch, 'outside'));
    expect(() => writer.addFile(path, Buffer.from('x'))).toThrow(InputError);
    await writer.abort();
    expect(readdirSync(scratch).filter((name) => name.includes('out'))).toEqual([]);
  },
);

test('a link keeps its target within the folder, and becomes a file if it leads out', async () => {
  const path = join(scratch, 'links');
  const writer = await FolderWriter.create(path);
  writer.addLink('repository/HEAD', 'refs/heads/master');
  writer.addLink('repository/out', '../../etc/passwd');
  writer.addLink('repository/absolute', '/etc/passwd');
  writer.addLink('through', 'repository');
  expect(() => writer.addFile('through/x', Buffer.from('x'))).toThrow(InputError);
  await writer.finish();
  await writer.commit();
  expect(readlinkSync(join(path, 'repository', 'HEAD'))).toBe('refs/heads/master');
  expect(readFileSync(join(path, 'repository', 'out'), 'utf8')).toBe('../../etc/passwd');
  expect(statSync(join(path, 'repository', 'absolute')).isFile()).toBe(true);
});

test('an existing folder is never merged into, and an abort leaves nothing', async () => {
  const path = join(scratch, 'taken');
  mkdirSync(path);
  await expect(FolderWriter.create(path)).rejects.toThrow(OutputError);
  const late = join(scratch, 'late');
  const writer = await FolderWriter.create(late);
  writer.addFile('x', Buffer.from('x'));
  await writer.finish();
  mkdirSync(late);
  writeFileSync(join(late, 'theirs'), 'theirs');
  await expect(writer.commit()).rejects.toThrow(OutputError);
  await writer.abort();
  expect(readdirSync(late)).toEqual(['theirs']);
  expect(readdirSync(scratch).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('two entries for one path are an error that names it', async () => {
  const writer = await FolderWriter.create(join(scratch, 'twice'));
  writer.addFile('a/b', Buffer.from('1'));
  expect(() => writer.addFile('a/b', Buffer.from('2'))).toThrow(/an entry of that name already exists/);
  expect(() => writer.addFile('a/b/c', Buffer.from('2'))).toThrow(/an entry of that name already exists/);
  await writer.abort();
});
