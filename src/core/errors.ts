/**
 * The errors a user can cause. Each message says what was being done, what was found and where, and what to do about it.
 * Anything else that is thrown is a bug in this program and keeps its stack trace.
 */

/** A stable code by which programs tell errors apart. */
export type ErrorCode =
  | 'usage'
  | 'input'
  | 'not-gogs'
  | 'version'
  | 'refused'
  | 'output'
  | 'verification'
  | 'some-failed'
  | 'needs-hand';

/** Base of the error family; never thrown itself. `name` is written out, because minifiers rename classes. */
export abstract class UserFacingError extends Error {
  abstract override readonly name: string;
  abstract readonly code: ErrorCode;
}

/** The command or its options are invalid. */
export class UsageError extends UserFacingError {
  override readonly name = 'UsageError';
  override readonly code = 'usage';
}

/** The input cannot be read, is damaged, or is not a backup of Gogs. */
export class InputError extends UserFacingError {
  override readonly name: string = 'InputError';
  override readonly code: 'input' | 'not-gogs' = 'input';
}

/** The input can be read, but it is something else, for example a dump of another program. */
export class ForeignInputError extends InputError {
  override readonly name = 'ForeignInputError';
  override readonly code = 'not-gogs';
}

/** The input is from a version that cannot be upgraded to the target. */
export class VersionError extends UserFacingError {
  override readonly name = 'VersionError';
  override readonly code = 'version';
}

/** `--strict` was given, and something would be lost or needs a hand. */
export class RefusedError extends UserFacingError {
  override readonly name = 'RefusedError';
  override readonly code = 'refused';
}

/** The output cannot be written. */
export class OutputError extends UserFacingError {
  override readonly name = 'OutputError';
  override readonly code = 'output';
}

/** The written output is not what it should be. */
export class VerificationError extends UserFacingError {
  override readonly name = 'VerificationError';
  override readonly code = 'verification';
}

/** Some inputs of a batch could not be upgraded. */
export class SomeFailedError extends UserFacingError {
  override readonly name = 'SomeFailedError';
  override readonly code = 'some-failed';
}

/** Everything was written, but something in it needs a hand. The command that throws this has already said so. */
export class NeedsHandError extends UserFacingError {
  override readonly name = 'NeedsHandError';
  override readonly code = 'needs-hand';
}
