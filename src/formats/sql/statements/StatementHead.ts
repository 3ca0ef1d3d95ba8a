/** Keeps the beginning of a statement that is scanned in several pieces of a file. */

import { LONGEST_HEAD, type ScannedStatement } from './ScannedStatement.js';

export class StatementHead {
  readonly #statement: ScannedStatement;
  readonly #carried = Buffer.alloc(LONGEST_HEAD);
  #length = 0;

  constructor(statement: ScannedStatement) {
    this.#statement = statement;
  }

  /** A new statement begins. */
  clear(): void {
    this.#length = 0;
  }

  /** Keeps the bytes of a piece up to `to`; `offset` is the position of `bytes[0]` in the file. */
  carry(bytes: Buffer, to: number, offset: number): void {
    const from = this.#statement.start + this.#length - offset;
    if (from < to && this.#length < LONGEST_HEAD) this.#length += bytes.copy(this.#carried, this.#length, from, to);
  }

  /** Gives the statement its head, which ends at `codeEnd` at the latest: from this piece, or assembled from several. */
  finish(bytes: Buffer, codeEnd: number, offset: number): void {
    const statement = this.#statement;
    const start = statement.start - offset;
    if (this.#length === 0 && start >= 0) {
      statement.head = bytes;
      statement.headStart = start;
      statement.headEnd = Math.min(codeEnd, start + LONGEST_HEAD);
      return;
    }
    this.carry(bytes, codeEnd, offset);
    statement.head = this.#carried;
    statement.headStart = 0;
    statement.headEnd = this.#length;
  }
}
