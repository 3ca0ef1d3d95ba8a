/** A file for reading at positions. Turns short reads and system errors into errors with a position. */

import { fstatSync } from 'node:fs';
import { InputError } from '../core/errors.js';
import { inputError } from '../core/systemErrors.js';
import { OpenFile } from './OpenFile.js';
import { texts } from './texts.js';

/** In bytes. Smaller files are read at once. */
const SMALL = 256 * 1024;

export class PositionedFile {
  readonly path: string;
  /** Size in bytes when the file was opened. */
  readonly size: number;
  readonly #file: OpenFile;
  /** Where this file begins in the open one. */
  readonly #start: number;
  readonly #isSlice: boolean;
  #whole: Buffer | undefined;

  private constructor(path: string, size: number, file: OpenFile, start?: number) {
    this.path = path;
    this.size = size;
    this.#file = file;
    this.#start = start ?? 0;
    this.#isSlice = start !== undefined;
  }

  /** `name`: used in errors instead of the path. */
  static async open(path: string, name = path): Promise<PositionedFile> {
    let file: OpenFile;
    try {
      file = OpenFile.openToRead(path);
    } catch (error) {
      throw inputError(name, error);
    }
    try {
      const stats = fstatSync(file.fd);
      if (stats.isDirectory()) throw new InputError(texts().isFolder({ path: name }));
      if (!stats.isFile()) throw new InputError(texts().notRegular({ path: name }));
      const positioned = new PositionedFile(name, stats.size, file);
      if (stats.size <= SMALL) await positioned.#readWhole();
      return positioned;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** All bytes, if they are in memory. */
  get whole(): Buffer | undefined {
    return this.#whole;
  }

  /** The open file that has the bytes, and where they begin in it. */
  get place(): { readonly file: OpenFile; readonly start: number } {
    return { file: this.#file, start: this.#start };
  }

  async #readWhole(): Promise<void> {
    const whole = Buffer.allocUnsafeSlow(this.size);
    await this.read(whole, 0);
    this.#whole = whole;
  }

  /** The bytes from `start` up to `end` as a file of their own, which can be read until this one is closed. */
  slice(start: number, end: number, name: string): PositionedFile {
    const slice = new PositionedFile(name, end - start, this.#file, this.#start + start);
    slice.#whole = this.#whole?.subarray(start, end);
    return slice;
  }

  /** Fills `target` with the bytes at `position`, or throws. */
  async read(target: Buffer, position: number): Promise<void> {
    for (let filled = 0; filled < target.length; ) {
      const at = position + filled;
      let bytesRead: number;
      try {
        bytesRead = await this.#file.readAt(target.subarray(filled), this.#start + at);
      } catch (error) {
        throw inputError(this.path, error, at);
      }
      if (bytesRead === 0) {
        throw new InputError(texts().endsEarly({ path: this.path, byte: at, size: this.size }));
      }
      filled += bytesRead;
    }
  }

  /** Does nothing for a slice. */
  async close(): Promise<void> {
    if (!this.#isSlice) await this.#file.close();
  }
}
