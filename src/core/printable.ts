/** Makes text safe for a terminal: content of the input must not move the cursor, change colours or reverse lines. */

import { isPrintableAscii } from './isPrintableAscii.js';

/**
 * Control characters (C0 and C1), line and paragraph separators, and characters that change the text direction: Unicode 15,
 * property Bidi_Control.
 */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const REPLACEMENT = '\u{fffd}';

/** Returns a copy of the value in which every text is printable. */
export function printable<T>(value: T): T {
  if (typeof value === 'string') {
    return isPrintableAscii(value) ? value : (value.replaceAll(UNPRINTABLE, REPLACEMENT) as T);
  }
  if (Array.isArray(value)) return value.map(printable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [printable(key), printable(part)])) as T;
}

/** The value as indented JSON: such characters are escaped, so that it is the same value, and safe for a terminal as well. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replaceAll(UNPRINTABLE, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Like `printable`, but keeps the line breaks of the text. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');
