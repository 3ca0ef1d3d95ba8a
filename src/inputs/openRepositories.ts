/**
 * Opens repositories.zip inside an archive. A zip's directory is at its end, so it is first inflated to a file, unless it is on disk
 * already, or this program has just packed it without compression.
 */

import type { Notice } from '../core/findings.js';
import { spoolStream } from '../files/spoolStream.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { readBeginning } from '../formats/zip/readBeginning.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import { ZipReader } from '../formats/zip/ZipReader.js';
import { REPOSITORIES } from '../gogs/layout.js';
import type { ArchiveFiles } from './ArchiveFiles.js';
import { zipNotice } from './zipNotice.js';

export interface OpenRepositoriesOptions {
  readonly temporary: TemporaryFolder;
  /** Called with oddities of the archive. */
  readonly notice: (notice: Notice) => void;
  readonly signal: AbortSignal | undefined;
}

/** Undefined if the archive has none. May need as much temporary space as all repositories in compressed form. */
export async function openRepositories(
  files: ArchiveFiles,
  { temporary, notice, signal }: OpenRepositoriesOptions,
): Promise<ZipReader | undefined> {
  const { zip, repositories, repositoriesAt, isJustPacked = false } = files;
  if (repositories === undefined) return undefined;
  const options = { name: 'repositories.zip', signal, onWarning: zipNotice(notice) };
  if (repositoriesAt !== undefined) return ZipReader.open(repositoriesAt, options);
  const inPlace = isJustPacked ? await zip.openStored(repositories, options) : undefined;
  if (inPlace !== undefined) return inPlace;
  const stream = zip.openStream(repositories, signal);
  const path = await spoolStream(REPOSITORIES, stream, await temporary.newPath('repositories.zip'), signal);
  return ZipReader.open(path, options);
}

const LOCAL_HEADER_BYTES = 30;
const NAME_LENGTH_AT = 26;

/** The first folder of a zip within a zip, read from its beginning; undefined if it has none. APPNOTE.TXT, section 4.3.7. */
export async function topFolderOf(zip: ZipReader, entry: ZipEntry): Promise<string | undefined> {
  const beginning = await readBeginning(zip, entry);
  if (beginning.length < LOCAL_HEADER_BYTES || beginning.toString('latin1', 0, 4) !== 'PK\x03\x04') return undefined;
  const end = LOCAL_HEADER_BYTES + beginning.readUInt16LE(NAME_LENGTH_AT);
  return /^[^/\\]+(?=[/\\])/.exec(beginning.toString('utf8', LOCAL_HEADER_BYTES, end))?.[0];
}
