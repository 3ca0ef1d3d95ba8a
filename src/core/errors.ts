/**
 * The errors a user can cause. Each message says what was being done, what was found and where, and what to do about it.
 * Anything else that is thrown is a bug of ours and keeps its stack trace.
 */

/** Base of the family; never thrown itself. */
export abstract class UserFacingError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** The command or the options make no sense. */
export class UsageError extends UserFacingError {}

/** The input cannot be read, is damaged, or is no backup of Gogs. */
export class InputError extends UserFacingError {}

/** The input is from a version that cannot be upgraded to the target. */
export class VersionError extends UserFacingError {}

/** Asked to be strict, and something would be lost or needs a hand. */
export class RefusedError extends UserFacingError {}

/** The output cannot be written. */
export class OutputError extends UserFacingError {}

/** What was written does not hold what it should. */
export class VerificationError extends UserFacingError {}

/** Of the inputs of a batch, some could not be upgraded. */
export class SomeFailedError extends UserFacingError {}
