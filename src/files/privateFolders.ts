/** Folders that only their owner can enter, regardless of the umask: they hold backups, and backups hold secrets. */
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../core/systemErrors.js';
import { statOf } from './statOf.js';
import { syncFolder } from './syncFolder.js';

const PRIVATE = 0o700;
/** The mode of a file that only its owner can read. */
export const PRIVATE_FILE = 0o600;

/** Throws if it exists. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, PRIVATE);
  // The umask can restrict the owner as well.
  chmodSync(path, PRIVATE);
}

/**
 * Creates the folder and any missing parents. Existing folders keep their mode. With `flush`, new names are on disk when this
 * returns.
 */
export function makePrivateFolders(path: string, { flush = false } = {}): void {
  // A link to a folder counts as a folder.
  if (statOf(path)?.isDirectory() === true) return;
  if (dirname(path) !== path) makePrivateFolders(dirname(path), { flush });
  try {
    makePrivateFolder(path);
    if (flush) syncFolder(dirname(path));
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    // Another process may have created it first. If it is something else, this says so: "file already exists" would not help.
    if (statOf(path)?.isDirectory() !== true) readdirSync(path);
  }
}
