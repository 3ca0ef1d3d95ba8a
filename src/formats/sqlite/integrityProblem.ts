/**
 * Lets SQLite check a database: https://www.sqlite.org/pragma.html#pragma_integrity_check. Reading all rows does not tell whether the
 * indexes, which find them, are right.
 */
import { constants, copyFile, symlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorMessage, outputError } from '../../core/systemErrors.js';
import { texts } from './texts.js';

/** The first problem in SQLite's words; undefined if there is none. `newPath` returns a path for a new temporary file. */
export async function integrityProblem(
  path: string,
  newPath: (name: string) => Promise<string>,
): Promise<string | undefined> {
  const place = await newPath('database');
  // The embedded SQLite locks by creating a folder beside the path that it is given.
  await symlink(resolve(path), place).catch(() => copy(path, place));
  // The package is CommonJS, so its names are on the default export.
  const { default: sqlite } = await import('node-sqlite3-wasm');
  const database = new sqlite.Database(place, { readOnly: true });
  try {
    const found = String(database.get('PRAGMA integrity_check(1)')?.['integrity_check']);
    return found === 'ok' ? undefined : found;
  } catch (error) {
    return errorMessage(error);
  } finally {
    database.close();
  }
}

/** Some systems let only administrators create links. */
async function copy(path: string, place: string): Promise<void> {
  await copyFile(path, place, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL).catch((error: unknown) => {
    throw outputError(texts().temporaryCopy, error);
  });
}
