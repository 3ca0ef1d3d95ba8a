/**
 * Sorts the keys of an index. Their first values, as 64 bits in the same order, are sorted digit by digit, which takes a tenth of
 * the time of comparing; only keys with the same bits are compared.
 */
import { compareKeys, integerAt } from './compareKeys.js';
import { FIRST_TEXT, LONG, NULL, valueLength } from './putVarint.js';
import { readVarint, type Varint } from './records.js';

/** Fewer are compared at once. */
const FEW = 1024;
const DIGITS = 0x1_0000;

/** The first bits tell what a value is. */
const NUMBERS = 0x4000_0000;
const TEXTS = 0x8000_0000;
/** Numbers beyond, which take eight bytes, are taken for it. Twice as much is still exact. */
const LARGEST = 2 ** 52;

/** `starts`: where each key begins; they are sorted. `isAscending`: keys of the same values are in the order of their ids. */
export function sortKeys(bytes: Buffer, starts: Uint32Array, columns: number, isAscending: boolean): void {
  // The id is the last value.
  const compare = (a: number, b: number): number => compareKeys(bytes, a, b, columns + 1);
  if (starts.length <= FEW) {
    starts.sort(compare);
    return;
  }
  const high = new Uint32Array(starts.length);
  const low = new Uint32Array(starts.length);
  const areExact = putFirstBits(bytes, starts, high, low) && columns === 1 && isAscending;
  const order = sortByDigits(high, low);
  const sorted = order.map((index) => starts[index] as number);
  starts.set(sorted);
  if (areExact) return;
  for (let from = 0, to = 1; from < starts.length; from = to, to++) {
    const first = order[from] as number;
    while (to < starts.length && high[order[to] as number] === high[first] && low[order[to] as number] === low[first])
      to++;
    const same = starts.subarray(from, to);
    // Often the rows are in the order of a key already, such as the number of an issue in its repository.
    if (!same.every((start, index) => index === 0 || compare(same[index - 1] as number, start) <= 0))
      same.sort(compare);
  }
}

const varint: Varint = { value: 0, next: 0 };

/** Returns whether keys with the same bits have the same first value. */
function putFirstBits(bytes: Buffer, starts: Uint32Array, high: Uint32Array, low: Uint32Array): boolean {
  let areExact = true;
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] as number;
    const at = start + (bytes[start] as number);
    readVarint(bytes, start + 1, varint);
    const type = varint.value;
    if (type === NULL) continue;
    if (type < FIRST_TEXT) {
      if (type === LONG) areExact = false;
      const value = Number(integerAt(bytes, at, type));
      const bits = Math.max(0, Math.min(value + LARGEST, 2 * LARGEST));
      high[i] = NUMBERS + Math.floor(bits / 2 ** 32);
      low[i] = bits % 2 ** 32;
      continue;
    }
    areExact = false;
    const end = at + valueLength(type);
    const byte = (index: number): number => (at + index < end ? (bytes[at + index] as number) : 0);
    high[i] = TEXTS + byte(0) * 0x1_0000 + byte(1) * 0x100 + byte(2);
    low[i] = byte(3) * 0x100_0000 + byte(4) * 0x1_0000 + byte(5) * 0x100 + byte(6);
  }
  return areExact;
}

/** The order of the numbers of 64 bits: by their last 16 bits, then, what is the same staying in place, by those before. */
function sortByDigits(high: Uint32Array, low: Uint32Array): Uint32Array {
  let order = Uint32Array.from(high, (_, index) => index);
  let next = new Uint32Array(high.length);
  const places = new Uint32Array(DIGITS);
  for (const words of [low, high]) {
    for (const shift of [0, 16]) {
      places.fill(0);
      for (let i = 0; i < words.length; i++) {
        const digit = ((words[i] as number) >>> shift) & 0xffff;
        places[digit] = (places[digit] as number) + 1;
      }
      if (places[((words[0] as number) >>> shift) & 0xffff] === words.length) continue;
      for (let digit = 0, place = 0; digit < DIGITS; digit++) {
        const count = places[digit] as number;
        places[digit] = place;
        place += count;
      }
      for (let i = 0; i < order.length; i++) {
        const index = order[i] as number;
        const digit = ((words[index] as number) >>> shift) & 0xffff;
        const place = places[digit] as number;
        next[place] = index;
        places[digit] = place + 1;
      }
      [order, next] = [next, order];
    }
  }
  return order;
}
