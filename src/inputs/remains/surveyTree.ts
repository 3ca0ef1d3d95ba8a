/** Lists the folders and files of a server's remains in one walk, without entering repositories. */
import { type FileTree, folderOf, foldersAbove, lastPart } from '../../files/FileTree.js';

export interface TreeSurvey {
  /** Sizes in bytes, by path. */
  readonly files: ReadonlyMap<string, number>;
  readonly folders: ReadonlySet<string>;
  /** Folders that contain `OWNER/NAME.git`, and how many. */
  readonly repositoryRoots: ReadonlyMap<string, number>;
  /** Links that are not followed: they lead out of the tree, or are broken. */
  readonly links: ReadonlySet<string>;
  /** Folders that cannot be read, such as lost+found and SSH host keys. If one is needed, opening it fails. */
  readonly unreadable: readonly string[];
}

/** Folders that say nothing about the location of Gogs: bare repositories, working copies, uploads, sessions. */
const NOT_SEARCHED =
  /(?:^|\/)(?:[^/]+\.git|\.git|local-repo|local-r|local-wiki|attachments|avatars|repo-avatars|lfs-objects|sessions|node_modules)$/;

/** Maximum number of remembered files: a larger folder is not from Gogs, or Gogs is deep inside it. */
const MOST_FILES = 200_000;

/** Docker puts it into the root of every container. */
export const CONTAINER = '.dockerenv';

export async function surveyTree(tree: FileTree, signal: AbortSignal | undefined): Promise<TreeSurvey> {
  const files = new Map<string, number>();
  const folders = new Set<string>();
  const repositoryRoots = new Map<string, number>();
  const seeFolder = (path: string): void => {
    if (folders.has(path)) return;
    folders.add(path);
    if (path.endsWith('.git') && path.includes('/') && !path.endsWith('/.git')) {
      const root = folderOf(folderOf(path));
      repositoryRoots.set(root, (repositoryRoots.get(root) ?? 0) + 1);
    }
  };
  const links = new Set<string>();
  const unreadable: string[] = [];
  const onUnreadable = (path: string): void => void unreadable.push(path);
  const enters = (folder: string): boolean => !NOT_SEARCHED.test(folder);
  for await (const { path, kind, bytes } of tree.walk({ enters, onUnreadable, signal })) {
    for (const folder of foldersAbove(path)) seeFolder(folder);
    if (kind === 'folder') seeFolder(path);
    else if (kind === 'link') links.add(path);
    else if (kind === 'file' && files.size < MOST_FILES) files.set(path, bytes);
  }
  return { files, folders, repositoryRoots, links, unreadable };
}

/** The files with this name, by path. */
export function filesNamed({ files }: TreeSurvey, name: string | RegExp): string[] {
  return [...files.keys()].filter((path) =>
    typeof name === 'string' ? lastPart(path) === name : name.test(lastPart(path)),
  );
}
