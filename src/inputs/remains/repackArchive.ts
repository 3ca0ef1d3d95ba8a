/** Packs an unpacked backup or dump, so that it can be read like the original. */
import { fileSink } from '../../files/ByteSink.js';
import { type FileTree, isWithin, joinPath } from '../../files/FileTree.js';
import { OpenFile } from '../../files/OpenFile.js';
import { ZipWriter } from '../../formats/zip/ZipWriter.js';
import { DUMP_REPOSITORIES, REPOSITORIES, ROOT } from '../../gogs/layout.js';
import type { RepackedFiles } from '../ArchiveFiles.js';
import { packEntry } from './packEntry.js';
import { placeOnDisk } from './spoolFromTree.js';
import type { TreeContext } from './TreeContext.js';

/** The zips of the repositories: large, and readable where they are. */
const IN_PLACE: ReadonlySet<string> = new Set([REPOSITORIES, DUMP_REPOSITORIES]);
/** Files that operating systems leave in folders. */
const NOTES = /(?:^|\/)(?:__MACOSX|\.DS_Store|Thumbs\.db|\._[^/]*)(?:\/|$)/;

/** Of repositories.zip, if it is only listed: enough for the name of its first folder. */
const BEGINNING_BYTES = 4096;

/** `root`: the folder of metadata.ini or gogs-db.sql. */
export async function repackArchive(
  tree: FileTree,
  root: string,
  isBackup: boolean,
  target: string,
  { keeps, onBytes, signal }: Pick<TreeContext, 'keeps' | 'onBytes' | 'signal'>,
): Promise<RepackedFiles> {
  const file = OpenFile.open(target, 'wx', 0o600);
  try {
    const zip = new ZipWriter(fileSink(file, target), { fromDisk: true, signal });
    const enters = (folder: string): boolean => isWithin(folder, root) || isWithin(root, folder);
    // An unpacked archive contains no links or special files.
    let [bytes, repositoriesAt] = [0, undefined as string | undefined];
    const count = (packed: number): void => {
      bytes += packed;
      onBytes(packed);
    };
    const options = { onBytes: count, onLeftOut: () => undefined, listOnly: keeps !== 'contents' };
    for await (const entry of tree.walk({ enters, signal })) {
      const inside = root === '' ? entry.path : entry.path.slice(root.length + 1);
      if (inside === '' || !isWithin(entry.path, root) || NOTES.test(inside)) continue;
      const name = isBackup ? joinPath(ROOT.slice(0, -1), inside) : inside;
      const place = keeps !== 'contents' && IN_PLACE.has(name) ? placeOnDisk(tree, entry.path) : undefined;
      if (place === undefined) {
        await packEntry(tree.name, zip, entry, name, options);
        continue;
      }
      repositoriesAt = place;
      await zip.addListed(name, await entry.beginning(BEGINNING_BYTES), entry.bytes, entry);
      count(entry.bytes);
    }
    await zip.finish();
    return { bytes, repositoriesAt };
  } finally {
    await file.close();
  }
}
