/** Creates backups with single changed rows. */
import { readEntry } from './readBackup.js';
import { repackBackup } from './repackBackup.js';

/** Copies an archive with the lines of one table (`Issue`) edited. */
export async function editTable(
  from: string,
  to: string,
  type: string,
  edit: (lines: string[]) => readonly string[],
): Promise<void> {
  const name = `gogs-backup/db/${type}.json`;
  const lines = (await readEntry(from, name)).toString('utf8').split('\n').slice(0, -1);
  await repackBackup(from, to, {
    [name]: edit(lines)
      .map((line) => `${line}\n`)
      .join(''),
  });
}
