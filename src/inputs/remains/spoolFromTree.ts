/** Copies files of a tree into a folder of our own. */
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FileTree } from '../../files/FileTree.js';
import { FolderTree } from '../../files/FolderTree.js';
import { spoolStream } from '../../files/spoolStream.js';

/** Takes one walk. `nameOf`: what a file is to be called, undefined for those that are not wanted. */
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

/** Where a file lies, if it lies on a disk. */
export const placeOnDisk = (tree: FileTree, path: string): string | undefined =>
  tree instanceof FolderTree ? tree.placeOf(path) : undefined;
