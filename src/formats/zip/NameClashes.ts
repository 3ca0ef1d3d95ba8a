/** Tells which names of one archive cannot be unpacked side by side. */

import type { DirectoryEntry } from './Directory.js';
import { type PathClash, PathTable } from './PathTable.js';

export class NameClashes {
  readonly #paths: PathTable;
  /** Few archives have a name that is not plain. */
  readonly #rawPaths = new PathTable(0);

  /** `expected`: how many entries there will be. */
  constructor(expected: number) {
    this.#paths = new PathTable(expected);
  }

  /** Says how the entry's name clashes with those before. */
  add(entry: DirectoryEntry): PathClash | undefined {
    const clash = this.#paths.add(entry.name);
    if (entry.hasPlainName) return clash;
    // Names in two encodings can look different and still be the same bytes, which is what Gogs goes by.
    const rawClash = this.#rawPaths.add(entry.rawName.toString('latin1'));
    return rawClash === 'twice' || rawClash === 'file and folder' ? rawClash : clash;
  }
}
