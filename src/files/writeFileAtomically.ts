/** Writes a small file that appears whole or not at all. */
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { outputError } from '../core/systemErrors.js';
import { refuseExisting } from './AtomicFile.js';
import { temporaryPathOf } from './fileNames.js';
import { PRIVATE_FILE } from './privateFolders.js';
import { syncFolder } from './syncFolder.js';

/** Replaces an existing file. Flushed to disk before this returns; only the owner can read it. */
export function writeFileAtomically(path: string, text: string): void {
  refuseExisting(path, true);
  const temporary = temporaryPathOf(path);
  try {
    writeAndFlush(temporary, text);
    refuseExisting(path, true);
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    removeFile(temporary);
    throw outputError(path, error);
  }
}

function writeAndFlush(path: string, text: string): void {
  const descriptor = openSync(path, 'wx', PRIVATE_FILE);
  try {
    fchmodSync(descriptor, PRIVATE_FILE);
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It does not exist any more, or never did.
  }
}
