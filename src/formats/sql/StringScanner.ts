/**
 * Finds the ends of quoted strings and counts the lines on the way. The first bytes are looked at one by one, which is best for
 * short strings. Long ones are searched for quotes only: whether one is escaped is told by the backslashes right before it,
 * so that the many escapes of JSON in text cost nothing here.
 */

import { BACKSLASH, BACKTICK, CLOSE_BRACKET, DOUBLE_QUOTE, LF, SINGLE_QUOTE } from './bytes.js';
import { NextByte } from './NextByte.js';

/** Bytes that are looked at one by one before a search begins. */
const SHORT = 40;
/** Bytes that may need a look have a 1. */
const STOPS = new Uint8Array(256);
for (const byte of [SINGLE_QUOTE, DOUBLE_QUOTE, BACKTICK, CLOSE_BRACKET, BACKSLASH, LF]) STOPS[byte] = 1;
/** Bytes that are looked at one by one between line ends. */
const SHORT_LINE = 16;

export class StringScanner {
  /** Line ends that `findQuote` has passed since the caller set it. */
  lines = 0;
  /** Where the last `findQuote` met its first backslash; -1 when it met none. */
  escapeAt = -1;

  readonly #nextBackslash = new NextByte(BACKSLASH);
  readonly #nextLine = new NextByte(LF);

  /** Must be called when the bytes are others, and before going back in them. */
  reset(): void {
    this.#nextBackslash.reset();
    this.#nextLine.reset();
  }

  /**
   * The first quote in `[from, end)` that no backslash escapes (where they do). `end` or one more when there is none: one
   * more says that the byte at `end` is escaped.
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

/** Whether an odd number of backslashes stands right before `at`; before `from`, none does. */
function isEscaped(bytes: Buffer, from: number, at: number): boolean {
  let i = at;
  while (i > from && bytes[i - 1] === BACKSLASH) i--;
  return ((at - i) & 1) === 1;
}
