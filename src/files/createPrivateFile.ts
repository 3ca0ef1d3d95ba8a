/** Creates a small file that only its owner can read, regardless of the umask. */
import { closeSync, fchmodSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { PRIVATE_FILE } from './privateFolders.js';

/** Throws if it exists. With `flush`, its content is on disk when this returns; its name is not. */
export function createPrivateFile(path: string, text: string, { flush }: { readonly flush: boolean }): void {
  const descriptor = openSync(path, 'wx', PRIVATE_FILE);
  try {
    fchmodSync(descriptor, PRIVATE_FILE);
    writeFileSync(descriptor, text);
    if (flush) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
