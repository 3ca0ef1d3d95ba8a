/** Makes texts fit for a terminal: what the input holds must not move its cursor, colour it or turn its lines around. */

/**
 * Control characters (C0 and C1), line and paragraph separators, and what changes the direction of text: Unicode 15,
 * property Bidi_Control.
 */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const REPLACEMENT = '\u{fffd}';

/** The same value with every text in it made printable. */
export function printable<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll(UNPRINTABLE, REPLACEMENT) as T;
  if (Array.isArray(value)) return value.map(printable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [printable(key), printable(part)])) as T;
}

/** Like `printable`, for a text whose own line breaks are wanted. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');
