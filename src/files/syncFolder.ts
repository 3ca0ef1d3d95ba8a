/** Makes new names in a folder survive a crash. */
import { closeSync, fsyncSync, openSync } from 'node:fs';

export function syncFolder(folder: string | Buffer): void {
  let descriptor: number;
  try {
    descriptor = openSync(folder, 'r');
  } catch {
    // Windows cannot open folders; there is no way to make the rename more durable.
    return;
  }
  try {
    fsyncSync(descriptor);
  } catch {
    // Some network file systems cannot flush folders.
  } finally {
    closeSync(descriptor);
  }
}
