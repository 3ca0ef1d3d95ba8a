/** The names of character sets that MySQL writes before literals: ``_utf8mb4'…'``, `_binary 0x…`. */

import { isUtf8 } from 'node:buffer';
import { CellKind } from '../../../core/rows.js';
import { hasFourByteCharacter } from './hasFourByteCharacter.js';
import { asBytes, type SqlValue } from './SqlValue.js';

/** Character sets whose text is UTF-8 in a dump, or is not text at all. */
const UTF8 = /^_(utf8|utf8mb3|utf8mb4|binary)$/i;
/** ASCII itself, and compatible character sets. */
const ASCII = /^_(ascii|latin[1257]|cp125[0-7]|koi8[ru]|gbk|gb2312|gb18030|big5|euckr|greek|hebrew)$/i;

export const isIntroducer = (word: string): boolean => /^_[a-z0-9]+$/i.test(word);

/** Whether the bytes are UTF-8 in that character set. */
export const isUtf8In = (introducer: string, bytes: Buffer): boolean =>
  UTF8.test(introducer) || (ASCII.test(introducer) && bytes.every((byte) => byte < 0x80));

/** The value of a literal after an introducer; undefined if it has none, or if MySQL rejects it. */
export function introducedValue(introducer: string, { kind, bytes, form }: SqlValue): SqlValue | undefined {
  if (kind !== CellKind.Text) return undefined;
  // The prefix marks the bytes as text, even for a numeric column.
  if (form !== undefined && !isUtf8(bytes)) return undefined;
  if (/^_utf8(?:mb3)?$/i.test(introducer) && hasFourByteCharacter(bytes)) return undefined;
  return /^_binary$/i.test(introducer) ? asBytes(bytes) : { kind, bytes };
}
