import { BACKSLASH, PLUS } from '../syntax/bytes.js';
import { putCodePoint, readDigits } from '../syntax/escapes.js';

/**
 * `\XXXX`, `\+XXXXXX` and `\\`, as in U&'…' of PostgreSQL and unistr('…') of SQLite 3.50, which also has `\uXXXX` and
 * `\UXXXXXXXX` (https://www.sqlite.org/lang_corefunc.html#unistr). PostgreSQL joins surrogate pairs. Undefined for an invalid
 * character.
 */
export function unicodeEscapes(bytes: Buffer, withLetters: boolean, joinsPairs: boolean): Buffer | undefined {
  const result = Buffer.alloc(bytes.length);
  let to = 0;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] as number;
    if (byte !== BACKSLASH || i + 1 >= bytes.length) {
      result[to++] = byte;
      i++;
      continue;
    }
    const letter = bytes[i + 1];
    if (letter === BACKSLASH) {
      result[to++] = BACKSLASH;
      i += 2;
      continue;
    }
    const prefixed = letter === PLUS ? 6 : withLetters && letter === 0x75 ? 4 : withLetters && letter === 0x55 ? 8 : 0;
    const digits = i + (prefixed === 0 ? 1 : 2);
    let [code, after] = readDigits(bytes, digits, Math.min(digits + (prefixed || 4), bytes.length), 16);
    if (code >= 0xd800 && code < 0xdc00 && joinsPairs) {
      const isPrefixed = bytes[after + 1] === PLUS || bytes[after + 1] === 0x75;
      const start = after + (isPrefixed ? 2 : 1);
      const length = bytes[after + 1] === PLUS ? 6 : 4;
      const [low, afterLow] = readDigits(bytes, start, Math.min(start + length, bytes.length), 16);
      if (bytes[after] !== BACKSLASH || low < 0xdc00 || low > 0xdfff) return undefined;
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      after = afterLow;
    }
    // Engines handle invalid characters differently.
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    to += putCodePoint(result, to, code);
    i = after;
  }
  return result.subarray(0, to);
}

/** Replaces the escape byte of `UESCAPE '!'` by backslashes. */
export function withBackslashes(bytes: Buffer, mark: number): Buffer {
  const result: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte === mark && bytes[i + 1] === mark) result.push(...(mark === BACKSLASH ? [mark, mark] : [mark]));
    else if (byte === mark) result.push(BACKSLASH);
    else result.push(...(byte === BACKSLASH ? [byte, byte] : [byte]));
    if (byte === mark && bytes[i + 1] === mark) i++;
  }
  return Buffer.from(result);
}
