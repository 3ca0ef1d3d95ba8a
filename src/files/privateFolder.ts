/** Folders that only their owner can enter, whatever the umask says: they hold backups, and backups hold secrets. */
import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../core/systemErrors.js';

const PRIVATE = 0o700;

/** Throws when it exists. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, PRIVATE);
  // A umask can take the rights of the owner, too.
  await chmod(path, PRIVATE);
}

/** Makes it, and what is missing of its parents. What exists keeps its mode. */
export async function makePrivateFolders(path: string): Promise<void> {
  // A link to a folder is one, too. What is no folder is said by `mkdir` in words of its own.
  const isThere = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isThere) return;
  if (dirname(path) !== path) await makePrivateFolders(dirname(path));
  await makePrivateFolder(path).catch((error: unknown) => {
    // Another process may have been quicker.
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}
