/** Checks whether a value fits a column of the database that is written. */

import { isUtf8 } from 'node:buffer';
import { isPlainInteger, isUuid, textBytes, toBoolean, toInteger, toTime, ValueProblem } from '../../core/coerce.js';
import { countCharacters } from '../../core/countCharacters.js';
import { type Cell, CellKind, type ColumnShape } from '../../core/rows.js';
import { engineNamed } from '../../engines/engineNamed.js';
import type { Dialect } from './Dialect.js';

/** A column as the engine defines it. */
export interface SqlColumn extends ColumnShape {
  /** `bigint(20)`, `character varying(255)` */
  readonly type: string;
  readonly nullable: boolean;
  /** Its default in SQL: `0`, `false`, `'x'`. */
  readonly default?: string;
  /** Its maximum length in characters (varchar of MySQL and PostgreSQL) or in bytes (text of MySQL). */
  readonly maxCharacters?: number;
  readonly maxBytes?: number;
}

/** Cached, because it is looked up for each value. */
const bitsByType: Readonly<Record<Dialect, Map<string, number>>> = {
  mysql: new Map(),
  postgres: new Map(),
  sqlite3: new Map(),
};

function bitsOf({ type }: SqlColumn, dialect: Dialect): number {
  let bits = bitsByType[dialect].get(type);
  if (bits === undefined) {
    bits = engineNamed(dialect).values.integerBits(type) ?? 64;
    bitsByType[dialect].set(type, bits);
  }
  return bits;
}

/** The reason why a cell's value cannot be written to a column; undefined if it can. */
export function checkValue(cell: Cell, column: SqlColumn, dialect: Dialect): ValueProblem | undefined {
  if (cell.kind === CellKind.Missing) {
    return column.nullable || column.default !== undefined ? undefined : ValueProblem.Null;
  }
  if (cell.kind === CellKind.Null) return column.nullable ? undefined : ValueProblem.Null;
  switch (column.kind) {
    case 'integer':
      return checkInteger(cell, column, dialect);
    case 'boolean':
      return toBoolean(cell) === undefined ? ValueProblem.NotBoolean : undefined;
    case 'time':
      return checkTime(cell, dialect);
    case 'uuid':
      if (engineNamed(dialect).values.checksUuids && !isUuid(textBytes(cell))) return ValueProblem.NotUuid;
      return checkText(cell, column, dialect);
    case 'text':
      return checkText(cell, column, dialect);
  }
}

function checkInteger(cell: Cell, column: SqlColumn, dialect: Dialect): ValueProblem | undefined {
  const bits = bitsOf(column, dialect);
  // 18 digits fit 64 bits, nine fit 32, and two fit eight.
  const safeLength = bits === 64 ? 18 : bits === 32 ? 9 : 2;
  if (cell.end - cell.start <= safeLength && isPlainInteger(cell)) return undefined;
  const digits = toInteger(cell);
  if (digits === undefined) return ValueProblem.NotInteger;
  return BigInt.asIntN(bits, BigInt(digits)) === BigInt(digits) ? undefined : ValueProblem.OutOfRange;
}

function checkTime(cell: Cell, dialect: Dialect): ValueProblem | undefined {
  // SQLite stores texts unchanged.
  if (!engineNamed(dialect).values.checksTimes && cell.kind === CellKind.Text) return undefined;
  return toTime(cell) === undefined ? ValueProblem.NotTime : undefined;
}

function checkText(cell: Cell, column: SqlColumn, dialect: Dialect): ValueProblem | undefined {
  const { maxCharacters, maxBytes } = column;
  const text = textBytes(cell);
  if (maxBytes !== undefined && text.length > maxBytes) return ValueProblem.TooLong;
  if (maxCharacters !== undefined && text.length > maxCharacters && countCharacters(text) > maxCharacters) {
    return ValueProblem.TooLong;
  }
  const { takesNul, checksUtf8 } = engineNamed(dialect).values;
  if (!takesNul && text.includes(0)) return ValueProblem.NulCharacter;
  return !checksUtf8 || isUtf8(text) ? undefined : ValueProblem.NotUtf8;
}
