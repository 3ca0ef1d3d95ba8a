/**
 * Compares keys of an index as SQLite does: https://www.sqlite.org/fileformat2.html, section 2.3. NULL is before numbers, numbers
 * are before texts, texts are compared byte by byte.
 */
import { FIRST_TEXT, LONG, NULL, ONE, valueLength, ZERO } from './putVarint.js';
import { readVarint, type Varint } from './records.js';

const left: Varint = { value: 0, next: 0 };
const right: Varint = { value: 0, next: 0 };

/** Compares the first `columns` values of the keys at `a` and `b`. */
export function compareKeys(bytes: Buffer, a: number, b: number, columns: number): number {
  left.next = a + 1;
  right.next = b + 1;
  let atA = a + (bytes[a] as number);
  let atB = b + (bytes[b] as number);
  for (let i = 0; i < columns; i++) {
    readVarint(bytes, left.next, left);
    readVarint(bytes, right.next, right);
    const order = compareValues(bytes, left.value, atA, right.value, atB);
    if (order !== 0) return order;
    atA += valueLength(left.value);
    atB += valueLength(right.value);
  }
  return 0;
}

function compareValues(bytes: Buffer, typeA: number, a: number, typeB: number, b: number): number {
  if (typeA < FIRST_TEXT && typeB < FIRST_TEXT) {
    if (typeA === NULL || typeB === NULL) return Math.sign(typeA) - Math.sign(typeB);
    const one = integerAt(bytes, a, typeA);
    const other = integerAt(bytes, b, typeB);
    if (one === other) return 0;
    return one < other ? -1 : 1;
  }
  if (typeA < FIRST_TEXT || typeB < FIRST_TEXT) return typeA - typeB;
  const lengthA = valueLength(typeA);
  const lengthB = valueLength(typeB);
  const shorter = Math.min(lengthA, lengthB);
  for (let i = 0; i < shorter; i++) {
    const difference = (bytes[a + i] as number) - (bytes[b + i] as number);
    if (difference !== 0) return difference;
  }
  return lengthA - lengthB;
}

/** A whole number; of eight bytes, a bigint. */
export function integerAt(bytes: Buffer, at: number, type: number): number | bigint {
  if (type === ZERO) return 0;
  if (type === ONE) return 1;
  return type === LONG ? bytes.readBigInt64BE(at) : bytes.readIntBE(at, valueLength(type));
}

/** Whether the first `columns` values of two keys are the same, and none is NULL: NULL is different from itself. */
export function areSame(bytes: Buffer, a: number, b: number, columns: number): boolean {
  if (compareKeys(bytes, a, b, columns) !== 0) return false;
  left.next = a + 1;
  for (let i = 0; i < columns; i++) {
    readVarint(bytes, left.next, left);
    if (left.value === NULL) return false;
  }
  return true;
}

/** Where the key at `start` ends. */
export function keyEnd(bytes: Buffer, start: number): number {
  const headerEnd = start + (bytes[start] as number);
  let end = headerEnd;
  for (left.next = start + 1; left.next < headerEnd; ) {
    readVarint(bytes, left.next, left);
    end += valueLength(left.value);
  }
  return end;
}
