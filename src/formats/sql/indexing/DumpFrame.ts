/** Tells whether a dump is whole by the comments with which dump programs begin and end. */

/** A program that writes one of them writes the other. */
const OPENING_COMMENT = /^-- (?:(MySQL|MariaDB) dump |PostgreSQL database (cluster )?dump\s*$)/;
const CLOSING_COMMENT = /^-- (?:(Dump completed)|PostgreSQL database (cluster )?dump complete)/;

export class DumpFrame {
  /** The closing comments that are still expected; undefined before the first opening comment. */
  #expected: Set<string> | undefined;

  /** Takes the beginning of a comment; false if it neither begins nor ends a dump. */
  takeComment(text: string): boolean {
    const opening = OPENING_COMMENT.exec(text);
    if (opening !== null) {
      this.#expected ??= new Set();
      this.#expected.add(kindOf(opening));
      return true;
    }
    const closing = CLOSING_COMMENT.exec(text);
    if (closing !== null) this.#expected?.delete(kindOf(closing));
    return closing !== null;
  }

  /** Undefined if the producer writes no such comments. */
  get isComplete(): boolean | undefined {
    return this.#expected === undefined ? undefined : this.#expected.size === 0;
  }
}

/** pg_dumpall writes the comments of pg_dump for each database, inside its own. */
const kindOf = ([, mysql, cluster]: RegExpExecArray): string =>
  mysql === undefined ? (cluster ?? 'database') : 'dump';
