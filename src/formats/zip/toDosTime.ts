/** Modification times in zip archives, which have no time zone: they are taken as UTC, as in Go. */

/** The earliest time in a zip, for entries without a time of their own, so that the same input gives the same output. */
export const EARLIEST = new Date(Date.UTC(1980, 0, 1));

/** MS-DOS date and time in UTC, to two seconds, clamped to the valid years. */
export function toDosTime(date: Date): number {
  const year = date.getUTCFullYear();
  if (year < 1980) return toDosTime(EARLIEST);
  if (year > 2107) return toDosTime(new Date(Date.UTC(2107, 11, 31, 23, 59, 58)));
  const day = ((year - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >>> 1);
  return ((day << 16) | time) >>> 0;
}
