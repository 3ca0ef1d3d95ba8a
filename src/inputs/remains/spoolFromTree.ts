/** Copies files of a tree into a temporary folder. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { SQLITE_COMPANIONS } from '../../engines/sqlite.js';
import type { FileTree } from '../../files/FileTree.js';
import { FolderTree } from '../../files/FolderTree.js';
import { spoolStream } from '../../files/spoolStream.js';

/** Takes one walk. `nameOf`: the name of the copy, or undefined for files that are not needed. */
export async function spoolFromTree(
  tree: FileTree,
  folder: string,
  nameOf: (path: string) => string | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const entry of tree.walk({ signal })) {
    const name = entry.kind === 'file' ? nameOf(entry.path) : undefined;
    if (name === undefined) continue;
    await spoolStream(`${entry.path} in ${tree.name}`, Readable.from(entry.content()), join(folder, name), signal);
  }
}

/**
 * Copies a dump or database, and what belongs to it if it is of SQLite, into a new folder. Returns the path of the copy, which
 * is named anew: libraries that read it take a text, and names need not be UTF-8.
 */
export async function spoolWithCompanions(
  tree: FileTree,
  path: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  await mkdir(folder, { mode: 0o700 });
  const isPart = (file: string): boolean => ['', ...SQLITE_COMPANIONS].some((ending) => file === `${path}${ending}`);
  await spoolFromTree(tree, folder, (file) => (isPart(file) ? `copy${file.slice(path.length)}` : undefined), signal);
  return join(folder, 'copy');
}

/** The path of a file, if the tree is on disk. */
export const placeOnDisk = (tree: FileTree, path: string): string | undefined =>
  tree instanceof FolderTree ? tree.placeOf(path) : undefined;
