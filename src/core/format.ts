/**
 * Numbers as people read them, the same in every message, report and page. Not `Intl`: its first use loads ICU's data, which
 * takes longer than a small upgrade.
 */

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** `1234567` → `1,234,567`. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `1536` → `1.5 KB`, of 1,024 bytes. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  if (unit === 0) return plural(bytes, 'byte');
  return `${value.toFixed(value < 10 ? 1 : 0)} ${UNITS[unit]}`;
}

/** `0.28` → `0.3 s`, `75` → `1 min 15 s`, `3725` → `1 h 2 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return `${minutes} min${withRest(Math.floor(seconds % 60), 's')}`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h${withRest(minutes % 60, 'min')}`;
}

const withRest = (rest: number, unit: string): string => (rest === 0 ? '' : ` ${rest} ${unit}`);

/** `1 row`, `1,234 rows`, `2 repositories`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
