/** The only place where errors become exit codes. `--help` and README contain the same table. */
import {
  InputError,
  NeedsHandError,
  OutputError,
  RefusedError,
  SomeFailedError,
  UsageError,
  VerificationError,
  VersionError,
} from '../core/errors.js';
import { texts } from './texts.js';

const CODES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 130] as const;

export const EXIT_CODES = CODES.map((code) => ({ code, meaning: (): string => texts().exitCodes[code] }));

const BY_ERROR = [
  [UsageError, 2],
  [InputError, 3],
  [VersionError, 4],
  [RefusedError, 5],
  [OutputError, 6],
  [SomeFailedError, 7],
  [VerificationError, 8],
  [NeedsHandError, 9],
] as const;

/** 1 for errors that are bugs of the program. */
export function exitCodeOf(error: unknown): number {
  return BY_ERROR.find(([kind]) => error instanceof kind)?.[1] ?? 1;
}
