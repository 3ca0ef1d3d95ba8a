/**
 * A file that appears whole or not at all: written beside its place with mode 0600, flushed to disk, renamed.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, link, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OutputError } from '../errors.js';

export class AtomicFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly #temporary: string;
  readonly #replace: boolean;
  #open = true;

  private constructor(path: string, temporary: string, handle: FileHandle, replace: boolean) {
    this.path = path;
    this.#temporary = temporary;
    this.handle = handle;
    this.#replace = replace;
  }

  /** With `replace` an existing file is replaced when this one is committed; otherwise it is an error, now and then. */
  static async create(path: string, { replace = false } = {}): Promise<AtomicFile> {
    if (!replace && (await exists(path))) throw alreadyThere(path);
    const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
    try {
      return new AtomicFile(path, temporary, await open(temporary, 'wx+', 0o600), replace);
    } catch (error) {
      throw outputError(path, error);
    }
  }

  /** Name of the file while it is being written. */
  get temporaryPath(): string {
    return this.#temporary;
  }

  /** Flushes, closes and gives the file its name. */
  async commit(): Promise<void> {
    try {
      await this.handle.sync();
      await this.#close();
      if (this.#replace) {
        await rename(this.#temporary, this.path);
      } else {
        await this.#linkInPlace();
      }
      await syncFolder(dirname(this.path));
    } catch (error) {
      await this.abort();
      throw error instanceof OutputError ? error : outputError(this.path, error);
    }
  }

  /** Unlike rename, link fails when someone else has put a file there meanwhile. */
  async #linkInPlace(): Promise<void> {
    try {
      await link(this.#temporary, this.path);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw alreadyThere(this.path);
      // FAT and some network file systems know no links.
      await rename(this.#temporary, this.path);
      return;
    }
    await unlink(this.#temporary);
  }

  /** Leaves nothing behind. Can be called at any time, more than once, and does nothing after a commit. */
  async abort(): Promise<void> {
    await this.#close();
    await unlink(this.#temporary).catch(() => undefined);
  }

  async #close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; there the rename is as durable as it gets.
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const alreadyThere = (path: string): OutputError =>
  new OutputError(`Cannot write ${path}: it exists. Choose another name, or allow it to be replaced with --force.`);

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space or choose another disk.',
  EDQUOT: 'the disk quota is used up. Free some space or choose another disk.',
  EFBIG: 'the file would be larger than is allowed here. Raise the limit (ulimit -f) or choose another disk.',
  ENOENT: 'its folder does not exist. Create it or choose another place.',
  ENOTDIR: 'a part of its path is no folder. Choose another place.',
  EACCES: 'permission is denied. Choose another place or run as a user who may write there.',
  EPERM: 'permission is denied. Choose another place or run as a user who may write there.',
  EROFS: 'the file system is read-only. Choose another place.',
  EIO: 'the disk reports an error. Choose another disk.',
  EPIPE: 'whoever was reading it has stopped.',
};

/** Turns a system's error while writing into one that says what to do; anything else is passed on as it is. */
export function outputError(path: string, error: unknown): unknown {
  const code = codeOf(error);
  if (typeof code !== 'string') return error;
  const advice = ADVICE[code];
  return advice === undefined
    ? new OutputError(`Cannot write ${path}: ${error instanceof Error ? error.message : code}.`, { cause: error })
    : new OutputError(`Cannot write ${path}: ${advice}`, { cause: error });
}
