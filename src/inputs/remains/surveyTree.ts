/** Lists the folders and files of a server's remains in one walk, without entering repositories. */
import { InputError } from '../../core/errors.js';
import { contentOf } from '../../files/contentOf.js';
import { type FileTree, folderOf, foldersAbove, lastPart, type TreeEntry } from '../../files/FileTree.js';
import { IniDocument } from '../../formats/ini/IniDocument.js';
import { MAX_CONFIG_BYTES } from '../../gogs/layout.js';
import { type ConfigProgram, programOfSettings } from '../../gogs/settings/programOfSettings.js';

export interface TreeSurvey {
  /** Sizes in bytes, by path. */
  readonly files: ReadonlyMap<string, number>;
  readonly folders: ReadonlySet<string>;
  /** The app.ini that are not of Gogs, by path. */
  readonly otherConfigs: ReadonlyMap<string, Exclude<ConfigProgram, 'Gogs'>>;
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
  const otherConfigs = new Map<string, Exclude<ConfigProgram, 'Gogs'>>();
  const links = new Set<string>();
  const unreadable: string[] = [];
  const onUnreadable = (path: string): void => void unreadable.push(path);
  const enters = (folder: string): boolean => {
    // A tar may have its files without their folders.
    seeFolder(folder);
    return !NOT_SEARCHED.test(folder);
  };
  for await (const entry of tree.walk({ enters, onUnreadable, signal })) {
    const { path, kind, bytes } = entry;
    for (const folder of foldersAbove(path)) seeFolder(folder);
    if (kind === 'folder') seeFolder(path);
    else if (kind === 'link') links.add(path);
    else if (kind === 'file' && files.size < MOST_FILES) files.set(path, bytes);
    // Now, because another walk through a tar takes as long.
    const program = kind === 'file' && lastPart(path) === 'app.ini' ? await programOf(entry) : 'Gogs';
    if (program !== 'Gogs') otherConfigs.set(path, program);
  }
  return { files, folders, otherConfigs, repositoryRoots, links, unreadable };
}

/** Gogs if it cannot be read: whoever needs it says so. */
async function programOf(config: TreeEntry): Promise<ConfigProgram> {
  if (config.bytes > MAX_CONFIG_BYTES) return 'Gogs';
  try {
    return programOfSettings(IniDocument.parse(await contentOf(config), { inlineComments: true }));
  } catch (error) {
    if (error instanceof InputError) return 'Gogs';
    throw error;
  }
}

/** The paths of the app.ini that may be of Gogs. */
export const configsIn = (survey: TreeSurvey): string[] =>
  filesNamed(survey, 'app.ini').filter((path) => !survey.otherConfigs.has(path));

/** The files with this name, by path. */
export function filesNamed({ files }: TreeSurvey, name: string | RegExp): string[] {
  return [...files.keys()].filter((path) =>
    typeof name === 'string' ? lastPart(path) === name : name.test(lastPart(path)),
  );
}
