/** Modification times as zip archives store them. MS-DOS times have no time zone: they are taken as UTC, as Go does. */

import { type CentralHeader, ExtraId, findExtra } from './records.js';

/** The earliest time a zip can hold: for entries that have no time of their own, so that the same input gives the same output. */
export const EARLIEST = new Date(Date.UTC(1980, 0, 1));

/** The best that the header has: an extended timestamp, an NTFS time, or the MS-DOS time. */
export function modificationTime({ extra, dosTime }: CentralHeader): Date {
  const extended = findExtra(extra, ExtraId.ExtendedTimestamp);
  // The lowest flag says that the modification time is there; it comes first.
  if (extended !== undefined && extended.length >= 5 && ((extended[0] ?? 0) & 1) !== 0) {
    return new Date(extended.readInt32LE(1) * 1000);
  }
  const ntfs = findExtra(extra, ExtraId.Ntfs);
  // 4 bytes reserved, then attribute 1 of 24 bytes: the modification time is the first of its three times.
  if (ntfs !== undefined && ntfs.length === 32 && ntfs.readUInt16LE(4) === 1) {
    return new Date(Number(ntfs.readBigUInt64LE(8) / 10_000n) - MILLISECONDS_1601_TO_1970);
  }
  return fromDosTime(dosTime);
}

const MILLISECONDS_1601_TO_1970 = 11_644_473_600_000;

function fromDosTime(dosTime: number): Date {
  const day = dosTime >>> 16;
  const time = dosTime & 0xffff;
  const date = [1980 + (day >>> 9), ((day >>> 5) & 0xf) - 1, day & 0x1f] as const;
  return new Date(Date.UTC(...date, time >>> 11, (time >>> 5) & 0x3f, (time & 0x1f) * 2));
}

/** MS-DOS date and time in UTC, to two seconds, clamped to the years it can hold. */
export function toDosTime(date: Date): number {
  const year = date.getUTCFullYear();
  if (year < 1980) return toDosTime(EARLIEST);
  if (year > 2107) return toDosTime(new Date(Date.UTC(2107, 11, 31, 23, 59, 58)));
  const day = ((year - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >>> 1);
  return ((day << 16) | time) >>> 0;
}
