/** JSON string literals: resolves escapes, writes literals, and shortens them. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const SHORT_ESCAPES = new Map<number, number>([
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);
const LETTER_OF_CONTROL = new Map([...SHORT_ESCAPES].map(([letter, control]) => [control, letter]));

/** The character for each letter after a backslash; letters without a special meaning map to themselves. */
const UNESCAPED = Uint8Array.from({ length: 256 }, (_, letter) => SHORT_ESCAPES.get(letter) ?? letter);

/** The character that a letter other than `u` stands for after a backslash. */
export const unescaped = (letter: number): number => UNESCAPED[letter] as number;

/** 1 for bytes that must be escaped in a JSON string, else 0. */
const NEEDS_ESCAPE = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH ? 1 : 0,
);

/** The value of each hexadecimal digit. */
const HEX = Uint8Array.from({ length: 256 }, (_, byte) => Number.parseInt(String.fromCharCode(byte), 16) || 0);

const hexValue = (bytes: Uint8Array, at: number): number =>
  ((HEX[bytes[at] as number] as number) << 12) |
  ((HEX[bytes[at + 1] as number] as number) << 8) |
  ((HEX[bytes[at + 2] as number] as number) << 4) |
  (HEX[bytes[at + 3] as number] as number);

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/**
 * Reads the `\u` escape at `at`, or two escapes if they form a surrogate pair. The code point is undefined for a lone
 * surrogate, which UTF-8 cannot represent.
 */
export function readUnicodeEscape(bytes: Uint8Array, at: number): { codePoint: number | undefined; next: number } {
  const unit = hexValue(bytes, at + 2);
  if (isHighSurrogate(unit) && bytes[at + 6] === BACKSLASH && bytes[at + 7] === 0x75) {
    const low = hexValue(bytes, at + 8);
    if (isLowSurrogate(low)) return { codePoint: 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), next: at + 12 };
  }
  const alone = isHighSurrogate(unit) || isLowSurrogate(unit);
  return { codePoint: alone ? undefined : unit, next: at + 6 };
}

/** The position of the next backslash in `[at, end)`, or `end`. */
function nextBackslash(bytes: Buffer, at: number, end: number): number {
  // Bounded by a view: searching to the end of a large buffer for every short value would be quadratic.
  const found = bytes.subarray(at, end).indexOf(BACKSLASH);
  return found < 0 ? end : at + found;
}

/**
 * The text of a valid JSON string literal (`bytes[start, end)`, quotes included). Shares memory with `bytes` if there are no
 * escapes. A lone surrogate becomes U+FFFD, as in Go.
 */
export function decodeJsonText(bytes: Buffer, start: number, end: number): Buffer {
  if (nextBackslash(bytes, start + 1, end - 1) === end - 1) return bytes.subarray(start + 1, end - 1);
  const out = Buffer.allocUnsafe(end - start - 2);
  return out.subarray(0, decodeJsonTextInto(bytes, start, end, out, 0));
}

/**
 * Like `decodeJsonText`, but writes into `out` at `at`; returns the index after the text, which is never longer than its
 * literal. Reads four bytes at a time while none is a backslash: where escapes are frequent, searching for each next one costs
 * more than it skips.
 */
export function decodeJsonTextInto(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  const last = end - 1;
  let length = at;
  for (let i = start + 1; i < last; i++) {
    const byte = bytes[i] as number;
    if (i + 3 < last) {
      const second = bytes[i + 1] as number;
      const third = bytes[i + 2] as number;
      const fourth = bytes[i + 3] as number;
      if (byte !== BACKSLASH && second !== BACKSLASH && third !== BACKSLASH && fourth !== BACKSLASH) {
        out[length] = byte;
        out[length + 1] = second;
        out[length + 2] = third;
        out[length + 3] = fourth;
        length += 4;
        i += 3;
        continue;
      }
    }
    if (byte !== BACKSLASH) {
      out[length++] = byte;
      continue;
    }
    const letter = bytes[++i] as number;
    if (letter !== 0x75) {
      out[length++] = UNESCAPED[letter] as number;
      continue;
    }
    let codePoint = hexValue(bytes, i + 1);
    i += 4;
    if (isHighSurrogate(codePoint) && bytes[i + 1] === BACKSLASH && bytes[i + 2] === 0x75) {
      const low = hexValue(bytes, i + 3);
      if (isLowSurrogate(low)) {
        codePoint = 0x10000 + ((codePoint - 0xd800) << 10) + (low - 0xdc00);
        i += 6;
      }
    }
    length = putUtf8(isHighSurrogate(codePoint) || isLowSurrogate(codePoint) ? 0xfffd : codePoint, out, length);
  }
  return length;
}

