/** Rejects or reports names in an archive that cannot be unpacked side by side. */

import type { DirectoryEntry } from './Directory.js';
import { type PathClash, PathTable } from './PathTable.js';
import { type DirectoryPlace, RecordLength } from './records.js';
import { texts } from './texts.js';
import type { ZipReporter } from './ZipReporter.js';

export class NameClashes {
  readonly #reporter: ZipReporter;
  readonly #paths: PathTable;
  /** Few archives have names that are not plain. */
  readonly #rawPaths = new PathTable(0);

  constructor({ entryCount, size }: DirectoryPlace, reporter: ZipReporter) {
    // The number of entries may be wrong.
    this.#paths = new PathTable(Math.min(entryCount, size / RecordLength.CentralHeader));
    this.#reporter = reporter;
  }

  /** Compares the entry's name with all earlier ones. Throws InputError if both cannot be unpacked on any system. */
  add(entry: DirectoryEntry): void {
    const clash = this.#clashOf(entry);
    if (clash === undefined) return;
    const { found } = texts();
    if (clash === 'twice') throw this.#reporter.entryError(entry, found.twice);
    if (clash === 'file and folder') throw this.#reporter.entryError(entry, found.fileAndFolder);
    this.#reporter.warnOfEntry('case-collision', entry, found.differsByCase);
  }

  #clashOf(entry: DirectoryEntry): PathClash | undefined {
    const clash = this.#paths.add(entry.name);
    if (entry.hasPlainName) return clash;
    // Names in two encodings can look different and still have the same bytes, and Gogs uses the bytes.
    const rawClash = this.#rawPaths.add(entry.rawName.toString('latin1'));
    return rawClash === 'twice' || rawClash === 'file and folder' ? rawClash : clash;
  }
}
