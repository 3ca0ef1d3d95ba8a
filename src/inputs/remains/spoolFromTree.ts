/** Copies files of a tree into a temporary folder. */
import { join } from 'node:path';
import { Readable } from 'node:stream';
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

/** The path of a file, if the tree is on disk. */
export const placeOnDisk = (tree: FileTree, path: string): string | undefined =>
  tree instanceof FolderTree ? tree.placeOf(path) : undefined;
