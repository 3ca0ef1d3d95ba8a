/** Detects names in an archive that cannot be unpacked side by side. */

import type { DirectoryEntry } from './Directory.js';
import { type PathClash, PathTable } from './PathTable.js';

export class NameClashes {
  readonly #paths: PathTable;
  /** Few archives have names that are not plain. */
  readonly #rawPaths = new PathTable(0);

  /** `expected`: the expected number of entries. */
  constructor(expected: number) {
    this.#paths = new PathTable(expected);
  }

  /** Returns how the entry's name clashes with earlier ones, if it does. */
  add(entry: DirectoryEntry): PathClash | undefined {
    const clash = this.#paths.add(entry.name);
    if (entry.hasPlainName) return clash;
    // Names in two encodings can look different and still have the same bytes, and Gogs uses the bytes.
    const rawClash = this.#rawPaths.add(entry.rawName.toString('latin1'));
    return rawClash === 'twice' || rawClash === 'file and folder' ? rawClash : clash;
  }
}
