/** The files of a folder on a disk. Links are followed where they lead to another place in it, and never out of it. */
import { closeSync, openSync, readSync, type Stats } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { InputError } from '../core/errors.js';
import { handledLater } from '../core/handledLater.js';
import { errorCode, inputError } from '../core/systemErrors.js';
import { type FileTree, joinPath, type TreeEntry, type WalkOptions } from './FileTree.js';

/** Files up to this size are read at once: waiting for each of four calls takes longer than the calls. */
const SMALL = 256 * 1024;
const CHUNK_BYTES = 1024 * 1024;
/** Files that are looked at side by side. */
const AT_ONCE = 32;

export class FolderTree implements FileTree {
  readonly name: string;
  readonly #root: string;

  private constructor(root: string, name: string) {
    this.#root = root;
    this.name = name;
  }

  /** `name` is what errors call it. */
  static async open(path: string, name: string): Promise<FolderTree> {
    try {
      return new FolderTree(await realpath(path), name);
    } catch (error) {
      throw inputError(name, error);
    }
  }

  /** Where a path of the tree lies. */
  placeOf(path: string): string {
    return join(this.#root, ...path.split('/'));
  }

  async *walk(options: WalkOptions = {}): AsyncGenerator<TreeEntry, void, void> {
    yield* this.#walk('', [this.#root], options);
  }

  /** `above`: the real places of the folder and those that lead to it, for links that lead in a circle. */
  async *#walk(folder: string, above: readonly string[], options: WalkOptions): AsyncGenerator<TreeEntry, void, void> {
    const names = await this.#list(folder);
    for (let i = 0; i < names.length; i += AT_ONCE) {
      options.signal?.throwIfAborted();
      const found = await Promise.all(names.slice(i, i + AT_ONCE).map((name) => this.#lookAt(joinPath(folder, name))));
      for (const entry of found) {
        // A live server removes files.
        if (entry === undefined) continue;
        const real = entry.kind === 'folder' ? entry.real : '';
        yield real !== '' && above.includes(real) ? { ...entry, kind: 'link' } : entry;
        if (real === '' || above.includes(real) || options.enters?.(entry.path) === false) continue;
        yield* this.#walk(entry.path, [...above, real], options);
      }
    }
  }

  /** In an order that does not depend on the disk, so that the same files give the same output. */
  async #list(folder: string): Promise<string[]> {
    try {
      return (await readdir(this.placeOf(folder))).sort();
    } catch (error) {
      throw inputError(joinPath(this.name, folder), error);
    }
  }

  async #lookAt(path: string): Promise<(TreeEntry & { readonly real: string }) | undefined> {
    const place = this.placeOf(path);
    let found: Stats;
    let real = place;
    try {
      found = await lstat(place);
      if (found.isSymbolicLink()) {
        real = await realpath(place).catch(() => '');
        if (!this.#holds(real)) return entryOf(path, 'link', found, real, place);
        found = await stat(real);
      } else if (found.isDirectory()) {
        real = await realpath(place);
      }
    } catch (error) {
      if (path.includes('\ufffd')) throw notUtf8(joinPath(this.name, path));
      if (errorCode(error) === 'ENOENT') return undefined;
      throw inputError(joinPath(this.name, path), error);
    }
    const kind = found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other';
    return entryOf(path, kind, found, real, joinPath(this.name, path));
  }

  #holds(place: string): boolean {
    return place.startsWith(this.#root + sep);
  }
}

function entryOf(
  path: string,
  kind: TreeEntry['kind'],
  { size, mode, mtime }: Stats,
  real: string,
  name: string,
): TreeEntry & { readonly real: string } {
  return {
    ...{ path, kind, real, mode: mode & 0o7777, modified: mtime },
    bytes: kind === 'file' ? size : 0,
    content: () => (size <= SMALL ? readSmall(real, name, size) : readLarge(real, name, size)),
  };
}

async function* readSmall(path: string, name: string, size: number): AsyncGenerator<Buffer, void, void> {
  const bytes = Buffer.allocUnsafe(size + 1);
  let read = 0;
  try {
    const file = openSync(path, 'r');
    try {
      for (let got = -1; got !== 0 && read < bytes.length; read += got) {
        got = readSync(file, bytes, read, bytes.length - read, read);
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw inputError(name, error);
  }
  if (read !== size) throw changed(name);
  if (size > 0) yield bytes.subarray(0, size);
}

async function* readLarge(path: string, name: string, size: number): AsyncGenerator<Buffer, void, void> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw inputError(name, error);
  });
  try {
    let left = size;
    // One piece is read while another is dealt with.
    let next = file.read(Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, left)));
    while (left > 0) {
      const { bytesRead, buffer } = await next.catch((error: unknown) => {
        throw inputError(name, error);
      });
      left -= bytesRead;
      if (bytesRead === 0 || left < 0) throw changed(name);
      if (left > 0) {
        next = handledLater(file.read(Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, left))));
      }
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const notUtf8 = (name: string): InputError =>
  new InputError(
    `Cannot read ${JSON.stringify(name)}: its name is not UTF-8. Rename it on a copy of the folder; a branch or tag of a ` +
      'repository gets rid of such a name by `git pack-refs --all` there.',
  );

const changed = (name: string): InputError =>
  new InputError(`Cannot use ${name}: it changed while it was read. Stop Gogs, or work on a copy.`);
