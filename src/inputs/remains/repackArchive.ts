/** Packs an unpacked backup or dump, so that it can be read like the original. */
import { fileSink } from '../../files/ByteSink.js';
import { type FileTree, isWithin, joinPath, lastPart } from '../../files/FileTree.js';
import { OpenFile } from '../../files/OpenFile.js';
import { ZipWriter } from '../../formats/zip/ZipWriter.js';
import { DUMP_REPOSITORIES, REPOSITORIES, ROOT } from '../../gogs/layout.js';
import type { RepackedFiles } from '../ArchiveFiles.js';
import { packEntry } from './packEntry.js';
import { packRepositories } from './packGogs.js';
import { placeOnDisk } from './spoolFromTree.js';
import type { TreeContext } from './TreeContext.js';

/** The zips of the repositories: large, and readable where they are. */
const IN_PLACE: ReadonlySet<string> = new Set([REPOSITORIES, DUMP_REPOSITORIES]);
/** Files that operating systems leave in folders. */
const NOTES = /(?:^|\/)(?:__MACOSX|\.DS_Store|Thumbs\.db|\._[^/]*)(?:\/|$)/;

/** Of repositories.zip, if it is only listed: enough for the name of its first folder. */
const BEGINNING_BYTES = 4096;

export interface UnpackedArchive {
  /** The folder of metadata.ini or gogs-db.sql. */
  readonly root: string;
  readonly isBackup: boolean;
  /** The folder of the repositories, if their zip was unpacked, too, and is gone. */
  readonly repositories: string | undefined;
}

export async function repackArchive(
  tree: FileTree,
  { root, isBackup, repositories }: UnpackedArchive,
  target: string,
  { keeps, onBytes, signal }: Pick<TreeContext, 'keeps' | 'onBytes' | 'signal'>,
): Promise<RepackedFiles> {
  const file = OpenFile.open(target, 'wx', 0o600);
  try {
    const zip = new ZipWriter(fileSink(file, target), { fromDisk: true, signal });
    const enters = (folder: string): boolean => isWithin(folder, root) || isWithin(root, folder);
    // An unpacked archive contains no links or special files.
    let bytes = 0;
    let repositoriesAt: string | undefined;
    const count = (packed: number): void => {
      bytes += packed;
      onBytes(packed);
    };
    const options = { onBytes: count, onLeftOut: () => undefined, listOnly: keeps !== 'contents' };
    for await (const entry of tree.walk({ enters, signal })) {
      const inside = root === '' ? entry.path : entry.path.slice(root.length + 1);
      if (inside === '' || !isWithin(entry.path, root) || NOTES.test(inside)) continue;
      if (repositories !== undefined && isWithin(entry.path, repositories)) continue;
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
    if (repositories === undefined) {
      await zip.finish();
      return { bytes, files: { repositoriesAt } };
    }
    const before = bytes;
    const from = { tree, path: repositories, name: lastPart(repositories) };
    await packRepositories(from, zip, isBackup ? REPOSITORIES : DUMP_REPOSITORIES, { ...options, signal });
    await zip.finish();
    const listedRepositoryBytes = options.listOnly ? bytes - before : undefined;
    return { bytes, files: { isJustPacked: true, listedRepositoryBytes } };
  } finally {
    await file.close();
  }
}
