/**
 * Translates system errors into errors that say what was being done, what was found and what to do. Everything that opens,
 * reads or writes uses this, so no message shows a bare ENOENT. Other errors are passed on unchanged.
 *
 * Tells errors by their properties, not by their class: where modules run in a context of their own, as under jest, Node's
 * errors are of another class of the same name.
 */
import { getSystemErrorMap } from 'node:util';
import { InputError, OutputError, UserFacingError } from './errors.js';

/** What was found, and what to do about it. */
type Words = readonly [found: string, advice: string];

const EITHER: Readonly<Record<string, Words>> = {
  ELOOP: ['links in its path lead in a circle', 'Name the file itself.'],
  ENAMETOOLONG: ['its name is too long for the file system', 'Choose a shorter one.'],
  EMFILE: ['this process may open no more files', 'Raise the limit (ulimit -n).'],
  ENFILE: ['the system can open no more files', 'Raise its limit (fs.file-max), or end other programs.'],
  ENOMEM: ['the system has no memory left', 'End other programs, or add memory.'],
  ESTALE: ['the network file system has lost it', 'Mount it again.'],
  EBUSY: ['another program uses it', 'End that program first.'],
  ENXIO: ['there is no device behind it', 'Name a regular file.'],
  ENODEV: ['there is no device behind it', 'Name a regular file.'],
  EPIPE: ['the program that was reading it has stopped', 'Run both again.'],
  ETIMEDOUT: ['it did not answer in time', 'Check the network.'],
  ECONNREFUSED: ['nothing listens there', 'Check the address, and that the server runs.'],
  ECONNRESET: ['the connection was broken', 'Check the network.'],
  EHOSTUNREACH: ['the machine cannot be reached', 'Check the address and the network.'],
  ENETUNREACH: ['the network cannot be reached', 'Check the network.'],
  ENOTFOUND: ['there is no machine of this name', 'Check the name.'],
  EAI_AGAIN: ['the name of the machine cannot be looked up', 'Check the network.'],
};

const WRITING: Readonly<Record<string, Words>> = {
  ...EITHER,
  ENOSPC: ['the disk is full', 'Free some space or choose another disk; the input is unchanged.'],
  EDQUOT: ['the disk quota is used up', 'Free some space or choose another disk; the input is unchanged.'],
  EFBIG: ['the file would be larger than is allowed here', 'Raise the limit (ulimit -f) or choose another disk.'],
  ENOENT: ['its folder does not exist', 'Create it or choose another place.'],
  ENOTDIR: ['a part of its path is not a folder', 'Choose another place.'],
  EISDIR: ['it is a folder', 'Choose another name.'],
  EACCES: ['permission is denied', 'Choose another place or run as a user who may write there.'],
  EPERM: ['permission is denied', 'Choose another place or run as a user who may write there.'],
  EROFS: ['the file system is read-only', 'Choose another place.'],
  EIO: ['the disk reports an error', 'Choose another disk.'],
  EXDEV: ['it would have to move to another disk', 'Choose another place.'],
};

const READING: Readonly<Record<string, Words>> = {
  ...EITHER,
  ENOENT: ['there is no such file', 'Check the path.'],
  ENOTDIR: ['a part of its path is not a folder', 'Check the path.'],
  EISDIR: ['it is a folder', 'Name the file itself.'],
  EACCES: ['permission is denied', 'Run as a user who may read it, or copy it to a place where you may.'],
  EPERM: ['permission is denied', 'Run as a user who may read it, or copy it to a place where you may.'],
  EIO: ['the disk reports an error', 'Copy the file to another disk, and check the copy.'],
};

/** Calls that only read; every other one fails on behalf of something that is written. */
const READING_CALLS: ReadonlySet<string> = new Set([
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

/** An error while `path` was being written. `place` says where in it: ` at byte 512`. */
export function outputError(path: string, error: unknown, place = ''): unknown {
  if (!isExplainable(error)) return error;
  const [found, advice] = wordsOf(error, WRITING, 'Choose another place.');
  return new OutputError(`Cannot write ${path}${place}: ${found}. ${advice}`, { cause: error });
}

/** An error while `path` was being read. `place` says where in it: ` at byte 512`. */
export function inputError(path: string, error: unknown, place = ''): unknown {
  if (!isExplainable(error)) return error;
  const [found, advice] = wordsOf(error, READING, 'Check the disk it lies on.');
  return new InputError(`Cannot read ${path}${place}: ${found}. ${advice}`, { cause: error });
}

/** Translates a system error that no lower layer has turned into a UserFacingError. `input`: what was being read. */
export function explainSystemError(input: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  return isReading(error)
    ? inputError(error.path ?? input, error)
    : outputError(error.path ?? 'a temporary file', error);
}

/** The words of an error without its code, as part of a sentence: `there is no such file`. */
export function reasonOf(error: unknown): string {
  const [found] = wordsOf(error, READING, '');
  return found;
}

/** True when a copy failed on the side that is read. */
export function isReading(error: unknown): boolean {
  return isSystemError(error) && READING_CALLS.has(error.syscall) && !WRITING_CODES.has(error.code);
}

/** `ENOENT`, `Z_DATA_ERROR` and so on; undefined for an error without a code, and for our own, whose codes mean something else. */
export function errorCode(error: unknown): string | undefined {
  const isOurs = error instanceof UserFacingError;
  const code: unknown = isObject(error) && !isOurs && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

export function errorMessage(error: unknown): string {
  return isObject(error) && 'message' in error ? String(error.message) : String(error);
}

function wordsOf(error: unknown, table: Readonly<Record<string, Words>>, advice: string): Words {
  return table[errorCode(error) ?? ''] ?? [libuvWords(error) ?? errorMessage(error).replace(/\.$/, ''), advice];
}

/** `EPROTO: protocol error, open '/x'` → `protocol error` */
function libuvWords(error: unknown): string | undefined {
  const errno: unknown = isObject(error) && 'errno' in error ? error.errno : undefined;
  return typeof errno === 'number' ? getSystemErrorMap().get(errno)?.[1] : undefined;
}

function isExplainable(error: unknown): boolean {
  const code = errorCode(error);
  return code !== undefined && code !== 'ABORT_ERR';
}

function isSystemError(error: unknown): error is Error & { code: string; syscall: string; path?: string } {
  return errorCode(error) !== undefined && isObject(error) && 'syscall' in error && typeof error.syscall === 'string';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
