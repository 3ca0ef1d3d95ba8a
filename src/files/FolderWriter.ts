/**
 * Writes a tree of files that appears whole or not at all: beside its final place, flushed to disk, then renamed. Never merges
 * into an existing folder.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fchmodSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { lchown, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { InputError, OutputError } from '../core/errors.js';
import { errorCode, outputError } from '../core/systemErrors.js';
import { diskPath } from './byteNames.js';
import { folderOf, isWithin } from './FileTree.js';
import { type FileTraits, type FolderSink, fileMode, folderMode, NO_TRAITS, staysInside } from './FolderSink.js';
import { syncFolder } from './syncFolder.js';
import { texts } from './texts.js';
import { WRITE_SIZE } from './writeSize.js';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

interface OpenFolder {
  readonly path: string;
  traits: FileTraits;
  /** Permissions; undefined if unknown. */
  readonly mode: number | undefined;
}

/** Private unless the traits of an entry say otherwise: backups hold secrets. */
const FILE_MODE = fileMode(NO_TRAITS);
const FOLDER_MODE = folderMode(NO_TRAITS);

export class FolderWriter implements FolderSink {
  /** The folder as given by the user. */
  readonly output: string;
  readonly #place: string;
  readonly #temporary: string;
  readonly #owner: Owner | undefined;
  /** The open folders on the path of the last entry: each gets its mode and time once its last entry is written. */
  #folders: OpenFolder[] = [];
  /** Permission bits that the umask removes from new entries. */
  #umask = 0;
  #bytes = 0;
  #files = 0;
  #committed = false;

  private constructor(output: string, place: string, temporary: string, owner: Owner | undefined) {
    this.output = output;
    this.#place = place;
    this.#temporary = temporary;
    this.#owner = owner;
  }

