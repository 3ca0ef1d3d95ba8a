/** Decodes the bytes of a cell without changing it: cells are changed through their own methods. */
import { textBytes, toInteger } from './coerce.js';
import { type Cell, CellKind } from './rows.js';

/** The text of a cell as bytes; undefined if it holds none. May share memory with the cell. */
export function textOf(cell: Cell): Buffer | undefined {
  return cell.kind === CellKind.Missing || cell.kind === CellKind.Null ? undefined : textBytes(cell);
}

/** True for a missing cell, NULL and the empty text. */
export function isEmpty(cell: Cell): boolean {
  switch (cell.kind) {
    case CellKind.Missing:
    case CellKind.Null:
      return true;
    case CellKind.Text:
      return cell.end === cell.start;
    case CellKind.JsonText:
      return cell.end - cell.start === 2;
    default:
      return false;
  }
}

/**
 * The whole number that an output writes for a cell, in any notation; undefined if there is none. Exact up to 2^53: enough for ids
 * and flags.
 */
export function integerOf(cell: Cell): number | undefined {
  let { start, end } = cell;
  if (cell.kind === CellKind.JsonText) {
    start++;
    end--;
  } else if (cell.kind !== CellKind.Number && cell.kind !== CellKind.Text) {
    return uncommonIntegerOf(cell);
  }
  const negative = cell.bytes[start] === 0x2d;
  if (negative) start++;
  if (start >= end) return undefined;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = (cell.bytes[i] as number) - 0x30;
    if (digit < 0 || digit > 9) return uncommonIntegerOf(cell);
    value = value * 10 + digit;
  }
  return negative ? -value : value;
}

/** Of `1.0`, `+1`, true and the like. */
function uncommonIntegerOf(cell: Cell): number | undefined {
  const digits = toInteger(cell);
  return digits === undefined ? undefined : Number(digits);
}

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/** True for decimal digits, with or without a minus sign, that fit a 64-bit Go integer. */
export function isInt64(bytes: Buffer, start: number, end: number): boolean {
  for (let i = bytes[start] === 0x2d ? start + 1 : start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  if (end - start < 19) return true;
  // More digits than a 64-bit number can have would only make a needlessly large BigInt.
  if (end - start > 20) return false;
  const value = BigInt(bytes.toString('latin1', start, end));
  return value >= MIN_INT64 && value <= MAX_INT64;
}
