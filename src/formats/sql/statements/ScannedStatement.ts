/** What `SqlTokenizer` finds. */

import type { SqlStatement } from './SqlStatement.js';

/** Bytes of a statement that are kept: enough for everything but rows. */
export const LONGEST_HEAD = 32 * 1024;

/** A statement that was found. The object is reused: copy what must be kept. */
export class ScannedStatement {
  /** `head[headStart, headEnd)` is the beginning of the statement, at most `LONGEST_HEAD` bytes. */
  head: Buffer = Buffer.alloc(0);
  headStart = 0;
  headEnd = 0;
  /** Position in the file, from the first word; the end is after the terminator or the COPY data. */
  start = 0;
  end = 0;
  /** 1-based line on which it begins. */
  line = 0;
  /** Position and line of the COPY data that follows; -1 if there is none. */
  dataStart = -1;
  dataLine = 0;
  /** What ends it, if that is no semicolon. */
  delimiter: Buffer | undefined;
  /** False if the file ends before the statement does. */
  terminated = true;
  /** It contains the word ON outside strings and names: a clause for existing keys. */
  hasOnClause = false;
  /** It contains a backslash outside strings and names: a command for the client program. */
  isOdd = false;
  /** It contains a semicolon although another delimiter ends it, and something after that: a stored program, or several statements. */
  hasParts = false;

  /** The beginning, decoded. */
  headText(): string {
    return this.head.toString('utf8', this.headStart, this.headEnd);
  }

  /** `opening`: its beginning without values. */
  place(opening: string): SqlStatement {
    const { start, end, line } = this;
    return { start, end, line, opening };
  }
}
