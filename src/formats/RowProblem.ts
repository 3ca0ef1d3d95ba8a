/** What a scanner of rows says when it cannot go on: it knows bytes and positions, its caller the file and the table. */

/** Thrown when the bytes end before what is being read does: read again from its beginning with more of them. */
export const NEED_MORE: unique symbol = Symbol('the bytes end before the row does');

/** What is wrong with a row. The caller makes an error for the user of it. */
export class RowProblem extends Error {
  constructor(
    message: string,
    /** In the bytes that were given. */
    readonly position: number,
  ) {
    super(message);
  }
}
