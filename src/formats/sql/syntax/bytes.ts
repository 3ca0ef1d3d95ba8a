/** Names and classes of the bytes that have a meaning in SQL. */

export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const DOLLAR = 0x24;
export const SINGLE_QUOTE = 0x27;
export const OPEN_PAREN = 0x28;
export const CLOSE_PAREN = 0x29;
export const STAR = 0x2a;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const DIGIT_0 = 0x30;
export const DIGIT_9 = 0x39;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
const UNDERSCORE = 0x5f;
export const BACKTICK = 0x60;
export const PIPE = 0x7c;

/** Whitespace between tokens, including vertical tab and form feed. */
export function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || (byte !== undefined && byte >= TAB && byte <= CR);
}

/** A byte allowed in an unquoted name: letters, digits, `_`, `$`, and everything beyond ASCII. */
export function isNameByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= DIGIT_0 && byte <= DIGIT_9) ||
    byte === UNDERSCORE ||
    byte === DOLLAR ||
    byte >= 0x80
  );
}

/**
 * Counts line ends in `bytes[start, end)`: branch-free and four at a time, because each line end would cause a branch
 * misprediction.
 */
export function countLines(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  let i = start;
  for (; i + 3 < end; i += 4) {
    lines +=
      isLine(bytes[i] as number) +
      isLine(bytes[i + 1] as number) +
      isLine(bytes[i + 2] as number) +
      isLine(bytes[i + 3] as number);
  }
  for (; i < end; i++) lines += isLine(bytes[i] as number);
  return lines;
}

function isLine(byte: number): number {
  return ((byte ^ LF) - 1) >>> 31;
}
