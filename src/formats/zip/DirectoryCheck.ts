/** Gathers what the entries of one directory mean for each other: names that clash, and where their data lies. */

import { type PathClash, PathTable } from './PathTable.js';
import type { DirectoryEntry, ZipEntry } from './ZipEntry.js';

export class DirectoryCheck {
  /** The places of the local headers, in the order of adding. */
  readonly offsets: Float64Array;
  readonly #paths: PathTable;
  /** Few archives have a name that is not plain. */
  readonly #rawPaths = new PathTable(0);
  #count = 0;
  #last: ZipEntry | undefined;

  constructor(entryCount: number) {
    this.offsets = new Float64Array(entryCount);
    this.#paths = new PathTable(entryCount);
  }

  /** The entry whose data lies last in the file. */
  get last(): ZipEntry | undefined {
    return this.#last;
  }

  /** Says how the entry's name clashes with those before. */
  add(entry: DirectoryEntry): PathClash | undefined {
    this.offsets[this.#count++] = entry.offset;
    if (this.#last === undefined || entry.offset > this.#last.offset) this.#last = entry;
    const clash = this.#paths.add(entry.name);
    if (entry.hasPlainName) return clash;
    // Names in two encodings can look different and still be the same bytes, which is what Gogs goes by.
    const rawClash = this.#rawPaths.add(entry.rawName.toString('latin1'));
    return rawClash === 'twice' || rawClash === 'file and folder' ? rawClash : clash;
  }
}
