/** A backup during its verification: its entries, grouped as a restore interprets them. */
import type { ZipEntry } from '../../formats/zip/ZipEntry.js';
import type { ZipReader } from '../../formats/zip/ZipReader.js';
import { DATABASE, MAX_CONFIG_BYTES } from '../../gogs/layout.js';
import type { GogsHistory } from '../../gogs/releases/foldReleases.js';
import { isCsvName } from '../../inputs/isCsvName.js';
import { tableOfCsv } from '../../inputs/tableOfCsv.js';

export class OpenedArchive {
  readonly zip: ZipReader;
  readonly entries: readonly ZipEntry[];
  /** Total of all entries. */
  readonly uncompressedBytes: number;
  readonly #history: GogsHistory;

  constructor(zip: ZipReader, history: GogsHistory) {
    this.zip = zip;
    this.entries = [...zip.entries];
    this.uncompressedBytes = this.entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
    this.#history = history;
  }

  entryNamed(name: string): ZipEntry | undefined {
    return this.entries.find((entry) => entry.name === name);
  }

  /** The content of app.ini or metadata.ini; undefined if it is missing. */
  async read(name: string): Promise<Buffer | undefined> {
    const entry = this.entryNamed(name);
    return entry === undefined ? undefined : await this.zip.readBuffer(entry, MAX_CONFIG_BYTES);
  }

  /** Whether it holds tables as CSV and nothing else. */
  isCsv(): boolean {
    const isTable = ({ name }: ZipEntry): boolean => isCsvName(name) && tableOfCsv(this.#history, name) !== undefined;
    return this.entries.length > 0 && this.entries.every(isTable);
  }

  /** By Go type. */
  tables(): Map<string, ZipEntry> {
    return new Map(
      this.entries.flatMap((entry) => {
        const type = this.#tableType(entry);
        return type === undefined ? [] : [[type, entry]];
      }),
    );
  }

  files(): ZipEntry[] {
    return this.entries.filter((entry) => this.#tableType(entry) === undefined);
  }

  #tableType({ name }: ZipEntry): string | undefined {
    if (!name.startsWith(DATABASE) || !name.endsWith('.json')) return undefined;
    const type = name.slice(DATABASE.length, -'.json'.length);
    // A name that differs only by case is another file, until a file system that ignores case unpacks both to the same path.
    return this.#history.tableOfType(type)?.type === type ? type : undefined;
  }
}
