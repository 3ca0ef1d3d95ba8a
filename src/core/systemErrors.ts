/** Turns what the system refuses into errors that say what was being done and what to do. Anything else is passed on as it is. */
import { InputError, OutputError } from './errors.js';

const WRITE_ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space or choose another disk.',
  EDQUOT: 'the disk quota is used up. Free some space or choose another disk.',
  EFBIG: 'the file would be larger than is allowed here. Raise the limit (ulimit -f) or choose another disk.',
  ENOENT: 'its folder does not exist. Create it or choose another place.',
  ENOTDIR: 'a part of its path is no folder. Choose another place.',
  EACCES: 'permission is denied. Choose another place or run as a user who may write there.',
  EPERM: 'permission is denied. Choose another place or run as a user who may write there.',
  EROFS: 'the file system is read-only. Choose another place.',
  EIO: 'the disk reports an error. Choose another disk.',
  ENAMETOOLONG: 'its name is too long for the file system. Choose a shorter one.',
  ELOOP: 'links in its path lead in a circle. Choose another place.',
  EPIPE: 'whoever was reading it has stopped.',
};

const READ_ADVICE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check the path.',
  EACCES: 'permission is denied. Run as a user who may read it, or copy it to a place where you may.',
  EPERM: 'permission is denied. Run as a user who may read it, or copy it to a place where you may.',
  EISDIR: 'it is a folder. Name the file itself.',
  ENOTDIR: 'a part of its path is not a folder. Check the path.',
  ENAMETOOLONG: 'its name is longer than the file system takes. Check the path.',
  ELOOP: 'links in its path lead in a circle. Name the file itself.',
  EIO: 'the disk reports an error. Copy the file to another disk, and check the copy.',
};

/** Calls that only read; every other one fails on behalf of something that is written. */
const READING: ReadonlySet<string> = new Set([
  'read',
  'open',
  'stat',
  'lstat',
  'fstat',
  'scandir',
  'opendir',
  'realpath',
]);
/** These come up only where something is written, whatever the call. */
const WRITING_CODES: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EEXIST', 'EPIPE']);

/** An error while `path` was being written. */
export function outputError(path: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined || isAbort(error)) return error;
  const found = WRITE_ADVICE[code] ?? `${messageOf(error)}.`;
  return new OutputError(`Cannot write ${path}: ${found}`, { cause: error });
}

/** An error while `path` was being read. */
export function inputError(path: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined || isAbort(error)) return error;
  const found = READ_ADVICE[code] ?? `${messageOf(error)}. Check the disk it lies on.`;
  return new InputError(`Cannot read ${path}: ${found}`, { cause: error });
}

/** An error of the system that nobody explained who knew more. `input`: what was being read, if it was that. */
export function explainSystemError(input: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  return isReading(error)
    ? inputError(error.path ?? input, error)
    : outputError(error.path ?? 'a temporary file', error);
}

/** Whether a copy failed on the side that is read. */
export function isReading(error: unknown): boolean {
  return isSystemError(error) && READING.has(error.syscall) && !WRITING_CODES.has(error.code);
}

export function codeOf(error: unknown): string | undefined {
  // Not `instanceof Error`: the system's errors come from another realm where a program runs in a context of its own.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function isSystemError(error: unknown): error is Error & { code: string; syscall: string; path?: string } {
  return codeOf(error) !== undefined && typeof (error as { syscall?: unknown }).syscall === 'string';
}

const isAbort = (error: unknown): boolean => codeOf(error) === 'ABORT_ERR';
const messageOf = (error: unknown): string => String((error as { message?: unknown }).message);
