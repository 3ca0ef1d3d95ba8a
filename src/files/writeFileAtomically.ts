/** Writes a small file that appears whole or not at all. */
import { renameSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { outputError } from '../core/systemErrors.js';
import { refuseExisting } from './AtomicFile.js';
import { createPrivateFile } from './createPrivateFile.js';
import { temporaryPathOf } from './fileNames.js';
import { syncFolder } from './syncFolder.js';

/**
 * Replaces an existing file; only the owner can read it. Flushed to disk before this returns, unless `flush` is false: after a
 * power cut, the file may then be missing, empty or the earlier one.
 */
export function writeFileAtomically(path: string, text: string, { flush = true } = {}): void {
  refuseExisting(path, true);
  const temporary = temporaryPathOf(path);
  try {
    createPrivateFile(temporary, text, { flush });
    refuseExisting(path, true);
    renameSync(temporary, path);
    if (flush) syncFolder(dirname(path));
  } catch (error) {
    removeFile(temporary);
    throw outputError(path, error);
  }
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It does not exist any more, or never did.
  }
}
