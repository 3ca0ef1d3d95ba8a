/**
 * Converts a value from any source's notation to the kind of its column: a whole number, a boolean, a time, a UUID. Nothing is
 * guessed: a value that does not fit is returned as a problem, and the caller says where it was found.
 */

import { decodeJsonText } from './jsonText.js';
import { type Cell, CellKind } from './rows.js';
import { texts } from './texts.js';

/** Why a value cannot be written. */
export const ValueProblem = {
  NotInteger: 'notInteger',
  OutOfRange: 'outOfRange',
  NotBoolean: 'notBoolean',
  NotTime: 'notTime',
  NotUuid: 'notUuid',
  Null: 'null',
  NulCharacter: 'nulCharacter',
  NotUtf8: 'notUtf8',
  TooLong: 'tooLong',
} as const;
export type ValueProblem = (typeof ValueProblem)[keyof typeof ValueProblem];

/** The problem in words, for messages: `is not a whole number`. */
export const describeProblem = (problem: ValueProblem): string => texts().values[problem];

/** The bytes of a cell's text, without copying if possible. */
export function textBytes(cell: Cell): Buffer {
  switch (cell.kind) {
    case CellKind.JsonText:
      return decodeJsonText(cell.bytes, cell.start, cell.end);
    case CellKind.True:
      return Buffer.from('true');
    case CellKind.False:
      return Buffer.from('false');
    default:
      return cell.bytes.subarray(cell.start, cell.end);
  }
}

const SHORT = 64;

/** The text of a value that should be short; undefined if it is long and so cannot be valid. */
function shortText(cell: Cell): string | undefined {
  if (cell.kind === CellKind.Missing || cell.kind === CellKind.Null || cell.end - cell.start > SHORT) return undefined;
  return textBytes(cell).toString('latin1');
}

/** True for a number, or a text that is one, of digits only. Nearly all are, and these need not be decoded to text. */
export function isPlainInteger({ kind, bytes, start, end }: Cell): boolean {
  const digits = bytes[start] === 0x2d ? start + 1 : start;
  if (kind === CellKind.Text) {
    // Unlike a number, a text may be empty or begin with zeros.
    if (digits >= end || (bytes[digits] === 0x30 && end - start > 1)) return false;
  } else if (kind !== CellKind.Number) return false;
  for (let i = digits; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  return true;
}

/** The decimal digits of a whole number: quoted numbers, `12.0` and booleans count as numbers. */
export function toInteger(cell: Cell): string | undefined {
  const text = shortText(cell);
  if (text === undefined) return undefined;
  if (cell.kind === CellKind.True) return '1';
  if (cell.kind === CellKind.False) return '0';
  const digits = /^([+-]?)0*(\d+)(?:\.0*)?$/.exec(text);
  if (digits === null) return undefined;
  const [, sign, number = ''] = digits;
  return sign === '-' && number !== '0' ? `-${number}` : number;
}

/** How engines and formats write booleans; MySQL's BIT columns are dumped as a byte 1 or 0. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['t', true],
  ['true', true],
  ['\x01', true],
  ['0', false],
  ['f', false],
  ['false', false],
  ['\x00', false],
]);

export function toBoolean(cell: Cell): boolean | undefined {
  if (cell.kind === CellKind.True) return true;
  if (cell.kind === CellKind.False) return false;
  if (cell.kind === CellKind.Number && cell.end - cell.start === 1) {
    if (cell.bytes[cell.start] === 0x30) return false;
    if (cell.bytes[cell.start] === 0x31) return true;
  }
  return BOOLEANS.get(shortText(cell)?.toLowerCase() ?? '');
}

/** A time in UTC. */
export interface Instant {
  /** `2020-09-13` */
  readonly date: string;
  /** `12:26:40` */
  readonly time: string;
  /** `.123`: the digits of the input without trailing zeros; empty for whole seconds. */
  readonly fraction: string;
}

// RFC 3339, SQL of all engines, and Go's print format: `2020-09-13 12:26:40.5 +0000 UTC`.
const TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(?: ?(Z|UTC|[+-]\d\d(?::?\d\d)?))?(?: [A-Z]{3,4})?$/;

/** A time; without an offset it is taken as UTC. Fractions keep their digits. */
export function toTime(cell: Cell): Instant | undefined {
  const text = shortText(cell);
  if (text === undefined || (cell.kind !== CellKind.Text && cell.kind !== CellKind.JsonText)) return undefined;
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset = 'Z'] = match;
  const local = new Date(0);
  // setUTCFullYear instead of Date.UTC, which takes the year 1 as 1901.
  local.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (local.getUTCMonth() !== Number(month) - 1 || local.getUTCDate() !== Number(day)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  local.setUTCHours(Number(hour), Number(minute) - offsetMinutes(offset), Number(second));
  if (local.getUTCFullYear() < 0 || local.getUTCFullYear() > 9999) return undefined;
  const iso = local.toISOString();
  const digits = fraction.replace(/0+$/, '');
  return { date: iso.slice(0, 10), time: iso.slice(11, 19), fraction: digits === '' ? '' : `.${digits}` };
}

function offsetMinutes(offset: string): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(offset);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}

/** `2020-09-13T12:26:40Z`, as Go writes times into JSON. */
export function formatRfc3339(instant: Instant): string {
  return `${instant.date}T${instant.time}${instant.fraction}Z`;
}

/** True for a text that PostgreSQL accepts as a UUID. */
export function isUuid(text: Buffer): boolean {
  return text.length === 36 && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text.toString('latin1'));
}
