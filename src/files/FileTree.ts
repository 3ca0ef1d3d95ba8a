/** Files in folders, on a disk, in a tar or in a zip. */
import { InputError } from '../core/errors.js';
import { texts } from './texts.js';

export interface TreeEntry {
  /** From the root of the tree, with `/` between its parts and no leading or trailing slash. */
  readonly path: string;
  /** `link`: a symbolic link that is not followed. `other`: a socket, a pipe, a device. */
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Size of a file's content. */
  readonly bytes: number;
  /** Permission bits, 0o7777. */
  readonly mode: number;
  readonly modified: Date;
  /** The content of a file, from its beginning. Valid only until the walk continues. */
  content(): AsyncIterable<Buffer>;
  /**
   * The first bytes of a file, or fewer if it is shorter. Fails if the file cannot be read; in an archive also if it is damaged
   * further on.
   */
  beginning(bytes: number): Promise<Buffer>;
  /** The content of a small file, if it is available synchronously. */
  contentNow?(): Buffer | undefined;
}

export interface WalkOptions {
  /** Whether to walk into a folder, by its path; the folder itself is yielded in any case. */
  readonly enters?: (path: string) => boolean;
  /** Called for an unreadable folder, instead of throwing. */
  readonly onUnreadable?: ((path: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface FileTree {
  /** The name for errors. */
  readonly name: string;
  /**
   * Yields every entry but the root. A folder comes where it is in the archive, or before its contents. Can be called
   * repeatedly.
   */
  walk(options?: WalkOptions): AsyncIterable<TreeEntry>;
}

/** The last part of a path. */
export const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The folder of a path; empty for entries at the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** No server nests this deep, and each folder above an entry is looked at. */
const MOST_FOLDERS = 256;

/** Throws InputError for an entry in too many folders. `name`: the archive. */
export function refuseDeep(name: string, path: string): void {
  let count = 0;
  for (let at = path.indexOf('/'); at >= 0 && count <= MOST_FOLDERS; at = path.indexOf('/', at + 1)) count++;
  if (count > MOST_FOLDERS)
    throw new InputError(texts().tooDeep({ name, path: JSON.stringify(path.slice(0, 100)), most: MOST_FOLDERS }));
}

/** Every folder above a path, starting at the top. */
export function* foldersAbove(path: string): Generator<string, void, void> {
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) yield path.slice(0, at);
}

/** Joins a folder's path and a name; the path of the root is empty. */
export const joinPath = (folder: string, name: string): string =>
  folder === '' ? name : name === '' ? folder : `${folder}/${name}`;

/** Whether a path is the folder itself or lies within it. */
export const isWithin = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);
