/** Packs one file or folder of a tree, or lists it. */
import { InputError } from '../../core/errors.js';
import { contentOf } from '../../files/contentOf.js';
import { joinPath, type TreeEntry } from '../../files/FileTree.js';
import { nameProblem } from '../../formats/zip/nameProblem.js';
import type { ZipWriter } from '../../formats/zip/ZipWriter.js';
import { DATABASE, READ_FILES } from '../../gogs/layout.js';
import { texts } from './texts.js';

/** Files up to this size are packed in one piece. */
const SMALL = 256 * 1024;
/** Already compressed: Git's objects and packs, archives. Deflating them takes time and saves nothing. */
const COMPRESSED =
  /(?:^|\/)objects\/(?:[0-9a-f]{2}\/[0-9a-f]{38}|pack\/[^/]+\.(?:pack|idx|rev|bitmap))$|\.(?:zip|gz|xz|png|jpe?g)$/;

/** What decides about a file that is only listed is in its first bytes: whether it is a database. */
const BEGINNING_BYTES = 16;
/** Files whose content nobody looks into, by their names in archives: Git's objects, uploads. */
const NOT_LOOKED_INTO = /(?:^|\/)objects\/|^(?:gogs-backup\/)?data\/(?:attachments|avatars|repo-avatars|lfs-objects)\//;
export interface PackListener {
  /** Called for a link or special file, which has no place in a backup. */
  onLeftOut(path: string): void;
  /** Called with the number of packed bytes. */
  onBytes(bytes: number): void;
}

export interface PackEntryOptions extends PackListener {
  /** Only list the files whose content nobody looks into, and large ones. */
  readonly listOnly: boolean;
}

/** Files that are read whatever their size. */
const isRead = (name: string): boolean => READ_FILES.some((each) => each === name) || name.startsWith(DATABASE);

/** `treeName`: the name of the tree for errors. */
export async function packEntry(
  treeName: string,
  zip: ZipWriter,
  entry: TreeEntry,
  name: string,
  { onLeftOut, onBytes, listOnly }: PackEntryOptions,
): Promise<void> {
  const { path, kind, mode, modified, bytes } = entry;
  if (kind === 'link' || kind === 'other') {
    onLeftOut(path);
    return;
  }
  const problem = nameProblem(name);
  if (problem !== undefined) {
    throw new InputError(texts().cannotPack({ path: JSON.stringify(joinPath(treeName, path)), problem }));
  }
  if (kind === 'folder') {
    await zip.addFolder(name, { mode, modified });
    return;
  }
  const options = { mode, modified, store: COMPRESSED.test(path) };
  if (listOnly && !isRead(name) && (bytes > SMALL || NOT_LOOKED_INTO.test(name))) {
    await zip.addListed(name, await entry.beginning(BEGINNING_BYTES), bytes, options);
    onBytes(bytes);
    return;
  }
  if (bytes <= SMALL) {
    await zip.addBuffer(name, entry.contentNow?.() ?? (await contentOf(entry)), options);
    onBytes(bytes);
    return;
  }
  const packed = zip.beginEntry(name, options);
  for await (const chunk of entry.content()) {
    await packed.append(chunk);
    onBytes(chunk.length);
  }
  await packed.finish();
}
