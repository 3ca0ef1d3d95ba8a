import { NO_BYTES } from './SqlValue.js';

/** The bytes of hexadecimal digits; an odd number of them gets a leading zero. */
export function hexBytes(digits: string): Buffer {
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}

/** The bytes of binary digits, with leading zeros. */
export function bitBytes(digits: string): Buffer {
  const length = Math.ceil(digits.length / 8);
  return length === 0
    ? NO_BYTES
    : Buffer.from(
        BigInt(`0b${digits}`)
          .toString(16)
          .padStart(2 * length, '0'),
        'hex',
      );
}
