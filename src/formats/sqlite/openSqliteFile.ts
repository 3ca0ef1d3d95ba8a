/**
 * Finds what belongs to a database beside its file: a write-ahead log with its latest transactions, or a journal to take one
 * back. With either, a private copy is put in order; without, the file is read where it lies. Nothing is ever written beside it.
 */
import { constants, copyFile, stat } from 'node:fs/promises';
import { InputError } from '../../core/errors.js';
import { errorCode, errorMessage, inputError, isReading, outputError } from '../../core/systemErrors.js';
import { isHotJournal, rollBackJournal } from './rollBackJournal.js';
import { SqliteDatabase } from './SqliteDatabase.js';
import { texts } from './texts.js';

export interface OpenSqliteOptions {
  /** What errors call the database. */
  readonly name: string;
  /** A path for a new temporary file. */
  readonly newPath: (name: string) => Promise<string>;
  readonly signal?: AbortSignal | undefined;
}

/** Copies that are made before a database counts as one in use. */
const ATTEMPTS = 3;

/** The files that make up the database at a path; those beside it only where they count. */
export async function filesOfDatabase(path: string): Promise<readonly string[]> {
  if (await holdsSomething(`${path}-wal`)) return [path, `${path}-wal`];
  return (await isHotJournal(`${path}-journal`)) ? [path, `${path}-journal`] : [path];
}

/** Throws InputError for a database that is in use, damaged or cut off. */
export async function openSqliteFile(path: string, options: OpenSqliteOptions): Promise<SqliteDatabase> {
  const { name, newPath, signal } = options;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [, beside] = await filesOfDatabase(path);
    if (beside === undefined) return SqliteDatabase.open(path, name, signal);
    const copy = await newPath('database');
    if (!(await copyTogether([path, beside], [copy, copy + beside.slice(path.length)], name))) continue;
    if (beside.endsWith('-wal')) await takeInLog(copy, name);
    else await rollBackJournal(copy, `${copy}-journal`, `${name}-journal`);
    return SqliteDatabase.open(copy, name, signal);
  }
  throw new InputError(texts().changes({ name }));
}

/** A database and what lies beside it belong together only if neither changed meanwhile: false if one did. */
async function copyTogether(paths: readonly string[], copies: readonly string[], name: string): Promise<boolean> {
  try {
    const before = await stateOf(paths);
    for (const [i, path] of paths.entries()) {
      await copyFile(path, copies[i] ?? '', constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    }
    return before !== undefined && (await stateOf(paths)) === before;
  } catch (error) {
    // A log goes when its writer ends.
    if (errorCode(error) === 'ENOENT') return false;
    throw isReading(error) ? inputError(name, error) : outputError(texts().temporaryCopy, error);
  }
}

/** Lets SQLite write the transactions of the log into the database. */
async function takeInLog(copy: string, name: string): Promise<void> {
  const { default: sqlite } = await import('node-sqlite3-wasm');
  try {
    const database = new sqlite.Database(copy, { fileMustExist: true });
    try {
      // Alone, it needs no shared memory, which the embedded SQLite does not have.
      database.exec('PRAGMA locking_mode = EXCLUSIVE');
      database.exec('PRAGMA synchronous = OFF');
      const mode = database.get('PRAGMA journal_mode = DELETE')?.['journal_mode'];
      if (mode !== 'delete') throw new Error(texts().journalMode({ mode: String(mode) }));
    } finally {
      database.close();
    }
  } catch (error) {
    throw new InputError(texts().badLog({ name, reason: errorMessage(error) }), { cause: error });
  }
}

async function holdsSomething(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && found.size > 0;
}

/** Undefined where one is gone. */
async function stateOf(paths: readonly string[]): Promise<string | undefined> {
  const states = await Promise.all(paths.map((path) => stat(path, { bigint: true }).catch(() => undefined)));
  if (states.includes(undefined)) return undefined;
  return states.map((state) => `${state?.ino}:${state?.size}:${state?.mtimeNs}`).join(' ');
}
