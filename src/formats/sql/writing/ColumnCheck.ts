/** Checks whether a value fits a column of the database that is written. */

import { isUtf8 } from 'node:buffer';
import { isPlainInteger, isUuid, textBytes, toBoolean, toInteger, toTime, ValueProblem } from '../../../core/coerce.js';
import { countCharacters } from '../../../core/countCharacters.js';
import { type Cell, CellKind, type ColumnKind } from '../../../core/rows.js';
import { engineNamed } from '../../../engines/engineNamed.js';
import type { Dialect } from '../syntax/Dialect.js';
import type { SqlColumn } from './SqlColumn.js';

/** Number of digits that always fit. */
const SAFE_DIGITS: Readonly<Record<number, number>> = { 32: 9, 64: 18 };
/** Up to this length a loop is faster than native calls. */
const SHORT = 64;
const BACKSLASH = 0x5c;
const NUL_ESCAPE = '\\u0000';

export class ColumnCheck {
  readonly #kind: ColumnKind;
  readonly #nullable: boolean;
  readonly #hasDefault: boolean;
  readonly #bits: number;
  readonly #safeDigits: number;
  readonly #maxCharacters: number;
  readonly #maxBytes: number;
  readonly #takesNul: boolean;
  readonly #checksUtf8: boolean;
  readonly #checksUuids: boolean;
  readonly #checksTimes: boolean;

  constructor(column: SqlColumn, dialect: Dialect) {
    const { values } = engineNamed(dialect);
    this.#kind = column.kind;
    this.#nullable = column.nullable;
    this.#hasDefault = column.default !== undefined;
    this.#bits = values.integerBits(column.type) ?? 64;
    this.#safeDigits = SAFE_DIGITS[this.#bits] ?? 2;
    this.#maxCharacters = column.maxCharacters ?? Number.POSITIVE_INFINITY;
    this.#maxBytes = column.maxBytes ?? Number.POSITIVE_INFINITY;
    this.#takesNul = values.takesNul;
    this.#checksUtf8 = values.checksUtf8;
    this.#checksUuids = values.checksUuids;
    this.#checksTimes = values.checksTimes;
  }

  /** The reason why a cell's value cannot be written to the column; undefined if it can. */
  problemIn(cell: Cell): ValueProblem | undefined {
    if (cell.kind === CellKind.Missing) return this.#nullable || this.#hasDefault ? undefined : ValueProblem.Null;
    if (cell.kind === CellKind.Null) return this.#nullable ? undefined : ValueProblem.Null;
    switch (this.#kind) {
      case 'integer':
        return this.#integerProblem(cell);
      case 'boolean':
        return toBoolean(cell) === undefined ? ValueProblem.NotBoolean : undefined;
      case 'time':
        return this.#timeProblem(cell);
      case 'uuid':
        if (this.#checksUuids && !isUuid(textBytes(cell))) return ValueProblem.NotUuid;
        return this.#textProblem(cell);
      case 'text':
        return this.#textProblem(cell);
    }
  }

  #integerProblem(cell: Cell): ValueProblem | undefined {
    if (cell.end - cell.start <= this.#safeDigits && isPlainInteger(cell)) return undefined;
    const digits = toInteger(cell);
    if (digits === undefined) return ValueProblem.NotInteger;
    return BigInt.asIntN(this.#bits, BigInt(digits)) === BigInt(digits) ? undefined : ValueProblem.OutOfRange;
  }

  #timeProblem(cell: Cell): ValueProblem | undefined {
    // SQLite stores texts unchanged.
    if (!this.#checksTimes && cell.kind === CellKind.Text) return undefined;
    return toTime(cell) === undefined ? ValueProblem.NotTime : undefined;
  }

  #textProblem(cell: Cell): ValueProblem | undefined {
    return this.#fitsAsWritten(cell) ? undefined : this.#decodedProblem(textBytes(cell));
  }

  /** Whether a text fits even if none of its escapes is shorter than written. False if it has to be decoded to know. */
  #fitsAsWritten({ kind, bytes, start, end }: Cell): boolean {
    if (kind !== CellKind.Text && kind !== CellKind.JsonText) return false;
    const length = end - start;
    if (length > this.#maxCharacters || length > this.#maxBytes) return false;
    const isJson = kind === CellKind.JsonText;
    if (length <= SHORT) {
      for (let i = start; i < end; i++) {
        const byte = bytes[i] as number;
        if (byte === 0 || byte >= 0x80 || (byte === BACKSLASH && isJson)) return false;
      }
      return true;
    }
    const written = bytes.subarray(start, end);
    if (!this.#takesNul && written.includes(isJson ? NUL_ESCAPE : 0)) return false;
    // An escape is never a part of a character.
    return !this.#checksUtf8 || isUtf8(written);
  }

  #decodedProblem(text: Buffer): ValueProblem | undefined {
    if (text.length > this.#maxBytes) return ValueProblem.TooLong;
    if (text.length > this.#maxCharacters && countCharacters(text) > this.#maxCharacters) return ValueProblem.TooLong;
    if (!this.#takesNul && text.includes(0)) return ValueProblem.NulCharacter;
    return !this.#checksUtf8 || isUtf8(text) ? undefined : ValueProblem.NotUtf8;
  }
}
