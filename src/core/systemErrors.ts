/**
 * Translates system errors into errors that say what was being done, what was found and what to do. Everything that opens,
 * reads or writes uses this, so that no message shows a bare ENOENT. Other errors are passed on unchanged.
 *
 * Recognizes errors by their properties, not by their class: where modules run in a separate context, as under jest, Node's
 * errors are of another class with the same name.
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { InputError, OutputError, UserFacingError } from './errors.js';
import { texts } from './texts.js';

/** What was found, and what to do about it. */
interface Words {
  readonly found: string;
  readonly advice: string;
}

/** Calls that only read; any other call fails on behalf of something that is written. */
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
/** Codes that only occur when writing, regardless of the call. */
const WRITING_CODES: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EEXIST', 'EPIPE']);

/** Translates an error that occurred while writing `path`; `byte` is the position in it. */
export function outputError(path: string, error: unknown, byte?: number): unknown {
  if (!isExplainable(error)) return error;
  const { writing, chooseAnotherPlace, cannotWrite, takesNoFiles } = texts();
  // Such as a folder of /proc.
  const isRefused = errorCode(error) === 'ENOENT' && existsSync(dirname(path));
  const words = isRefused ? takesNoFiles : wordsOf(error, writing, chooseAnotherPlace);
  return new OutputError(cannotWrite({ path: placeIn(path, byte), ...words }), { cause: error });
}

/** Translates an error that occurred while reading `path`; `byte` is the position in it. */
export function inputError(path: string, error: unknown, byte?: number): unknown {
  if (!isExplainable(error)) return error;
  const { reading, checkDisk, cannotRead, nameNotUtf8 } = texts();
  // Node decodes arguments and folders as UTF-8; paths with replacement characters do not exist.
  const isLost = errorCode(error) === 'ENOENT' && path.includes('\ufffd');
  const words = isLost ? nameNotUtf8 : wordsOf(error, reading, checkDisk);
  return new InputError(cannotRead({ path: placeIn(path, byte), ...words }), { cause: error });
}

const placeIn = (path: string, byte: number | undefined): string =>
  byte === undefined ? path : texts().atByte({ path, byte });

/** Translates a system error that no lower layer has turned into a UserFacingError. `input`: what was being read. */
export function explainSystemError(input: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  return isReading(error)
    ? inputError(error.path ?? input, error)
    : outputError(error.path ?? texts().temporaryFile, error);
}

/** The error in words without its code, as part of a sentence: `there is no such file`. */
export function reasonOf(error: unknown, doing: 'reading' | 'writing' = 'reading'): string {
  return wordsOf(error, texts()[doing], '').found;
}

/** True if a copy failed on its reading side. */
export function isReading(error: unknown): boolean {
  return isSystemError(error) && READING_CALLS.has(error.syscall) && !WRITING_CODES.has(error.code);
}

/**
 * `ENOENT`, `Z_DATA_ERROR` and so on; undefined for errors without a code, and for our own errors, whose codes mean something
 * else.
 */
export function errorCode(error: unknown): string | undefined {
  const isOurs = error instanceof UserFacingError;
  const code: unknown = isObject(error) && !isOurs && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

export function errorMessage(error: unknown): string {
  return isObject(error) && 'message' in error ? String(error.message) : String(error);
}

function wordsOf(error: unknown, table: Readonly<Record<string, Words>>, advice: string): Words {
  const found = libuvWords(error) ?? errorMessage(error).replace(/\.$/, '');
  return table[errorCode(error) ?? ''] ?? { found, advice };
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
