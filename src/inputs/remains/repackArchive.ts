/** Packs an unpacked backup or dump, so that it can be read like the original. */
import { open } from 'node:fs/promises';
import { fileSink } from '../../files/ByteSink.js';
import { type FileTree, isWithin, joinPath } from '../../files/FileTree.js';
import { ZipWriter } from '../../formats/zip/ZipWriter.js';
import { ROOT } from '../../gogs/layout.js';
import { packEntry } from './packEntry.js';
import type { TreeContext } from './TreeContext.js';

/** Files that operating systems leave in folders. */
const NOTES = /(?:^|\/)(?:__MACOSX|\.DS_Store|Thumbs\.db|\._[^/]*)(?:\/|$)/;

/** `root`: the folder of metadata.ini or gogs-db.sql. */
export async function repackArchive(
  tree: FileTree,
  root: string,
  isBackup: boolean,
  target: string,
  { onBytes, signal }: Pick<TreeContext, 'onBytes' | 'signal'>,
): Promise<void> {
  const file = await open(target, 'wx', 0o600);
  try {
    const zip = new ZipWriter(fileSink(file, target), { fromDisk: true, ...(signal === undefined ? {} : { signal }) });
    const enters = (folder: string): boolean => isWithin(folder, root) || isWithin(root, folder);
    // An unpacked archive contains no links or special files.
    const listener = { onBytes, onLeftOut: () => undefined };
    for await (const entry of tree.walk({ enters, signal })) {
      const inside = root === '' ? entry.path : entry.path.slice(root.length + 1);
      if (inside === '' || !isWithin(entry.path, root) || NOTES.test(inside)) continue;
      await packEntry(tree.name, zip, entry, isBackup ? joinPath(ROOT.slice(0, -1), inside) : inside, listener);
    }
    await zip.finish();
  } finally {
    await file.close();
  }
}
