/**
 * Finds the end of a CREATE statement whose body contains semicolons, by the rules of the engine's own client: sqlite3_complete
 * (https://www.sqlite.org/c3ref/complete.html) and psqlscan.l of PostgreSQL 15.
 */

/** The relevant words, in upper case, are shorter than this. */
export const LONGEST_WORD = 16;

export interface CompoundStatement {
  word(word: string): void;
  /** Any token but words, semicolons, white space and comments. */
  other(byte: number): void;
  /** True if the statement ends at the semicolon. */
  endsAtSemicolon(): boolean;
}

const OPEN_PAREN = 0x28;
const CLOSE_PAREN = 0x29;

/** SQLite's triggers end at `;END;`, all other statements at their first semicolon. */
export class SqliteCompound implements CompoundStatement {
  #words = 0;
  #isTrigger = false;
  /** The last tokens are `;`, and then `END`. */
  #sawSemicolon = false;
  #sawEnd = false;

  word(word: string): void {
    this.#words++;
    // CREATE [TEMP] TRIGGER
    if (word === 'TRIGGER' && this.#words <= 3) this.#isTrigger = true;
    this.#sawEnd = this.#sawSemicolon && word === 'END';
    this.#sawSemicolon = false;
  }

  other(): void {
    this.#sawSemicolon = false;
    this.#sawEnd = false;
  }

  endsAtSemicolon(): boolean {
    if (!this.#isTrigger || this.#sawEnd) return true;
    this.#sawSemicolon = true;
    return false;
  }
}

/** PostgreSQL's functions may have a body `BEGIN ATOMIC … END`, and its rules several statements in parentheses. */
export class PostgresCompound implements CompoundStatement {
  #words = 0;
  #isRoutine = false;
  #parentheses = 0;
  #depth = 0;

  word(word: string): void {
    this.#words++;
    // CREATE [OR REPLACE] FUNCTION
    if ((word === 'FUNCTION' || word === 'PROCEDURE') && this.#words <= 4) this.#isRoutine = true;
    if (!this.#isRoutine || this.#parentheses > 0) return;
    if (word === 'BEGIN' || (word === 'CASE' && this.#depth > 0)) this.#depth++;
    else if (word === 'END' && this.#depth > 0) this.#depth--;
  }

  other(byte: number): void {
    if (byte === OPEN_PAREN) this.#parentheses++;
    else if (byte === CLOSE_PAREN && this.#parentheses > 0) this.#parentheses--;
  }

  endsAtSemicolon(): boolean {
    return this.#parentheses === 0 && this.#depth === 0;
  }
}
