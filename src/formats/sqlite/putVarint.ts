/** Writes the parts of records and pages. */

/** Shorter spans are copied byte by byte, because a native copy call would take longer. */
const SHORT = 48;

/** Copies `from[start, end)` and returns the position after it. */
export function copyBytes(from: Buffer, start: number, end: number, to: Buffer, at: number): number {
  if (end - start > SHORT) return at + from.copy(to, at, start, end);
  let next = at;
  for (let i = start; i < end; i++) to[next++] = from[i] as number;
  return next;
}

/** The number of bytes of a whole number below 2^53. */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++;
  return length;
}

/** Writes a whole number below 2^53 and returns the position after it. */
export function putVarint(bytes: Buffer, at: number, value: number): number {
  if (value < 128) {
    bytes[at] = value;
    return at + 1;
  }
  const end = at + varintLength(value);
  let rest = value;
  for (let i = end - 1; i >= at; i--) {
    bytes[i] = (rest % 128) | (i === end - 1 ? 0 : 0x80);
    rest = Math.floor(rest / 128);
  }
  return end;
}

/** Types of values: https://www.sqlite.org/fileformat2.html, section 2.1. */
export const NULL = 0;
export const LONG = 6;
export const ZERO = 8;
export const ONE = 9;
export const FIRST_TEXT = 13;
/** Bytes of the numbers of each type. */
const NUMBER_BYTES = [0, 1, 2, 3, 4, 6, 8, 0, 0, 0] as const;

/** Bytes of a value of this type. */
export function valueLength(type: number): number {
  return type < FIRST_TEXT ? (NUMBER_BYTES[type] as number) : (type - FIRST_TEXT) / 2;
}

/** The type of a whole number that a number holds exactly. */
export function integerType(value: number): number {
  if (value === 0) return ZERO;
  if (value === 1) return ONE;
  if (value >= -0x80 && value < 0x80) return 1;
  if (value >= -0x8000 && value < 0x8000) return 2;
  if (value >= -0x80_0000 && value < 0x80_0000) return 3;
  if (value >= -0x8000_0000 && value < 0x8000_0000) return 4;
  if (value >= -0x8000_0000_0000 && value < 0x8000_0000_0000) return 5;
  return LONG;
}

/** Writes such a number and returns the position after it. Byte by byte, because a call of Buffer's methods takes longer. */
export function putInteger(bytes: Buffer, at: number, value: number, type: number): number {
  if (type === LONG) return bytes.writeBigInt64BE(BigInt(value), at);
  const length = valueLength(type);
  let rest = value;
  for (let i = at + length - 1; i >= at; i--) {
    bytes[i] = rest & 0xff;
    rest = length > 4 ? Math.floor(rest / 256) : rest >> 8;
  }
  return at + length;
}
