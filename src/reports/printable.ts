/** Makes texts fit for a terminal: what the input holds must not move its cursor, colour it or turn its lines around. */

/** Control characters, and those that change the direction of what follows. */
const UNPRINTABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** The same value with every text in it made printable. */
export function printable<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll(UNPRINTABLE, '\u{fffd}') as T;
  if (Array.isArray(value)) return value.map(printable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [printable(key), printable(part)])) as T;
}
