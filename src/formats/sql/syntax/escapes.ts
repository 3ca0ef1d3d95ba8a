/** Resolves the escapes of SQL strings and COPY data in place: the result is never longer than the original. */

import { findByte, WORD, wordOf, wordsOf } from '../../../core/words.js';
import { BACKSLASH, DIGIT_0 } from './bytes.js';

/** The escape rules of a quoted string. */
export const Escapes = {
  /** Only doubled quotes. */
  Doubled: 0,
  /** MySQL: backslashes and doubled quotes. */
  MySql: 1,
  /** PostgreSQL's E'…': the same plus octal, hexadecimal and Unicode escapes. */
  Postgres: 2,
  /** COPY's text format. */
  Copy: 3,
  /** Text files of MySQL and of COPY, which never write an escape that has another meaning in the other format. */
  TextFile: 4,
} as const;
export type Escapes = (typeof Escapes)[keyof typeof Escapes];

/** Entries of the tables below: the letter itself; the backslash is kept; digits follow. */
const ITSELF = -1;
const AS_WRITTEN = -2;
const BY_CODE = -3;

/** The byte for each letter after a backslash. */
function simpleEscapes(pairs: Readonly<Record<string, number>>, byCode = ''): Int16Array {
  const table = new Int16Array(256).fill(ITSELF);
  for (const [letter, byte] of Object.entries(pairs)) table[letter.charCodeAt(0)] = byte;
  for (const letter of byCode) table[letter.charCodeAt(0)] = BY_CODE;
  return table;
}

const MEANINGS: Readonly<Record<Escapes, Int16Array>> = {
  [Escapes.Doubled]: simpleEscapes({}),
  // https://dev.mysql.com/doc/refman/8.0/en/string-literals.html
  [Escapes.MySql]: simpleEscapes({ '0': 0, b: 8, n: 10, r: 13, t: 9, Z: 26, '%': AS_WRITTEN, _: AS_WRITTEN }),
  // https://www.postgresql.org/docs/15/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE
  [Escapes.Postgres]: simpleEscapes({ b: 8, f: 12, n: 10, r: 13, t: 9 }, '01234567xuU'),
  // https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.2
  [Escapes.Copy]: simpleEscapes({ b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 }, '01234567x'),
  // https://dev.mysql.com/doc/refman/8.0/en/load-data.html#load-data-field-line-handling
  [Escapes.TextFile]: simpleEscapes({ '0': 0, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, Z: 26 }),
};

/**
 * Resolves `bytes[from, end)` in place and returns the new end. `quote` is the byte that may be doubled, or -1; `words` are those
 * of the bytes.
 */
export function resolveEscapes(
  bytes: Buffer,
  from: number,
  end: number,
  escapes: Escapes,
  quote: number,
  words = wordsOf(bytes),
): number {
  const opening = escapes === Escapes.Doubled ? quote : BACKSLASH;
  const meanings = MEANINGS[escapes];
  const lastWord = end - WORD;
  const openingWord = wordOf(opening);
  const quoteWord = quote < 0 ? openingWord : wordOf(quote);
  let i = from;
  let to = from;
  for (;;) {
    while (i <= lastWord) {
      const word = words.getInt32(i, true);
      if ((findByte(word, openingWord) | findByte(word, quoteWord)) !== 0) break;
      words.setInt32(to, word, true);
      i += WORD;
      to += WORD;
    }
    let byte = 0;
    while (i < end) {
      byte = bytes[i] as number;
      if (byte === opening || byte === quote) break;
      bytes[to++] = byte;
      i++;
    }
    if (i >= end) return to;
    if (byte === quote) {
      bytes[to++] = byte;
      i += 2;
      continue;
    }
    if (i + 1 >= end) {
      bytes[to++] = byte;
      return to;
    }
    const letter = bytes[i + 1] as number;
    const meaning = meanings[letter] as number;
    if (meaning === BY_CODE) {
      const next = putCodeEscape(bytes, i + 1, end, to, escapes);
      i = next[0];
      to = next[1];
      continue;
    }
    if (meaning === AS_WRITTEN) bytes[to++] = BACKSLASH;
    bytes[to++] = meaning >= 0 ? meaning : letter;
    i += 2;
  }
}

/** Reads `101`, `x41`, `u0041` or `U00000041` at `i` and writes the byte or character to `to`; returns both new positions. */
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
      // A character beyond U+FFFF may be written as a surrogate pair.
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

/** The value of the digits that begin at `start`, and the position after them. */
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

/** Writes a code point as UTF-8 and returns its length in bytes; an invalid one becomes U+FFFD. */
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
