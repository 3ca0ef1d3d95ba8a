/**
 * File names are bytes on most systems and need not be UTF-8. In text, each byte that is not valid UTF-8 becomes a lone
 * surrogate, U+DC80 to U+DCFF, and can be converted back: as in Python's file names (PEP 383).
 */
import { isUtf8 } from 'node:buffer';

const FIRST_SURROGATE = 0xdc00;
const ESCAPED = /[\udc80-\udcff]/;
/** With the flag `u`, only lone surrogates match. */
const LONE = /[\udc80-\udcff]/u;

/** The name for these bytes. */
export function nameOfBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  let name = '';
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    name +=
      length === 0
        ? String.fromCharCode(FIRST_SURROGATE + (bytes[at] as number))
        : bytes.toString('utf8', at, at + length);
    at += length || 1;
  }
  return name;
}

/** The argument for `node:fs` for a path that may contain names from `nameOfBytes`. */
export function diskPath(path: string): string | Buffer {
  if (!ESCAPED.test(path) || !LONE.test(path)) return path;
  const parts = Array.from(path, (character) =>
    LONE.test(character) ? Buffer.from([character.charCodeAt(0) - FIRST_SURROGATE]) : Buffer.from(character),
  );
  return Buffer.concat(parts);
}

/** The bytes of a name from `nameOfBytes`. */
export const bytesOfName = (name: string): Buffer => Buffer.from(diskPath(name));

/** Length in bytes of the UTF-8 character that begins there; 0 if there is none. */
function characterLength(bytes: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    if (isUtf8(bytes.subarray(at, at + length))) return length;
  }
  return 0;
}
