/**
 * Finds the ends of quoted strings and counts lines. Short strings are read byte by byte, which is fastest for them. In long
 * ones only quotes are searched for; the backslashes directly before a quote tell whether it is escaped, so that the many
 * escapes of JSON in text cost nothing.
 */

import { BACKSLASH, BACKTICK, CLOSE_BRACKET, DOUBLE_QUOTE, LF, SINGLE_QUOTE } from './bytes.js';
import { NextByte } from './NextByte.js';

/** Number of bytes to read one by one before a search begins. */
const SHORT = 40;
/** 1 for each byte that may end a string, or has a special meaning in it. */
const STOPS = new Uint8Array(256);
for (const byte of [SINGLE_QUOTE, DOUBLE_QUOTE, BACKTICK, CLOSE_BRACKET, BACKSLASH, LF]) STOPS[byte] = 1;
/** Number of bytes to read one by one between line ends. */
const SHORT_LINE = 16;

export class StringScanner {
  /** Line ends that `findQuote` has passed since the caller reset this. */
  lines = 0;
  /** Position of the first backslash that the last `findQuote` found, or -1. */
  escapeAt = -1;

  readonly #nextBackslash = new NextByte(BACKSLASH);
  readonly #nextLine = new NextByte(LF);

  /** Call after the buffer changes, and before going back in it. */
  reset(): void {
    this.#nextBackslash.reset();
    this.#nextLine.reset();
  }

  /**
   * The first quote in `[from, end)` that is not escaped with a backslash. Returns `end` if there is none, and `end + 1` if the
   * byte at `end` is escaped.
   */
  findQuote(bytes: Buffer, from: number, end: number, quote: number, withBackslash: boolean): number {
    let i = from;
    this.escapeAt = -1;
    for (;;) {
      const shortEnd = Math.min(i + SHORT, end);
      for (; i < shortEnd; i++) {
        const byte = bytes[i] as number;
        if (STOPS[byte] === 0) continue;
        if (byte === quote) return i;
        if (byte === LF) this.lines++;
        else if (byte === BACKSLASH && withBackslash) {
          if (this.escapeAt < 0) this.escapeAt = i;
          i++;
          if (bytes[i] === LF) this.lines++;
        }
      }
      if (i >= end) return i;
      const found = bytes.indexOf(quote, i);
      const next = found < 0 || found > end ? end : found;
      let escaped = false;
      if (withBackslash) {
        if (this.escapeAt < 0) this.#noteEscape(bytes, i, next);
        escaped = isEscaped(bytes, i, next);
      }
      const after = escaped ? next + 1 : next;
      this.#countLines(bytes, i, Math.min(after, bytes.length));
      if (!escaped || after >= end) return after;
      i = after;
    }
  }

  #noteEscape(bytes: Buffer, from: number, to: number): void {
    const at = this.#nextBackslash.find(bytes, from);
    if (at < to) this.escapeAt = at;
  }

  #countLines(bytes: Buffer, from: number, to: number): void {
    let next = this.#nextLine.find(bytes, from);
    while (next < to) {
      this.lines++;
      let i = next + 1;
      const shortEnd = Math.min(i + SHORT_LINE, to);
      while (i < shortEnd && bytes[i] !== LF) i++;
      next = i < shortEnd ? i : this.#nextLine.find(bytes, i);
    }
  }
}

/** Whether an odd number of backslashes precedes `at`, counting from `from`. */
function isEscaped(bytes: Buffer, from: number, at: number): boolean {
  let i = at;
  while (i > from && bytes[i - 1] === BACKSLASH) i--;
  return ((at - i) & 1) === 1;
}
