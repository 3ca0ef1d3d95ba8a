/** Opens the zip in the zip: repositories.zip. A zip's directory stands at its end, so it is first inflated into a file. */

import { spoolStream } from '../files/spoolStream.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { ZipReader } from '../formats/zip/ZipReader.js';
import { REPOSITORIES } from '../gogs/layout.js';
import type { ArchiveFiles } from './ArchiveFiles.js';

/** Undefined when the archive has none. Takes as much room in the temporary folder as all repositories compressed. */
export async function openRepositories(
  files: ArchiveFiles,
  temporary: TemporaryFolder,
  signal: AbortSignal | undefined,
): Promise<ZipReader | undefined> {
  const { zip, repositories } = files;
  if (repositories === undefined) return undefined;
  const stream = await zip.openStream(repositories, signal);
  const path = await spoolStream(REPOSITORIES, stream, await temporary.newPath('repositories.zip'), signal);
  return ZipReader.open(path, { name: 'repositories.zip', signal });
}
