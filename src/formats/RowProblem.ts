/** Errors of row scanners: a scanner knows bytes and positions, its caller the file and the table. */

/** Thrown if the bytes end within the current row: read it again from its beginning with more bytes. */
export const NEED_MORE: unique symbol = Symbol('the bytes end before the row does');

/** A fault in a row, which the caller turns into an error for the user. */
export class RowProblem extends Error {
  constructor(
    message: string,
    /** Position in the given bytes. */
    readonly position: number,
  ) {
    super(message);
  }
}
