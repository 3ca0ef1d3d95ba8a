/**
 * Finds the ends of quoted strings and counts the lines on the way. Short strings are looked at byte by byte; what is longer
 * is searched with `indexOf`, which is 30 times faster over long text and slower over short.
 */

import { BACKSLASH, LF } from './bytes.js';

/** Bytes that are looked at one by one before a search begins. */
const SHORT = 32;

export class StringScanner {
  /** Line ends that `findQuote` has passed since the caller set it. */
  lines = 0;
  /** Where the last `findQuote` met its first backslash; -1 when it met none. */
  escapeAt = -1;

  /**
   * The next backslash and line end at or behind where the last search stood: each is looked for once, not again from every
   * string, which would be quadratic.
   */
  #nextBackslash = -1;
  #nextLine = -1;

  /** Must be called when the bytes are others, and before going back in them. */
  reset(): void {
    this.#nextBackslash = -1;
    this.#nextLine = -1;
  }

  /**
   * The first quote in `[from, end)` that no backslash escapes (where they do). `end` or one more when there is none: one
   * more says that the byte at `end` is escaped.
   */
  findQuote(bytes: Buffer, from: number, end: number, quote: number, withBackslash: boolean): number {
    let i = from;
    this.escapeAt = -1;
    const shortEnd = Math.min(from + SHORT, end);
    for (; i < shortEnd; i++) {
      const byte = bytes[i];
      if (byte === quote) return i;
      if (byte === LF) this.lines++;
      else if (byte === BACKSLASH && withBackslash) {
        if (this.escapeAt < 0) this.escapeAt = i;
        i++;
        if (bytes[i] === LF) this.lines++;
      }
    }
    return i < end ? this.#search(bytes, i, end, quote, withBackslash) : i;
  }

  #search(bytes: Buffer, from: number, end: number, quote: number, withBackslash: boolean): number {
    let i = from;
    let lastEscape = from;
    let nextQuote = indexOrEnd(bytes, quote, i, end);
    while (i < end) {
      if (nextQuote < i) nextQuote = indexOrEnd(bytes, quote, i, end);
      if (!withBackslash) {
        this.#countLines(bytes, i, nextQuote);
        return nextQuote;
      }
      if (this.#nextBackslash < i) this.#nextBackslash = indexOrEnd(bytes, BACKSLASH, i, bytes.length);
      if (this.#nextBackslash >= nextQuote) {
        this.#countLines(bytes, i, nextQuote);
        return nextQuote;
      }
      const escapeAt = this.#nextBackslash;
      if (this.escapeAt < 0) this.escapeAt = escapeAt;
      this.#countLines(bytes, i, Math.min(escapeAt + 2, bytes.length));
      const isAlone = escapeAt - lastEscape >= SHORT;
      i = escapeAt + 2;
      lastEscape = i;
      if (isAlone) continue;
      // Escapes come in crowds, as in quoted JSON: the next one is looked for by hand first.
      const shortEnd = Math.min(i + SHORT, end);
      for (; i < shortEnd; i++) {
        const byte = bytes[i];
        if (byte === quote) return i;
        if (byte === LF) this.lines++;
        else if (byte === BACKSLASH) {
          i++;
          if (bytes[i] === LF) this.lines++;
          lastEscape = i + 1;
        }
      }
    }
    return i;
  }

  #countLines(bytes: Buffer, from: number, to: number): void {
    if (this.#nextLine < from) this.#nextLine = indexOrEnd(bytes, LF, from, bytes.length);
    while (this.#nextLine < to) {
      this.lines++;
      this.#nextLine = indexOrEnd(bytes, LF, this.#nextLine + 1, bytes.length);
    }
  }
}

function indexOrEnd(bytes: Buffer, byte: number, from: number, end: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 || at > end ? end : at;
}