/** Writes a code point to `out` at `at` and returns the index after it. */
export function putUtf8(codePoint: number, out: Uint8Array, at: number): number {
  if (codePoint < 0x80) {
    out[at] = codePoint;
    return at + 1;
  }
  const bytes = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  let rest = codePoint;
  for (let i = bytes - 1; i > 0; i--) {
    out[at + i] = 0x80 | (rest & 0x3f);
    rest >>>= 6;
  }
  out[at] = ((0xf00 >>> bytes) & 0xff) | rest;
  return at + bytes;
}

/**
 * Writes text as a JSON string literal to `out` at `at` and returns the index after it. Escapes only what JSON requires; copies
 * four bytes at a time while none needs an escape. `out` must have room for `6 × length + 2` bytes.
 */
export function encodeJsonText(text: Uint8Array, start: number, end: number, out: Buffer, at: number): number {
  out[at++] = QUOTE;
  let i = start;
  while (i < end) {
    const byte = text[i] as number;
    if (i + 3 < end) {
      const second = text[i + 1] as number;
      const third = text[i + 2] as number;
      const fourth = text[i + 3] as number;
      if (
        ((NEEDS_ESCAPE[byte] as number) |
          (NEEDS_ESCAPE[second] as number) |
          (NEEDS_ESCAPE[third] as number) |
          (NEEDS_ESCAPE[fourth] as number)) ===
        0
      ) {
        out[at] = byte;
        out[at + 1] = second;
        out[at + 2] = third;
        out[at + 3] = fourth;
        at += 4;
        i += 4;
        continue;
      }
    }
    i++;
    if (NEEDS_ESCAPE[byte] === 0) out[at++] = byte;
    else if (byte >= 0x20) {
      out[at++] = BACKSLASH;
      out[at++] = byte;
    } else {
      at = writeControl(byte, out, at);
    }
  }
  out[at++] = QUOTE;
  return at;
}

function writeControl(byte: number, out: Buffer, at: number): number {
  const letter = LETTER_OF_CONTROL.get(byte);
  if (letter === undefined) return at + out.write(`\\u00${byte.toString(16).padStart(2, '0')}`, at, 'latin1');
  out[at] = BACKSLASH;
  out[at + 1] = letter;
  return at + 2;
}

/**
 * Returns the same JSON with its strings as short as possible: `\u003c` becomes `<`, `\/` becomes `/`. All values stay the
 * same. For valid JSON only.
 */
export function shortenEscapes(json: Buffer): Buffer {
  const out = Buffer.allocUnsafe(json.length);
  let length = 0;
  let at = 0;
  // Backslashes occur only in strings.
  for (;;) {
    const backslash = nextBackslash(json, at, json.length);
    length += json.copy(out, length, at, backslash);
    if (backslash >= json.length) return out.subarray(0, length);
    const letter = json[backslash + 1] as number;
    let next = backslash + 2;
    let replacement = '';
    if (letter === 0x2f) {
      replacement = '/';
    } else if (letter === 0x75) {
      const { codePoint, next: afterEscape } = readUnicodeEscape(json, backslash);
      next = afterEscape;
      replacement = shortest(codePoint);
    }
    length += replacement === '' ? json.copy(out, length, backslash, next) : out.write(replacement, length);
    at = next;
  }
}

/** The shortest notation of a code point; empty if the escape has to stay. */
function shortest(codePoint: number | undefined): string {
  if (codePoint === undefined) return '';
  if (codePoint === QUOTE || codePoint === BACKSLASH) return `\\${String.fromCodePoint(codePoint)}`;
  if (codePoint >= 0x20) return String.fromCodePoint(codePoint);
  const letter = LETTER_OF_CONTROL.get(codePoint);
  return letter === undefined ? '' : `\\${String.fromCharCode(letter)}`;
}
