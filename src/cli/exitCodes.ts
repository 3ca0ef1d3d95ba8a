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

export const EXIT_CODES = [
  { code: 0, meaning: 'done' },
  { code: 1, meaning: 'a bug of ours, with a stack trace: please report it' },
  { code: 2, meaning: 'the command or its options make no sense' },
  { code: 3, meaning: 'the input cannot be read, is damaged, or is no Gogs backup' },
  { code: 4, meaning: 'the version of the input is not supported' },
  { code: 5, meaning: 'refused under --strict: something would be lost or needs a hand' },
  { code: 6, meaning: 'the output cannot be written' },
  { code: 7, meaning: 'batch: some inputs failed' },
  { code: 8, meaning: 'verify: something does not hold' },
  { code: 9, meaning: 'written, but something needs a hand: an output is not ready as it is' },
  { code: 130, meaning: 'interrupted' },
] as const;

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
