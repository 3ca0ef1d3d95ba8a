/** Resolves the escapes of SQL strings and of COPY data, in place: what comes out is never longer than what was there. */

import { BACKSLASH, DIGIT_0 } from './bytes.js';

/** How a quoted string is to be read. */
export const Escapes = {
  /** Only the quote is escaped, by doubling it. */
  Doubled: 0,
  /** MySQL's: a backslash, and the doubled quote. */
  MySql: 1,
  /** PostgreSQL's E'…': the same with octal, hexadecimal and Unicode escapes. */
  Postgres: 2,
  /** COPY's text format. */
  Copy: 3,
  /** MySQL's text files, and COPY's: neither writes an escape that means something else in the other. */
  TextFile: 4,
} as const;
export type Escapes = (typeof Escapes)[keyof typeof Escapes];

/** One byte behind a backslash by what it stands for; -1: it stands for itself. */
function simpleEscapes(pairs: Readonly<Record<string, number>>): Int16Array {
  const table = new Int16Array(256).fill(-1);
  for (const [letter, byte] of Object.entries(pairs)) table[letter.charCodeAt(0)] = byte;
  return table;
}

// https://dev.mysql.com/doc/refman/8.0/en/string-literals.html; \% and \_ keep their backslash.
const MYSQL = simpleEscapes({ '0': 0, b: 8, n: 10, r: 13, t: 9, Z: 26 });
// https://www.postgresql.org/docs/15/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE
const POSTGRES = simpleEscapes({ b: 8, f: 12, n: 10, r: 13, t: 9 });
// https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.2
const COPY = simpleEscapes({ b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 });

// https://dev.mysql.com/doc/refman/8.0/en/load-data.html#load-data-field-line-handling
const TEXT_FILE = simpleEscapes({ '0': 0, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, Z: 26 });

/** Resolves `bytes[start, end)` where it lies; returns the new end. `quote` is the byte that may be doubled, -1 for none. */
export function resolveEscapes(bytes: Buffer, start: number, end: number, escapes: Escapes, quote: number): number {
  if (escapes === Escapes.Doubled) return undouble(bytes, start, end, quote);
  let to = start;
  for (let i = start; i < end; ) {
    const byte = bytes[i] as number;
    if (byte === BACKSLASH && i + 1 < end) {
      const next = bytes[i + 1] as number;
      if (escapes === Escapes.MySql) {
        if (next === 0x25 || next === 0x5f) bytes[to++] = BACKSLASH;
        const simple = MYSQL[next] as number;
        bytes[to++] = simple < 0 ? next : simple;
        i += 2;
        continue;
      }
      if (escapes === Escapes.TextFile) {
        const simple = TEXT_FILE[next] as number;
        bytes[to++] = simple < 0 ? next : simple;
        i += 2;
        continue;
      }
      const simple = (escapes === Escapes.Copy ? COPY : POSTGRES)[next] as number;
      if (simple >= 0) {
        bytes[to++] = simple;
        i += 2;
        continue;
      }
      [i, to] = putCodeEscape(bytes, i + 1, end, to, escapes);
      continue;
    }
    bytes[to++] = byte;
    i += byte === quote ? 2 : 1;
  }
  return to;
}

function undouble(bytes: Buffer, start: number, end: number, quote: number): number {
  let from = start;
  let to = start;
  for (;;) {
    const at = bytes.indexOf(quote, from);
    if (at < 0 || at >= end) break;
    bytes.copyWithin(to, from, at + 1);
    to += at + 1 - from;
    from = at + 2;
  }
  bytes.copyWithin(to, from, end);
  return to + (end - from);
}

/** Reads `101`, `x41`, `u0041` or `U00000041` at `i` and writes what it means at `to`; returns where both end. */
function putCodeEscape(
  bytes: Buffer,
  i: number,
  end: number,
  to: number,
  escapes: Escapes,
): [from: number, to: number] {
  const letter = bytes[i] as number;
  if (letter >= DIGIT_0 && letter <= 0x37) {
    const [value, after] = readDigits(bytes, i, Math.min(i + 3, end), 8);
    bytes[to] = value & 0xff;
    return [after, to + 1];
  }
  if (letter === 0x78) {
    const [value, after] = readDigits(bytes, i + 1, Math.min(i + 3, end), 16);
    bytes[to] = after > i + 1 ? value : letter;
    return [after, to + 1];
  }
  const length = letter === 0x75 ? 4 : letter === 0x55 ? 8 : 0;
  if (escapes === Escapes.Postgres && length > 0) {
    let [value, after] = readDigits(bytes, i + 1, Math.min(i + 1 + length, end), 16);
    if (after === i + 1 + length) {
      // A character beyond the first plane may be written as two.
      if (value >= 0xd800 && value < 0xdc00 && bytes[after] === BACKSLASH && bytes[after + 1] === 0x75) {
        const [low, afterLow] = readDigits(bytes, after + 2, Math.min(after + 6, end), 16);
        if (low >= 0xdc00 && low < 0xe000) {
          value = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
          after = afterLow;
        }
      }
      return [after, to + putCodePoint(bytes, to, value)];
    }
  }
  bytes[to] = letter;
  return [i + 1, to + 1];
}

/** The value of the digits from `start` on, and where they end. */
export function readDigits(bytes: Buffer, start: number, end: number, base: 8 | 16): [value: number, after: number] {
  let value = 0;
  let i = start;
  for (; i < end; i++) {
    const digit = hexDigit(bytes[i]);
    if (digit < 0 || digit >= base) break;
    value = value * base + digit;
  }
  return [value, i];
}

/** The value of one hexadecimal digit, or -1. */
export function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= DIGIT_0 && byte <= 0x39) return byte - DIGIT_0;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Writes a code point as UTF-8 and returns its length; what is none becomes U+FFFD. */
export function putCodePoint(bytes: Buffer, at: number, code: number): number {
  const point = code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code;
  if (point < 0x80) {
    bytes[at] = point;
    return 1;
  }
  if (point < 0x800) {
    bytes[at] = 0xc0 | (point >> 6);
    bytes[at + 1] = 0x80 | (point & 0x3f);
    return 2;
  }
  if (point < 0x10000) {
    bytes[at] = 0xe0 | (point >> 12);
    bytes[at + 1] = 0x80 | ((point >> 6) & 0x3f);
    bytes[at + 2] = 0x80 | (point & 0x3f);
    return 3;
  }
  bytes[at] = 0xf0 | (point >> 18);
  bytes[at + 1] = 0x80 | ((point >> 12) & 0x3f);
  bytes[at + 2] = 0x80 | ((point >> 6) & 0x3f);
  bytes[at + 3] = 0x80 | (point & 0x3f);
  return 4;
}
