/** The files of a zip archive, as a tree. */
import { beginningOf } from '../../files/beginningOf.js';
import type { FileTree, TreeEntry, WalkOptions } from '../../files/FileTree.js';
import { foldersAbove, refuseDeep } from '../../files/FileTree.js';
import type { ZipReader } from './ZipReader.js';

export class ZipTree implements FileTree {
  readonly #zip: ZipReader;

  /** Does not close the zip. */
  constructor(zip: ZipReader) {
    this.#zip = zip;
  }

  get name(): string {
    return this.#zip.path;
  }

  async *walk({ enters, signal }: WalkOptions = {}): AsyncGenerator<TreeEntry, void, void> {
    for (const entry of this.#zip.entries) {
      signal?.throwIfAborted();
      const { name, isDirectory, isSymlink, mode, modified, uncompressedSize } = entry;
      const path = name.replace(/\/$/, '');
      refuseDeep(this.name, path);
      if (enters !== undefined && ![...foldersAbove(path)].every(enters)) continue;
      const kind = isSymlink ? 'link' : isDirectory ? 'folder' : 'file';
      yield {
        path,
        kind,
        modified,
        bytes: uncompressedSize,
        // Defaults for systems without permission bits.
        mode: mode === 0 ? (isDirectory ? 0o755 : 0o644) : mode,
        content: () => this.#zip.chunks(entry, signal),
        beginning: (bytes) => beginningOf(this.#zip.chunks(entry, signal), bytes),
      };
    }
  }
}
