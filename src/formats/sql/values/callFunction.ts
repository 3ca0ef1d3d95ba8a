import { isUtf8 } from 'node:buffer';
import { CellKind } from '../../../core/rows.js';
import type { Dialect } from '../syntax/Dialect.js';
import { putCodePoint } from '../syntax/escapes.js';
import { hexBytes } from './digitBytes.js';
import { asBytes, type SqlValue } from './SqlValue.js';
import { unicodeEscapes } from './unicodeEscapes.js';

/** Evaluates the functions that dump programs write around text; undefined for any other. */
export function callFunction(name: string, values: readonly SqlValue[], dialect: Dialect): SqlValue | undefined {
  const [first, second, third] = values;
  const text = (bytes: Buffer): SqlValue => ({ kind: CellKind.Text, bytes });
  const asText = (bytes: Buffer | undefined): SqlValue | undefined => (bytes === undefined ? undefined : text(bytes));
  const areTexts = values.every(({ kind, form }) => kind === CellKind.Text && (form === undefined || form === 'other'));
  switch (name) {
    case 'REPLACE':
      if (first === undefined || second === undefined || third === undefined || values.length > 3) return undefined;
      return areTexts ? text(replaceAll(first.bytes, second.bytes, third.bytes)) : undefined;
    case 'UNISTR':
      if (first === undefined || values.length > 1 || dialect === 'mysql' || !areTexts) return undefined;
      return asText(unicodeEscapes(first.bytes, true, dialect === 'postgres'));
    case 'CHAR':
      return dialect === 'postgres' ? undefined : characters(values, dialect === 'mysql');
    case 'CHR':
      return dialect === 'postgres' && values.length === 1 ? characters(values, false) : undefined;
    case 'CONCAT':
      // PostgreSQL skips NULL, and each engine formats numbers differently.
      return areTexts && values.length > 0 ? text(Buffer.concat(values.map(({ bytes }) => bytes))) : undefined;
    case 'UNHEX': {
      const digits = first?.bytes.toString('latin1') ?? '';
      if (values.length !== 1 || !areTexts || digits.length % 2 !== 0 || !/^[\da-f]*$/i.test(digits)) return undefined;
      const bytes = hexBytes(digits);
      if (dialect === 'sqlite3') return { kind: CellKind.Text, bytes, form: 'bytes' };
      return dialect === 'mysql' && isUtf8(bytes) ? asBytes(bytes) : undefined;
    }
    default:
      return undefined;
  }
}

/** MySQL's CHAR() returns bytes: https://dev.mysql.com/doc/refman/8.0/en/string-functions.html#function_char */
function characters(values: readonly SqlValue[], areBytes: boolean): SqlValue | undefined {
  const codes = values.map(({ kind, bytes }) => {
    const digits = bytes.toString('latin1');
    return kind === CellKind.Number && /^\d{1,7}$/.test(digits) ? Number(digits) : -1;
  });
  const isCode = (code: number): boolean =>
    areBytes ? code >= 0 && code <= 0xff : code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  if (!codes.every(isCode)) return undefined;
  const bytes = areBytes ? Buffer.from(codes) : Buffer.concat(codes.map(encodeCodePoint));
  if (!isUtf8(bytes)) return undefined;
  return areBytes ? asBytes(bytes) : { kind: CellKind.Text, bytes };
}

function encodeCodePoint(code: number): Buffer {
  const bytes = Buffer.alloc(4);
  return bytes.subarray(0, putCodePoint(bytes, 0, code));
}

function replaceAll(bytes: Buffer, search: Buffer, replacement: Buffer): Buffer {
  if (search.length === 0) return bytes;
  const parts: Buffer[] = [];
  let from = 0;
  for (;;) {
    const at = bytes.indexOf(search, from);
    if (at < 0) break;
    parts.push(bytes.subarray(from, at), replacement);
    from = at + search.length;
  }
  if (from === 0) return bytes;
  parts.push(bytes.subarray(from));
  return Buffer.concat(parts);
}
