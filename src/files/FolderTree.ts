/** The files of a folder on disk. Links are followed if they lead to another place in the folder, but never out of it. */
import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { InputError } from '../core/errors.js';
import { handledLater } from '../core/handledLater.js';
import { errorCode, inputError } from '../core/systemErrors.js';
import { diskPath, nameOfBytes } from './byteNames.js';
import { type FileTree, isWithin, joinPath, type TreeEntry, type WalkOptions } from './FileTree.js';
import { texts } from './texts.js';

/** Files up to this size are read with synchronous calls: four asynchronous calls take longer than the calls themselves. */
const SMALL = 256 * 1024;
const CHUNK_BYTES = 1024 * 1024;
/** Number of entries between two yields to the event loop. */
const AT_ONCE = 256;

export class FolderTree implements FileTree {
  readonly name: string;
  readonly #root: string;
  readonly #mountedAt: string | undefined;
  /** Targets of the other system's absolute links, by the paths of the links. */
  readonly #moved = new Map<string, string>();

  private constructor(root: string, name: string, mountedAt: string | undefined) {
    this.#root = root;
    this.name = name;
    this.#mountedAt = mountedAt;
  }

  /**
   * `name` is used in errors. `mountedAt`: the path at which the folder was mounted on another system, whose absolute links
   * lead into it.
   */
  static async open(path: string, name: string, mountedAt?: string): Promise<FolderTree> {
    try {
      return new FolderTree(await realpath(path), name, mountedAt);
    } catch (error) {
      throw inputError(name, error);
    }
  }

