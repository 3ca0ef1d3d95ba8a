/** The files of an archive that are no tables: few are read, the rest goes over as the compressed bytes it is. */
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';

/** An entry that is carried over unread. */
export interface CarriedFile {
  readonly entry: ZipEntry;
  /** The name it takes in a backup. */
  readonly name: string;
}

/** A small file that was read whole. */
export interface ReadFile {
  readonly entry: ZipEntry;
  readonly content: Buffer;
}

export interface ArchiveFiles {
  readonly zip: ZipReader;
  readonly metadata: ReadFile | undefined;
  readonly config: ReadFile | undefined;
  /** The zip with all repositories. */
  readonly repositories: ZipEntry | undefined;
  /** The name that an entry takes in a backup; undefined for what is read, and for what a backup has no place for. */
  nameOf(entry: ZipEntry): string | undefined;
  /** Names of files that do not go into an output, as they are in a backup; undefined until an upgrade is planned. */
  readonly leftOut?: ReadonlySet<string>;
}

/** The name that an entry takes in the output; undefined for one that does not go there as it is. */
export function carriedName(files: ArchiveFiles, entry: ZipEntry): string | undefined {
  const name = files.nameOf(entry);
  return name === undefined || files.leftOut?.has(name) === true ? undefined : name;
}

/** Every entry that is carried over, in the order of the archive; none of an input without files. */
export async function carriedFiles(files: ArchiveFiles | undefined): Promise<Iterable<CarriedFile>> {
  // Not an asynchronous generator: a promise for each of perhaps a million entries takes longer than the rest.
  return files === undefined ? [] : carried(files, await files.zip.entries());
}

function* carried(files: ArchiveFiles, entries: Iterable<ZipEntry>): Generator<CarriedFile, void, void> {
  for (const entry of entries) {
    const name = carriedName(files, entry);
    if (name !== undefined) yield { entry, name };
  }
}
