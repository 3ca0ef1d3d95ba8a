/** The files of an archive other than tables. A few are read; the others are carried over in compressed form. */
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';
import { MAX_CONFIG_BYTES, REPOSITORIES } from '../gogs/layout.js';

/** An entry that is carried over without being read. */
export interface CarriedFile {
  readonly entry: ZipEntry;
  /** Its name in a backup. */
  readonly name: string;
  /** Its inflated size. */
  readonly bytes: number;
}

/** A small file that was read completely. */
export interface ReadFile {
  readonly entry: ZipEntry;
  readonly content: Buffer;
}

export interface ArchiveFiles {
  readonly zip: ZipReader;
  /** Whether this program has just packed the archive, so that nothing can have damaged it. */
  readonly isJustPacked?: boolean;
  /** The size of repositories.zip if the archive only lists its files, without their content. */
  readonly listedRepositoryBytes?: number | undefined;
  /** The path of repositories.zip if the archive only lists it, without its content. */
  readonly repositoriesAt?: string | undefined;
  readonly metadata: ReadFile | undefined;
  readonly config: ReadFile | undefined;
  /** The zip of all repositories. */
  readonly repositories: ZipEntry | undefined;
  /** The name of an entry in a backup; undefined for files that are read, and for files that have no place in a backup. */
  nameOf(entry: ZipEntry): string | undefined;
  /** Names, as in a backup, of files that are not written to the output; undefined until an upgrade is planned. */
  readonly leftOut?: ReadonlySet<string>;
}

/** Reads metadata.ini or app.ini. Throws InputError if it is damaged or too large for either. */
export async function readIniFile(zip: ZipReader, entry: ZipEntry): Promise<ReadFile> {
  return { entry, content: await zip.readBuffer(entry, MAX_CONFIG_BYTES) };
}

/** What differs from the original, in an archive that was made of its files. */
export interface RepackedFiles {
  /** Size of the files before they were packed. */
  readonly bytes: number;
  readonly files: Pick<ArchiveFiles, 'isJustPacked' | 'listedRepositoryBytes' | 'repositoriesAt'>;
}

/** The name of an entry in the output; undefined if it is not copied there unchanged. */
export function carriedName(files: ArchiveFiles, entry: ZipEntry): string | undefined {
  const name = files.nameOf(entry);
  return name === undefined || files.leftOut?.has(name) === true ? undefined : name;
}

/**
 * Every entry that is carried over, in the order of the archive; none for an input without files. Synchronous: a promise for
 * each of up to a million entries takes longer than everything else.
 */
export function* carriedFiles(files: ArchiveFiles | undefined): Generator<CarriedFile, void, void> {
  if (files === undefined) return;
  for (const entry of files.zip.entries) {
    const name = carriedName(files, entry);
    if (name === undefined) continue;
    const { listedRepositoryBytes: listed } = files;
    yield { entry, name, bytes: listed !== undefined && name === REPOSITORIES ? listed : entry.uncompressedSize };
  }
}
