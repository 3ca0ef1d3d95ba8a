/** A file for reading at positions. Turns short reads and system errors into errors with a position; caches nothing. */

import { type FileHandle, open } from 'node:fs/promises';
import { InputError } from '../core/errors.js';
import { inputError } from '../core/systemErrors.js';
import { texts } from './texts.js';

export class PositionedFile {
  readonly path: string;
  /** Size in bytes when the file was opened. */
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #ownsHandle: boolean;
  /** Where this file begins in that of the handle. */
  readonly #start: number;

  private constructor(handle: FileHandle, ownsHandle: boolean, path: string, size: number, start = 0) {
    this.#handle = handle;
    this.#ownsHandle = ownsHandle;
    this.path = path;
    this.size = size;
    this.#start = start;
  }

  /** `close` does not close a handle that was passed in; `name` is used in errors. */
  static async open(source: string | FileHandle, name?: string): Promise<PositionedFile> {
    const path = name ?? (typeof source === 'string' ? source : texts().theArchive);
    let handle: FileHandle;
    try {
      handle = typeof source === 'string' ? await open(source, 'r') : source;
    } catch (error) {
      throw inputError(path, error);
    }
    const ownsHandle = typeof source === 'string';
    try {
      const stats = await handle.stat();
      if (stats.isDirectory()) throw new InputError(texts().isFolder({ path }));
      if (!stats.isFile()) throw new InputError(texts().notRegular({ path }));
      return new PositionedFile(handle, ownsHandle, path, stats.size);
    } catch (error) {
      if (ownsHandle) await handle.close();
      throw error;
    }
  }

  /** The bytes from `start` up to `end` as a file of their own, which can be read until this one is closed. */
  slice(start: number, end: number, name: string): PositionedFile {
    return new PositionedFile(this.#handle, false, name, end - start, this.#start + start);
  }

  /** Fills `target` with the bytes at `position`, or throws. */
  async read(target: Buffer, position: number): Promise<void> {
    for (let filled = 0; filled < target.length; ) {
      const at = position + filled;
      let bytesRead: number;
      try {
        ({ bytesRead } = await this.#handle.read(target, filled, target.length - filled, this.#start + at));
      } catch (error) {
        throw inputError(this.path, error, at);
      }
      if (bytesRead === 0) {
        throw new InputError(texts().endsEarly({ path: this.path, byte: at, size: this.size }));
      }
      filled += bytesRead;
    }
  }

  async close(): Promise<void> {
    if (this.#ownsHandle) await this.#handle.close();
  }
}
