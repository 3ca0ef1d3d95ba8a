/** SQLite records: https://www.sqlite.org/fileformat2.html, section 2.1. */
import { type Cell, CellKind } from '../../core/rows.js';
import { texts } from './texts.js';

/** Thrown for invalid records. The caller knows the page and the table. */
export class RecordProblem extends Error {}

/** A variable-length integer for a length or type: 1 to 9 bytes, 7 bits each. `next`: the position after it. */
export interface Varint {
  value: number;
  next: number;
}

/**
 * Reads into `result`, because it is called several times per row. Numbers beyond 2^53 are rounded; no length is that large.
 */
export function readVarint(bytes: Buffer, at: number, result: Varint): void {
  let value = bytes[at] ?? 0x80;
  if (value < 0x80) {
    result.value = value;
    result.next = at + 1;
    return;
  }
  value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) throw new RecordProblem(texts().found.numberCutOff);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      result.value = value;
      result.next = at + i + 1;
      return;
    }
  }
  const last = bytes[at + 8];
  if (last === undefined) throw new RecordProblem(texts().found.numberCutOff);
  result.value = value * 256 + last;
  result.next = at + 9;
}

/** A row id: a signed 64-bit integer. Ids beyond 2^53 are bigints. */
export function readRowId(bytes: Buffer, at: number, varint: Varint): number | bigint {
  readVarint(bytes, at, varint);
  if (varint.value <= Number.MAX_SAFE_INTEGER) return varint.value;
  let value = 0n;
  for (const byte of bytes.subarray(at, Math.min(varint.next, at + 8))) value = (value << 7n) | BigInt(byte & 0x7f);
  if (varint.next === at + 9) value = (value << 8n) | BigInt(bytes[at + 8] ?? 0);
  value = BigInt.asIntN(64, value);
  return value < 0n && value >= BigInt(Number.MIN_SAFE_INTEGER) ? Number(value) : value;
}

/** Enough for the digits and sign of 64 bits, or a floating-point number in its shortest exact form. */
export const LONGEST_NUMBER = 32;

/** Space for numbers in decimal: `LONGEST_NUMBER` bytes for each column of a row. */
export interface Scratch {
  readonly bytes: Buffer;
  /** The end of the column's space. */
  readonly end: number;
  /** The column has REAL affinity, where whole numbers are stored as integers, so 3 means 3.0. */
  readonly isReal: boolean;
}

/**
 * Points a cell at the value of a serial type that begins at `at`, and returns the position after it. Texts and blobs are not
 * copied. Throws RecordProblem for an invalid type. The caller checks that the value is within the record.
 */
export function fillCell(cell: Cell, type: number, bytes: Buffer, at: number, scratch: Scratch): number {
  if (type >= 12) {
    const end = at + Math.floor((type - 12) / 2);
    // Not `set`, because this runs for every value of a database.
    cell.kind = CellKind.Text;
    cell.bytes = bytes;
    cell.start = at;
    cell.end = end;
    cell.lead = -1;
    return end;
  }
  const first = bytes[at] ?? 0;
  switch (type) {
    case 0:
      cell.kind = CellKind.Null;
      return at;
    case 1:
      setInteger(cell, (first << 24) >> 24, scratch);
      return at + 1;
    case 2:
      setInteger(cell, ((first << 24) >> 16) | (bytes[at + 1] ?? 0), scratch);
      return at + 2;
    case 3:
      setInteger(cell, ((first << 24) >> 8) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0), scratch);
      return at + 3;
    case 4:
      setInteger(
        cell,
        (first << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0),
        scratch,
      );
      return at + 4;
    case 5:
      setInteger(cell, whole(bytes, at, 6).readIntBE(at, 6), scratch);
      return at + 6;
    case 6:
      setInteger(cell, readInt64(whole(bytes, at, 8), at), scratch);
      return at + 8;
    case 7:
      setReal(cell, whole(bytes, at, 8).readDoubleBE(at), scratch);
      return at + 8;
    case 8:
    case 9:
      setInteger(cell, type - 8, scratch);
      return at;
    default:
      throw new RecordProblem(texts().found.unknownType({ type }));
  }
}

/** Whether a serial type is a text. */
export const isText = (type: number): boolean => type >= 13 && type % 2 === 1;

export const isBlob = (type: number): boolean => type >= 12 && type % 2 === 0;

function whole(bytes: Buffer, at: number, length: number): Buffer {
  if (at + length > bytes.length) throw new RecordProblem(texts().found.numberCutOff);
  return bytes;
}

function readInt64(bytes: Buffer, at: number): number | bigint {
  const high = bytes.readInt32BE(at);
  // Less than 2^53 in absolute value.
  if (high >= -0x20_0000 && high < 0x20_0000) return high * 0x1_0000_0000 + bytes.readUInt32BE(at + 4);
  return bytes.readBigInt64BE(at);
}

export function setInteger(cell: Cell, value: number | bigint, scratch: Scratch): void {
  if (scratch.isReal) {
    setReal(cell, Number(value), scratch);
    return;
  }
  if (typeof value === 'bigint' || value < -0x7fff_ffff || value > 0x7fff_ffff) {
    setNumber(cell, String(value), scratch);
    return;
  }
  // From the last digit on, without creating a string for each of up to a hundred million numbers.
  const { bytes, end } = scratch;
  let at = end;
  let rest = value < 0 ? -value : value;
  do {
    const tenth = (rest / 10) | 0;
    bytes[--at] = 0x30 + rest - tenth * 10;
    rest = tenth;
  } while (rest > 0);
  if (value < 0) bytes[--at] = 0x2d;
  cell.kind = CellKind.Number;
  cell.bytes = bytes;
  cell.start = at;
  cell.end = end;
  cell.lead = -1;
}

export function setReal(cell: Cell, value: number, scratch: Scratch): void {
  setNumber(cell, realText(value), scratch);
}

function setNumber(cell: Cell, text: string, { bytes, end }: Scratch): void {
  const start = end - LONGEST_NUMBER;
  cell.set(CellKind.Number, bytes, start, start + bytes.write(text, start, 'latin1'));
}

/** The notation of SQLite's own `.dump`: with a decimal point, and infinity as a number out of range. */
function realText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '1e999' : '-1e999';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
