/** Folders that only their owner can enter, regardless of the umask: they hold backups, and backups hold secrets. */
import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../core/systemErrors.js';

const PRIVATE = 0o700;

/** Throws if it exists. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, PRIVATE);
  // The umask can restrict the owner as well.
  await chmod(path, PRIVATE);
}

/** Creates the folder and any missing parents. Existing folders keep their mode. */
export async function makePrivateFolders(path: string): Promise<void> {
  // A link to a folder counts as a folder. If it is anything else, `mkdir` below throws a clear error.
  const isThere = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isThere) return;
  if (dirname(path) !== path) await makePrivateFolders(dirname(path));
  await makePrivateFolder(path).catch((error: unknown) => {
    // Another process may have created it first.
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}