  /** The path on disk of an entry. Throws InputError if it is not UTF-8, because it goes to libraries that take texts. */
  placeOf(path: string): string {
    if (typeof diskPath(path) !== 'string') throw notUtf8(joinPath(this.name, path));
    for (const [link, real] of this.#moved) {
      if (isWithin(path, link)) return join(real, ...path.slice(link.length).split('/'));
    }
    return join(this.#root, ...path.split('/'));
  }

  /**
   * Uses synchronous calls: if the folder is cached by the system, each takes a few microseconds, a tenth of the time of
   * awaiting it.
   */
  async *walk({ enters = () => true, onUnreadable, signal }: WalkOptions = {}): AsyncGenerator<TreeEntry, void, void> {
    // The folders on the path of an entry, from the root.
    const levels: Level[] = [{ path: '', real: this.#root, names: this.#list('', this.#root, onUnreadable), next: 0 }];
    for (let count = 0; ; count++) {
      const level = levels.at(-1);
      if (level === undefined) return;
      const name = level.names[level.next++];
      if (name === undefined) {
        levels.pop();
        continue;
      }
      if (count % AT_ONCE === 0) {
        // Yield to timers and signals.
        await setImmediate();
        signal?.throwIfAborted();
      }
      const entry = this.#statEntry(joinPath(level.path, name), `${level.real}${sep}${name}`);
      // A live server removes files during the walk.
      if (entry === undefined) continue;
      const { path, real } = entry;
      const inCircle = entry.isFollowed && levels.some((above) => above.real === real);
      yield inCircle ? { ...entry, kind: 'link' } : entry;
      if (entry.kind !== 'folder' || inCircle || !enters(path)) continue;
      levels.push({ path, real, names: this.#list(path, real, onUnreadable), next: 0 });
    }
  }

  /** In an order independent of the disk, so that the same files give the same output. */
  #list(path: string, real: string, onUnreadable: WalkOptions['onUnreadable']): string[] {
    try {
      const names = readdirSync(diskPath(real));
      const areTexts = names.every((name) => !name.includes('\ufffd'));
      return (areTexts ? names : readdirSync(diskPath(real), 'buffer').map(nameOfBytes)).sort();
    } catch (error) {
      if (onUnreadable === undefined) throw inputError(joinPath(this.name, path), error);
      onUnreadable(path);
      return [];
    }
  }

  #statEntry(path: string, place: string): FoundEntry | undefined {
    try {
      const found = lstatSync(diskPath(place));
      if (!found.isSymbolicLink()) return this.#entryOf(path, found, place, false);
      const real = this.#targetOf(path, place);
      if (real === undefined) return this.#entryOf(path, found, place, false);
      return this.#entryOf(path, statSync(diskPath(real)), real, true);
    } catch (error) {
      if (path.includes('\ufffd')) throw notUtf8(joinPath(this.name, path));
      if (errorCode(error) === 'ENOENT') return undefined;
      throw inputError(joinPath(this.name, path), error);
    }
  }

  #entryOf(path: string, found: Stats, real: string, isFollowed: boolean): FoundEntry {
    const { size, mode, mtimeMs } = found;
    const name = joinPath(this.name, path);
    const isSmall = size <= SMALL;
    return {
      path,
      real,
      isFollowed,
      kind: kindOf(found),
      mode: mode & 0o7777,
      modified: new Date(mtimeMs),
      bytes: found.isFile() ? size : 0,
      beginning: async (bytes) => readBeginning(real, name, Math.min(bytes, size)),
      contentNow: () => (isSmall ? readSmall(real, name, size) : undefined),
      content: () => (isSmall ? readSmallLater(real, name, size) : readLarge(real, name, size)),
    };
  }

  /** The target of a link within the folder; undefined if it leads elsewhere. */
  #targetOf(path: string, place: string): string | undefined {
    const real = realpathOf(place);
    if (this.#holds(real)) return real;
    const mountedAt = this.#mountedAt;
    const target = nameOfBytes(readlinkSync(diskPath(place), 'buffer'));
    if (mountedAt === undefined || !target.startsWith(`${mountedAt}/`)) return undefined;
    const moved = realpathOf(this.#root + target.slice(mountedAt.length));
    if (!this.#holds(moved)) return undefined;
    this.#moved.set(path, moved);
    return moved;
  }

  #holds(place: string): boolean {
    return place.startsWith(this.#root + sep);
  }
}

interface FoundEntry extends TreeEntry {
  /** Its real path. */
  readonly real: string;
  /** True for the target of a link. */
  readonly isFollowed: boolean;
}

/** A folder whose entries are being walked. */
interface Level {
  readonly path: string;
  readonly real: string;
  readonly names: readonly string[];
  next: number;
}

function kindOf(found: Stats): TreeEntry['kind'] {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'folder';
  return found.isSymbolicLink() ? 'link' : 'other';
}

/** Empty for a broken link. */
function realpathOf(place: string): string {
  try {
    return nameOfBytes(realpathSync.native(diskPath(place), 'buffer'));
  } catch {
    return '';
  }
}

/** Also opens an empty file, which may be unreadable. */
function readBeginning(path: string, name: string, size: number): Buffer {
  try {
    const file = openSync(diskPath(path), 'r');
    try {
      const bytes = Buffer.allocUnsafe(size);
      return bytes.subarray(0, size === 0 ? 0 : readSync(file, bytes, 0, size, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw inputError(name, error);
  }
}

function readSmall(path: string, name: string, size: number): Buffer {
  // One byte more shows whether the file has grown.
  const bytes = Buffer.allocUnsafe(size + 1);
  let read = 0;
  try {
    const file = openSync(diskPath(path), 'r');
    try {
      for (let got = -1; got !== 0 && read !== size; read += got) {
        got = readSync(file, bytes, read, bytes.length - read, read);
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw inputError(name, error);
  }
  if (read !== size) throw changed(name);
  return bytes.subarray(0, size);
}

async function* readSmallLater(path: string, name: string, size: number): AsyncGenerator<Buffer, void, void> {
  if (size > 0) yield readSmall(path, name, size);
}

async function* readLarge(path: string, name: string, size: number): AsyncGenerator<Buffer, void, void> {
  const file = await open(diskPath(path), 'r').catch((error: unknown) => {
    throw inputError(name, error);
  });
  try {
    let left = size;
    // Reads the next piece while the current one is processed.
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

const notUtf8 = (name: string): InputError => new InputError(texts().nameNotUtf8({ name: JSON.stringify(name) }));

const changed = (name: string): InputError => new InputError(texts().changed({ name }));
