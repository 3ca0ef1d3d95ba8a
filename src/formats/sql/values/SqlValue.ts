import { isAscii } from 'node:buffer';
import { CellKind } from '../../../core/rows.js';

/**
 * The notation of a literal that is not a plain string, whole number or NULL. `hexadecimal`: 0x…, a number if the column is
 * numeric. `bytes`: X'…', in a numeric column a number for MySQL and a text for MariaDB. `zoned`: a time that was cast to a type
 * with a time zone. `own`: a text that was cast to a type that is no built-in one.
 */
export type LiteralForm = 'hexadecimal' | 'bytes' | 'bits' | 'zoned' | 'own' | 'other';

/** The value of an expression, which has its own bytes. */
export interface SqlValue {
  readonly kind: CellKind;
  readonly bytes: Buffer;
  readonly form?: LiteralForm;
}

export const NO_BYTES = Buffer.alloc(0);
export const NULL_VALUE: SqlValue = { kind: CellKind.Null, bytes: NO_BYTES };

/** Bytes that MySQL stores unchanged, regardless of the column's character set. */
export const asBytes = (bytes: Buffer): SqlValue =>
  isAscii(bytes) ? { kind: CellKind.Text, bytes } : { kind: CellKind.Text, bytes, form: 'bytes' };
