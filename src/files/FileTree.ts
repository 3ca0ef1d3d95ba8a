/** Files in folders, wherever they lie: on a disk, in a tar, in a zip. */

export interface TreeEntry {
  /** From the root of the tree, with `/` between its parts and none at its ends. */
  readonly path: string;
  /** `link`: a symbolic link that is not followed. `other`: a socket, a pipe, a device. */
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Of a file's content. */
  readonly bytes: number;
  /** Permission bits, 0o7777. */
  readonly mode: number;
  readonly modified: Date;
  /** The content of a file, from its beginning. Only until the walk goes on. */
  content(): AsyncIterable<Buffer>;
  /** The content of a small file where it can be had without waiting. */
  contentNow?(): Buffer | undefined;
}

export interface WalkOptions {
  /** Whether to look into a folder, by its path; the folder itself is told of either way. */
  readonly enters?: (path: string) => boolean;
  /** Hears of a folder that may not be looked into, in place of an error. */
  readonly onUnreadable?: ((path: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface FileTree {
  /** What errors call it. */
  readonly name: string;
  /** Every entry but the root: a folder's as it stands in the archive, or before what is in it. Can be walked again and again. */
  walk(options?: WalkOptions): AsyncIterable<TreeEntry>;
}

/** The last part of a path. */
export const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The folder of a path; empty for what lies at the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Every folder above a path, from the top. */
export function* foldersAbove(path: string): Generator<string, void, void> {
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) yield path.slice(0, at);
}

/** Joins a folder's path and a name; the root's is empty. */
export const joinPath = (folder: string, name: string): string =>
  folder === '' ? name : name === '' ? folder : `${folder}/${name}`;

/** Whether a path is a folder's or lies within it. */
export const isWithin = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);
