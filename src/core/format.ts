/**
 * Formats numbers for people, the same way in every message, report and page. Does not use `Intl`, because its first use loads
 * ICU's data, which takes longer than a small upgrade.
 */

import { currentLanguage } from './language.js';
import { texts } from './texts.js';

const UNITS = ['', 'KB', 'MB', 'GB', 'TB'];

/** `1234567` → `1,234,567`. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `1536` → `1.5 KB`; 1 KB is 1,024 bytes. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  if (unit === 0) return bytes === 1 ? texts().oneByte : texts().bytes({ count: formatCount(bytes) });
  return `${value.toFixed(value < 10 ? 1 : 0)} ${UNITS[unit]}`;
}

/** `0.042` → `0.04 s`, `0.28` → `0.3 s`, `75` → `1 min 15 s`, `3725` → `1 h 2 min`. */
export function formatSeconds(seconds: number): string {
  const words = texts();
  if (seconds < 10) return words.seconds({ seconds: Number(seconds.toFixed(seconds < 0.1 ? 2 : 1)) });
  if (seconds < 60) return words.seconds({ seconds: Math.round(seconds) });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) {
    const rest = Math.floor(seconds % 60);
    return rest === 0 ? words.minutes({ minutes }) : words.minutesAndSeconds({ minutes, seconds: rest });
  }
  if (minutes < 60) return words.minutes({ minutes });
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? words.hours({ hours }) : words.hoursAndMinutes({ hours, minutes: rest });
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** `2026-07` → `July 2026`. */
export function formatMonth(month: string): string {
  const [year, number] = [month.slice(0, 4), Number(month.slice(5))];
  return currentLanguage() === 'zh' ? `${year} 年 ${number} 月` : `${MONTHS[number - 1]} ${year}`;
}

/** For English only: `1 row`, `1,234 rows`, `2 repositories`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
