/**
 * A file that appears whole or not at all: written beside its place with mode 0600, flushed to disk, renamed.
 */
import { fchmodSync, linkSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OutputError } from '../core/errors.js';
import { errorCode, outputError } from '../core/systemErrors.js';
import { temporaryPathOf } from './fileNames.js';
import { OpenFile } from './OpenFile.js';
import { PRIVATE_FILE } from './privateFolders.js';
import { linkStatOf } from './statOf.js';
import { syncFolder } from './syncFolder.js';
import { texts } from './texts.js';

export class AtomicFile {
  readonly path: string;
  readonly handle: OpenFile;
  readonly #temporary: string;
  readonly #replace: boolean;
  /** Whether the temporary name exists. */
  #isThere = true;

  private constructor(path: string, temporary: string, handle: OpenFile, replace: boolean) {
    this.path = path;
    this.#temporary = temporary;
    this.handle = handle;
    this.#replace = replace;
  }

  /**
   * With `replace`, `commit` replaces an existing file; without, an existing file is an error, both here and in `commit`. Links
   * are never followed: anyone who can write to the folder could have put one there to have another file replaced.
   */
  static async create(path: string, { replace = false } = {}): Promise<AtomicFile> {
    refuseExisting(path, replace);
    const temporary = temporaryPathOf(path);
    let file: AtomicFile | undefined;
    try {
      file = new AtomicFile(path, temporary, OpenFile.open(temporary, 'wx+', PRIVATE_FILE), replace);
      fchmodSync(file.handle.fd, PRIVATE_FILE);
      return file;
    } catch (error) {
      await file?.abort();
      throw outputError(path, error);
    }
  }

  /** The name of the file while it is being written. */
  get temporaryPath(): string {
    return this.#temporary;
  }

  /** Appends a text. */
  write(text: string): void {
    try {
      writeFileSync(this.handle.fd, text);
    } catch (error) {
      throw outputError(this.path, error);
    }
  }

  /** Flushes everything to disk and closes. Failures for lack of space occur here, before any file has its final name. */
  async seal(): Promise<void> {
    try {
      if (this.handle.isOpen) await this.handle.flush();
      await this.handle.close();
    } catch (error) {
      throw outputError(this.path, error);
    }
  }

  /**
   * Seals the file and gives it its name. With `flushName: false`, the name may not survive a power cut until the caller calls
   * `syncFolder`; use it for several files in one folder.
   */
  async commit({ flushName = true } = {}): Promise<void> {
    try {
      await this.seal();
      if (this.#replace) {
        refuseExisting(this.path, true);
        renameSync(this.#temporary, this.path);
        this.#isThere = false;
      } else {
        this.#linkInPlace();
      }
      if (flushName) syncFolder(dirname(this.path));
    } catch (error) {
      await this.abort();
      throw error instanceof OutputError ? error : outputError(this.path, error);
    }
  }

  /** Unlike rename, link fails if another process has created the file in the meantime. */
  #linkInPlace(): void {
    try {
      linkSync(this.#temporary, this.path);
    } catch (error) {
      // FAT and some network file systems have no hard links; there a small gap remains between check and rename.
      const taken = errorCode(error) === 'EEXIST' || linkStatOf(this.path) !== undefined;
      if (taken) throw existsError(this.path);
      renameSync(this.#temporary, this.path);
      this.#isThere = false;
      return;
    }
    unlinkSync(this.#temporary);
    this.#isThere = false;
  }

  /** Removes the temporary file. Can be called at any time, more than once; does nothing after a commit. */
  async abort(): Promise<void> {
    // A failing close must not prevent the removal.
    await this.handle.close().catch(() => undefined);
    if (!this.#isThere) return;
    this.#isThere = false;
    try {
      unlinkSync(this.#temporary);
    } catch {
      // Another process removed it.
    }
  }
}

/** Throws OutputError for a path that must not be replaced. */
export function refuseExisting(path: string, replace: boolean): void {
  const existing = linkStatOf(path);
  if (existing === undefined) return;
  if (!replace) throw existsError(path);
  if (existing.isSymbolicLink()) {
    throw new OutputError(texts().isLink({ path }));
  }
  if (!existing.isFile()) {
    throw new OutputError(texts().notReplaceable({ path }));
  }
}

const existsError = (path: string): OutputError => new OutputError(texts().exists({ path }));
