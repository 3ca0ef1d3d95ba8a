/** Packs the files of a Gogs installation into the archive that `gogs backup` would have made of them. */
import { fileSink } from '../../files/ByteSink.js';
import { type FileTree, isWithin, joinPath } from '../../files/FileTree.js';
import { OpenFile } from '../../files/OpenFile.js';
import { type NewEntry, ZipWriter } from '../../formats/zip/ZipWriter.js';
import { CONFIG, CUSTOM, DATA, REPOSITORIES } from '../../gogs/layout.js';
import type { DataFolder, Installation } from './findInstallation.js';
import { type PackEntryOptions, type PackListener, packEntry } from './packEntry.js';
import type { KeptFiles } from './TreeContext.js';

export interface GogsFiles {
  readonly installation: Installation;
  readonly data: ReadonlyMap<DataFolder, string>;
  /** Files of the database, which are not part of a backup. */
  readonly database: readonly string[];
  /** Undefined if there are none. */
  readonly repositories: { readonly tree: FileTree; readonly path: string; readonly name: string } | undefined;
}

export interface PackOptions extends PackListener {
  readonly keeps: KeptFiles;
  readonly signal: AbortSignal | undefined;
}

const FOLDER_MODE = 0o755;
const FILE_MODE = 0o644;

export interface PackedSizes {
  /** Of all files, as they are. */
  readonly bytes: number;
  /** Of those in the repositories. */
  readonly repositoryBytes: number;
}

/** Writes the archive to a new file at `target`. Memory does not grow with the files. */
export async function packGogs(
  tree: FileTree,
  files: GogsFiles,
  target: string,
  { keeps, ...options }: PackOptions,
): Promise<PackedSizes> {
  const file = OpenFile.open(target, 'wx', 0o600);
  try {
    const zip = new ZipWriter(fileSink(file, target), { fromDisk: true, signal: options.signal });
    let bytes = 0;
    const onBytes = (packed: number): void => {
      bytes += packed;
      options.onBytes(packed);
    };
    const counting = { ...options, onBytes, listOnly: keeps === 'names', configOnly: keeps === 'config' };
    await packFiles(tree, files, zip, counting);
    const before = bytes;
    if (files.repositories !== undefined && !counting.configOnly)
      await packRepositories(files.repositories, zip, REPOSITORIES, counting);
    await zip.finish();
    return { bytes, repositoryBytes: bytes - before };
  } finally {
    await file.close();
  }
}

interface CountingOptions extends PackEntryOptions {
  readonly configOnly: boolean;
  readonly signal: AbortSignal | undefined;
}

async function packFiles(tree: FileTree, files: GogsFiles, zip: ZipWriter, options: CountingOptions): Promise<void> {
  const { configOnly, signal } = options;
  const { config, custom } = files.installation;
  const roots = [config, ...(configOnly ? [] : [custom, ...files.data.values()])].filter((path) => path !== undefined);
  const nameOf = (path: string): string | undefined =>
    configOnly && path !== config ? undefined : nameInBackup(path, tree, files);
  const enters = (path: string): boolean => roots.some((root) => isWithin(root, path)) || nameOf(path) !== undefined;
  for await (const entry of tree.walk({ enters, signal })) {
    const name = nameOf(entry.path);
    if (name !== undefined) await packEntry(tree.name, zip, entry, name, options);
  }
}

/** Undefined for a file that has no place in a backup. */
function nameInBackup(path: string, tree: FileTree, files: GogsFiles): string | undefined {
  const { installation, data, database, repositories } = files;
  for (const [name, folder] of data) {
    if (isWithin(path, folder)) return `${DATA}${joinPath(name, path.slice(folder.length + 1))}`;
  }
  const { config, custom, notCustom } = installation;
  if (path === config) return CONFIG;
  if (custom === undefined || !isWithin(path, custom) || database.includes(path)) return undefined;
  if (notCustom.some((folder) => isWithin(path, folder))) return undefined;
  if (repositories?.tree === tree && isWithin(path, repositories.path)) return undefined;
  return joinPath(CUSTOM.slice(0, -1), custom === '' ? path : path.slice(custom.length + 1));
}

/** `archiveName`: the name of the zip in the archive. */
export async function packRepositories(
  { tree, path, name }: NonNullable<GogsFiles['repositories']>,
  zip: ZipWriter,
  archiveName: string,
  options: PackEntryOptions & { readonly signal: AbortSignal | undefined },
): Promise<void> {
  const enters = (folder: string): boolean => isWithin(folder, path) || isWithin(path, folder);
  let archive: { readonly entry: NewEntry; readonly zip: ZipWriter } | undefined;
  for await (const found of tree.walk({ enters, signal: options.signal })) {
    if (!isWithin(found.path, path)) continue;
    const inside = path === '' ? found.path : found.path.slice(path.length + 1);
    if (archive === undefined) {
      const { modified } = found;
      // Its content is already compressed; deflating it again would take time and save nothing.
      const entry = zip.beginEntry(archiveName, { mode: FILE_MODE, modified, store: true });
      archive = { entry, zip: new ZipWriter(inOrder(entry), { fromDisk: true, signal: options.signal }) };
      if (inside !== '') await archive.zip.addFolder(name, { mode: FOLDER_MODE, modified });
    }
    await packEntry(tree.name, archive.zip, found, joinPath(name, inside), options);
  }
  await archive?.zip.finish();
  await archive?.entry.finish();
}

/** A ZipWriter that copies no entries writes from front to back. */
const inOrder = (entry: NewEntry): ConstructorParameters<typeof ZipWriter>[0] => ({
  writeAt: (bytes) => entry.append(bytes),
  copyFrom: () => Promise.reject(new Error('a packed archive has no kept entries')),
});
