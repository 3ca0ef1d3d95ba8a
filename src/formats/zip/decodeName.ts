/** Decodes the names of entries, with yauzl where a name is not plain ASCII. The only file that imports yauzl. */

import { createRequire } from 'node:module';
import { ExtraId, findExtra, RecordLength } from './records.js';

const require = createRequire(import.meta.url);
/** Loaded when it is needed: most archives have nothing but plain names. */
let yauzl: typeof import('yauzl') | undefined;

/**
 * The name in the central header at this place, if it is printable ASCII and the only one. yauzl reads whole directories
 * too, but takes 52 µs of processor time an entry from a file, where this and all checks take 1.4.
 */
export function plainName(bytes: Buffer, at: number): string | undefined {
  const start = at + RecordLength.CentralHeader;
  const end = start + bytes.readUInt16LE(at + 28);
  if (!isPrintable(bytes, start, end)) return undefined;
  const extraLength = bytes.readUInt16LE(at + 30);
  if (extraLength > 0 && findExtra(bytes.subarray(end, end + extraLength), ExtraId.UnicodePath) !== undefined) {
    return undefined;
  }
  return bytes.toString('latin1', start, end);
}

/** The name in the central header at this place: UTF-8, CP437 or the Unicode path extra field. */
export function decodeName(bytes: Buffer, at: number): string {
  yauzl ??= require('yauzl') as typeof import('yauzl');
  const { getFileNameLowLevel, parseExtraFields } = yauzl;
  const start = at + RecordLength.CentralHeader;
  const end = start + bytes.readUInt16LE(at + 28);
  const fields = parseExtraFields(bytes.subarray(end, end + bytes.readUInt16LE(at + 30)));
  return getFileNameLowLevel(bytes.readUInt16LE(at + 8), bytes.subarray(start, end), fields, true);
}

/** Printable ASCII: CP437 has signs of its own for control characters. */
function isPrintable(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}
