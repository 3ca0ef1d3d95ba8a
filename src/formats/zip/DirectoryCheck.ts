/** Gathers what the entries of one directory mean for each other: names that clash, and where their data lies. */

import { isAscii } from './isAscii.js';
import { type PathClash, PathTable } from './PathTable.js';
import type { ZipEntry } from './ZipEntry.js';

export class DirectoryCheck {
  /** The places of the local headers, in the order of adding. */
  readonly offsets: Float64Array;
  readonly #paths = new PathTable();
  readonly #rawPaths = new PathTable();
  #count = 0;
  #last: ZipEntry | undefined;

  constructor(entryCount: number) {
    this.offsets = new Float64Array(entryCount);
  }

  /** The entry whose data lies last in the file. */
  get last(): ZipEntry | undefined {
    return this.#last;
  }

  /** Says how the entry's name clashes with those before. */
  add(entry: ZipEntry): PathClash | undefined {
    this.offsets[this.#count++] = entry.header.offset;
    if (this.#last === undefined || entry.header.offset > this.#last.header.offset) this.#last = entry;
    const clash = this.#paths.add(entry.name);
    if (isAscii(entry.rawName)) return clash;
    // Names in two encodings can look different and still be the same bytes, which is what Gogs goes by.
    const rawClash = this.#rawPaths.add(entry.rawName.toString('latin1'));
    return rawClash === 'twice' || rawClash === 'file and folder' ? rawClash : clash;
  }
}
