import { FIRST_TEXT, integerType, LONG, NULL, putInteger, putVarint, valueLength, varintLength } from './putVarint.js';

/** A record of a few values: https://www.sqlite.org/fileformat2.html, section 2.1. */
export function encodeRecord(values: readonly (string | number | bigint | null)[]): Buffer {
  const types = values.map((value) => {
    if (value === null) return NULL;
    if (typeof value === 'string') return FIRST_TEXT + 2 * Buffer.byteLength(value);
    return typeof value === 'number' || isSmall(value) ? integerType(Number(value)) : LONG;
  });
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const length = sum(types.map(varintLength));
  // The length of the header includes itself; with a few values it takes one byte.
  const bytes = Buffer.alloc(1 + length + sum(types.map(valueLength)));
  let at = putVarint(bytes, 0, 1 + length);
  for (const type of types) at = putVarint(bytes, at, type);
  for (const [index, value] of values.entries()) {
    const type = types[index] as number;
    if (typeof value === 'string') at += bytes.write(value, at);
    else if (type === LONG) at = bytes.writeBigInt64BE(BigInt(value ?? 0), at);
    else at = putInteger(bytes, at, Number(value), type);
  }
  return bytes;
}

const isSmall = (value: bigint): boolean => BigInt.asIntN(48, value) === value;