  /** Throws OutputError if something exists at that path. */
  static async create(output: string, owner?: Owner): Promise<FolderWriter> {
    const place = resolve(output);
    if ((await lstat(place).catch(() => undefined)) !== undefined) {
      throw new OutputError(texts().folderExists({ path: output }));
    }
    const temporary = join(dirname(place), `.${basename(place).slice(0, 200)}.${randomBytes(6).toString('hex')}.part`);
    await mkdir(temporary, { mode: FOLDER_MODE }).catch((error: unknown) => {
      throw outputError(output, error);
    });
    const writer = new FolderWriter(output, place, temporary, owner);
    writer.#guard('.', () => {
      chmodSync(temporary, FOLDER_MODE);
      writer.#umask = umaskIn(temporary);
    });
    return writer;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Creates the parent folders. */
  pathOf(path: string): string {
    if (path === '') return this.#temporary;
    checkPath(path);
    this.#enter(folderOf(path));
    return join(this.#temporary, path);
  }

  addFolder(path: string, traits: FileTraits = NO_TRAITS): void {
    const folder = path.replace(/\/+$/, '');
    checkPath(folder);
    this.#enter(folder, traits);
  }

  addFile(path: string, content: Buffer, traits: FileTraits = NO_TRAITS): void {
    const file = this.#create(path, traits);
    try {
      this.#write(path, file, content);
      this.#setTime(path, file, traits);
    } finally {
      closeSync(file);
    }
  }

  async addStream(path: string, content: AsyncIterable<Buffer>, traits: FileTraits = NO_TRAITS): Promise<void> {
    const file = this.#create(path, traits);
    try {
      for await (const chunk of content) this.#write(path, file, chunk);
      this.#setTime(path, file, traits);
    } finally {
      closeSync(file);
    }
  }

  /** Uses synchronous calls, here and below: most files are small, and an asynchronous call costs as much as writing one. */
  #create(path: string, traits: FileTraits): number {
    checkPath(path);
    this.#enter(folderOf(path));
    const mode = fileMode(traits);
    const place = this.#placeOf(path);
    const file = this.#guard(path, () => openSync(place, 'wx', mode));
    this.#files++;
    if ((mode & this.#umask) !== 0) this.#guard(path, () => fchmodSync(file, mode));
    return file;
  }

  #write(path: string, file: number, bytes: Buffer): void {
    this.#guard(path, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, Math.min(bytes.length - at, WRITE_SIZE));
    });
    this.#bytes += bytes.length;
  }

  #setTime(path: string, file: number, { modified }: FileTraits): void {
    if (modified === undefined) return;
    const seconds = modified.getTime() / 1000;
    this.#guard(path, () => futimesSync(file, seconds, seconds));
  }

  addLink(path: string, target: string): void {
    checkPath(path);
    this.#enter(folderOf(path));
    const inside = staysInside(path, target);
    this.#guard(path, () => {
      const place = this.#placeOf(path);
      if (inside) symlinkSync(target, place);
      else writeFileSync(place, target, { flag: 'wx', mode: FILE_MODE });
    });
  }

  has(path: string): boolean {
    return existsSync(this.#placeOf(path));
  }

  /** The path on disk, for a path with names from `nameOfBytes`. */
  #placeOf(path: string): string | Buffer {
    return diskPath(join(this.#temporary, path));
  }

  async holds(path: string, content: AsyncIterable<Buffer>): Promise<boolean> {
    const file = await open(this.#placeOf(path));
    try {
      let position = 0;
      for await (const chunk of content) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(chunk.length), 0, chunk.length, position);
        if (bytesRead !== chunk.length || !buffer.equals(chunk)) return false;
        position += chunk.length;
      }
      return (await file.stat()).size === position;
    } finally {
      await file.close();
    }
  }

  addWritten(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Creates the folders on a path, and closes those that are not on it. `traits`: those of the last folder. */
  #enter(folder: string, traits?: FileTraits): void {
    let kept = 0;
    for (const { path } of this.#folders) {
      if (!isWithin(folder, path)) break;
      kept++;
    }
    this.#leave(kept);
    for (let length = this.#folders.at(-1)?.path.length ?? -1; length < folder.length && folder !== ''; ) {
      const slash = folder.indexOf('/', length + 1);
      const path = slash < 0 ? folder : folder.slice(0, slash);
      length = path.length;
      const wanted = path === folder && traits !== undefined ? traits : NO_TRAITS;
      this.#folders.push({ path, traits: wanted, mode: this.#guard(path, () => this.#makeFolder(path, wanted)) });
    }
    const last = this.#folders.at(-1);
    if (traits !== undefined && last !== undefined) last.traits = traits;
  }

  /** Returns the permissions that the folder has now; undefined if it already existed. */
  #makeFolder(path: string, traits: FileTraits): number | undefined {
    const place = this.#placeOf(path);
    const mode = folderMode(traits);
    try {
      mkdirSync(place, mode);
    } catch (error) {
      // A file or link of that name must not be followed.
      if (errorCode(error) !== 'EEXIST' || !lstatSync(place).isDirectory()) throw error;
      return undefined;
    }
    if ((mode & this.#umask) !== 0) chmodSync(place, mode);
    return mode;
  }

  #leave(kept: number): void {
    for (const { path, traits, mode } of this.#folders.splice(kept).reverse()) {
      if (traits === NO_TRAITS) continue;
      const place = this.#placeOf(path);
      const { modified } = traits;
      this.#guard(path, () => {
        if (traits.mode !== 0 && folderMode(traits) !== mode) chmodSync(place, folderMode(traits));
        if (modified !== undefined) utimesSync(place, modified, modified);
      });
    }
  }

  #guard<Result>(path: string, action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EEXIST' || code === 'ENOTDIR' || code === 'EISDIR') {
        throw new InputError(texts().nameTaken({ path: JSON.stringify(path) }));
      }
      throw outputError(join(this.output, path), error);
    }
  }

  async finish(): Promise<void> {
    this.#leave(0);
    const owner = this.#owner;
    if (owner !== undefined) {
      await chownTree(this.#temporary, owner).catch((error: unknown) => {
        throw outputError(this.output, error);
      });
    }
    await syncTree(this.#temporary, this.#files).catch((error: unknown) => {
      throw outputError(this.output, error);
    });
  }

  async commit(): Promise<void> {
    try {
      // rename(2) replaces an empty folder that has appeared in the meantime, but nothing else.
      await rename(this.#temporary, this.#place);
      this.#committed = true;
      syncFolder(dirname(this.#place));
    } catch (error) {
      throw outputError(this.output, error);
    }
  }

  async abort(): Promise<void> {
    if (!this.#committed) await rm(this.#temporary, { recursive: true, force: true });
  }
}

/** Throws InputError for a path that leads out of the folder, or that is not a valid file name. */
function checkPath(path: string): void {
  const unfit =
    /(?:^|\/)(?:\.{0,2})(?:\/|$)|\0/.test(path) || (process.platform === 'win32' && /[\\:*?"<>|]/.test(path));
  if (unfit) {
    throw new InputError(texts().badPath({ path: JSON.stringify(path) }));
  }
}

/** The umask, measured on a new folder: process.umask() would change it for a moment. */
function umaskIn(folder: string): number {
  const probe = join(folder, 'probe');
  mkdirSync(probe, 0o777);
  const { mode } = lstatSync(probe);
  rmdirSync(probe);
  return 0o777 & ~mode;
}

const FEW_FILES = 1000;
/** Bytes, because names that are not UTF-8 would not survive as text. */
const BY_BYTES = { withFileTypes: true, encoding: 'buffer' } as const;

const childOf = (folder: string | Buffer, name: Buffer): Buffer =>
  Buffer.concat([Buffer.from(folder as string), Buffer.from(sep), name]);

async function chownTree(path: string | Buffer, owner: Owner): Promise<void> {
  await lchown(path, owner.uid, owner.gid);
  for (const entry of await readdir(path, BY_BYTES)) {
    const child = childOf(path, entry.name);
    if (entry.isDirectory()) await chownTree(child, owner);
    else await lchown(child, owner.uid, owner.gid);
  }
}

/**
 * Flushes a tree to disk. For many files, one call flushes the whole file system, if the system supports that: separate calls
 * take a hundred times as long. For few files such a call would wait for the writes of other programs.
 */
async function syncTree(folder: string, files: number): Promise<void> {
  if (files <= FEW_FILES) return syncEach(folder);
  // Loaded on demand, because every upgrade loads this file.
  const { execFile } = await import('node:child_process');
  try {
    await promisify(execFile)('sync', ['--file-system', folder]);
  } catch {
    await syncEach(folder);
  }
}

async function syncEach(folder: string | Buffer): Promise<void> {
  for (const entry of await readdir(folder, BY_BYTES)) {
    const path = childOf(folder, entry.name);
    if (entry.isDirectory()) await syncEach(path);
    else if (entry.isFile()) {
      const file = await open(path, 'r+');
      await file.sync().finally(() => file.close());
    }
  }
  syncFolder(folder);
}
