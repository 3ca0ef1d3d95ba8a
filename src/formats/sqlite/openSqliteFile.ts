/**
 * Handles the files beside a database: a write-ahead log with the latest transactions, or a journal to roll one back. If there
 * is either, a private copy is repaired and read; otherwise the file is read in place. Nothing is ever written beside it.
 */
import { constants, copyFile, stat } from 'node:fs/promises';
import { InputError } from '../../core/errors.js';
import { errorCode, errorMessage, inputError, isReading, outputError } from '../../core/systemErrors.js';
import { isHotJournal, rollBackJournal } from './rollBackJournal.js';
import { SqliteDatabase } from './SqliteDatabase.js';
import { texts } from './texts.js';

export interface OpenSqliteOptions {
  /** The name of the database for errors. */
  readonly name: string;
  /** Returns a path for a new temporary file. */
  readonly newPath: (name: string) => Promise<string>;
  readonly signal?: AbortSignal | undefined;
}

/** Number of attempts to copy before a database counts as in use. */
const ATTEMPTS = 3;

/** The files that make up the database at a path; companion files only if they matter. */
async function filesOfDatabase(path: string): Promise<readonly string[]> {
  if (await holdsSomething(`${path}-wal`)) return [path, `${path}-wal`];
  return (await isHotJournal(`${path}-journal`)) ? [path, `${path}-journal`] : [path];
}

/** Throws InputError for a database that is in use, damaged or truncated. */
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

/** Copies a database with its companion files; false if one of them changed meanwhile, because they then do not match. */
async function copyTogether(paths: readonly string[], copies: readonly string[], name: string): Promise<boolean> {
  try {
    const before = await stateOf(paths);
    for (const [i, path] of paths.entries()) {
      await copyFile(path, copies[i] ?? '', constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    }
    return before !== undefined && (await stateOf(paths)) === before;
  } catch (error) {
    // A log is removed when its writer ends.
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
      // In exclusive mode it needs no shared memory, which the embedded SQLite does not support.
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

/** Undefined if one of them is gone. */
async function stateOf(paths: readonly string[]): Promise<string | undefined> {
  const states = await Promise.all(paths.map((path) => stat(path, { bigint: true }).catch(() => undefined)));
  if (states.includes(undefined)) return undefined;
  return states.map((state) => `${state?.ino}:${state?.size}:${state?.mtimeNs}`).join(' ');
}
