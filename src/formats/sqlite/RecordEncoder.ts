/**
 * Encodes rows as records: https://www.sqlite.org/fileformat2.html, section 2.1. Values get the form in which SQLite stores them
 * in a column of the declared type; what it would convert is left to it.
 */
import { isPlainInteger, textBytes, toBoolean, toInteger } from '../../core/coerce.js';
import { decodeJsonTextInto } from '../../core/jsonText.js';
import { type Cell, CellKind, type Row } from '../../core/rows.js';
import type { SqlOutputColumn } from '../sql/writing/SqlTableWriter.js';
import { sqliteTimeText } from '../sql/writing/sqliteTimeText.js';
import { affinityOf } from './affinityOf.js';
import { looksNumeric } from './looksNumeric.js';
import {
  copyBytes,
  FIRST_TEXT,
  integerType,
  LONG,
  NULL,
  ONE,
  putInteger,
  putVarint,
  varintLength,
  ZERO,
} from './putVarint.js';

/** A value for a column that a row omits. */
export type DefaultValue = Uint8Array | bigint | number | string | null;

/** Digits of a whole number that a number holds exactly. */
const SAFE_DIGITS = 15;
const LONGEST_VARINT = 9;
const LONGEST_INTEGER = 8;
const INITIAL_BYTES = 64 * 1024;
/** One huge row does not hold its memory. */
const KEPT_BYTES = 4 * 1024 * 1024;

interface EncodedColumn {
  readonly column: SqlOutputColumn;
  /** SQLite stores a text that looks like a number as one. */
  readonly turnsNumeric: boolean;
  readonly takesNull: boolean;
  readonly defaultValue: DefaultValue;
}

export interface RecordOptions {
  readonly defaults: readonly DefaultValue[];
  /** The index of the column that is an alias of the row id; -1 if none is. */
  readonly idColumn: number;
  /** The columns that reject NULL. */
  readonly notNull: ReadonlySet<string>;
}

export class RecordEncoder {
  readonly #columns: readonly EncodedColumn[];
  readonly #idColumn: number;
  /** The type of each value, and where it ends. */
  readonly types: number[] = [];
  readonly ends: number[] = [];
  /** Room for the header in front of the values. */
  readonly #headerRoom: number;
  /** The record is `bytes[start, end)`. */
  bytes: Buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  start = 0;
  end = 0;
  /** The row id. */
  id = 0;

  constructor(columns: readonly SqlOutputColumn[], { defaults, idColumn, notNull }: RecordOptions) {
    this.#columns = columns.map((column, index) => ({
      column,
      turnsNumeric: affinityOf(column.type) === 'numeric',
      takesNull: !notNull.has(column.name),
      defaultValue: defaults[index] ?? null,
    }));
    this.#idColumn = idColumn;
    this.#headerRoom = LONGEST_VARINT * (columns.length + 1);
  }

  /** Whether every value of these columns is stored as it is given, or converted only if it is a text. */
  static canEncode(columns: readonly SqlOutputColumn[]): boolean {
    return columns.every(({ kind, type }) => {
      const affinity = affinityOf(type);
      return kind === 'integer' || kind === 'boolean' ? affinity === 'numeric' : affinity !== 'real';
    });
  }

  /** False if only SQLite knows how it stores the row. */
  encode(row: Row): boolean {
    if (this.bytes.length > KEPT_BYTES) this.bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES);
    this.end = this.#headerRoom;
    const { types, ends } = this;
    for (let i = 0; i < this.#columns.length; i++) {
      const encoded = this.#columns[i] as EncodedColumn;
      const cell = row.cell(encoded.column.index);
      if (i === this.#idColumn) {
        const id = smallInteger(cell);
        if (id === undefined || id < 0) return false;
        this.id = id;
        types[i] = NULL;
        ends[i] = this.end;
        continue;
      }
      const type = cell.kind === CellKind.Missing ? this.#putDefault(encoded) : this.#put(cell, encoded);
      // SQLite rejects the row.
      if (type === undefined || (type === NULL && !encoded.takesNull)) return false;
      types[i] = type;
      ends[i] = this.end;
    }
    this.#putHeader();
    return true;
  }

  /** Where the value of a column begins. */
  startOf(column: number): number {
    return column === 0 ? this.#headerRoom : (this.ends[column - 1] as number);
  }

  #putHeader(): void {
    const { types } = this;
    let length = 0;
    for (let i = 0; i < types.length; i++) length += varintLength(types[i] as number);
    // The length of the header includes itself.
    let own = 1;
    while (varintLength(length + own) > own) own++;
    this.start = this.#headerRoom - length - own;
    let at = putVarint(this.bytes, this.start, length + own);
    for (let i = 0; i < types.length; i++) at = putVarint(this.bytes, at, types[i] as number);
  }

  /** Returns the type of the value; undefined if SQLite would convert it. */
  #put(cell: Cell, { column, turnsNumeric }: EncodedColumn): number | undefined {
    if (cell.kind === CellKind.Null) return NULL;
    switch (column.kind) {
      case 'integer': {
        const number = smallInteger(cell);
        return number === undefined ? this.#putBig(BigInt(toInteger(cell) ?? 0)) : this.#putInteger(number);
      }
      case 'boolean':
        return toBoolean(cell) === true ? ONE : ZERO;
      case 'time': {
        const text = sqliteTimeText(cell);
        if (text === undefined) return NULL;
        return turnsNumeric && looksNumeric(text) ? undefined : this.#putText(Buffer.from(text));
      }
      default: {
        const { start, bytes } = cell;
        if (turnsNumeric && looksNumeric(textBytes(cell).toString('latin1'))) return undefined;
        if (cell.kind !== CellKind.JsonText) return this.#putText(textBytes(cell));
        // Directly, because most texts come from JSON.
        this.#reserve(cell.end - start);
        const before = this.end;
        this.end = decodeJsonTextInto(bytes, start, cell.end, this.bytes, before);
        return FIRST_TEXT + 2 * (this.end - before);
      }
    }
  }

  #putDefault({ defaultValue: value, turnsNumeric }: EncodedColumn): number | undefined {
    if (value === null) return NULL;
    if (typeof value === 'bigint') return this.#putBig(value);
    if (typeof value === 'number') return Number.isInteger(value) ? this.#putInteger(value) : undefined;
    if (typeof value !== 'string' || (turnsNumeric && looksNumeric(value))) return undefined;
    return this.#putText(Buffer.from(value));
  }

  #putText(text: Buffer): number {
    this.#reserve(text.length);
    this.end = copyBytes(text, 0, text.length, this.bytes, this.end);
    return FIRST_TEXT + 2 * text.length;
  }

  #putInteger(value: number): number {
    const type = integerType(value);
    this.#reserve(LONGEST_INTEGER);
    this.end = putInteger(this.bytes, this.end, value, type);
    return type;
  }

  #putBig(value: bigint): number {
    if (BigInt.asIntN(48, value) === value) return this.#putInteger(Number(value));
    this.#reserve(8);
    this.end = this.bytes.writeBigInt64BE(value, this.end);
    return LONG;
  }

  #reserve(more: number): void {
    const needed = this.end + more;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.bytes.length));
    this.bytes.copy(grown, 0, 0, this.end);
    this.bytes = grown;
  }
}

/** A whole number that a number holds exactly; undefined for any other value. */
function smallInteger(cell: Cell): number | undefined {
  const { bytes, start, end } = cell;
  if (!isPlainInteger(cell)) {
    const digits = toInteger(cell);
    return digits === undefined || digits.length > SAFE_DIGITS ? undefined : Number(digits);
  }
  const isNegative = bytes[start] === 0x2d;
  const first = isNegative ? start + 1 : start;
  if (end - first > SAFE_DIGITS) return undefined;
  let value = 0;
  for (let i = first; i < end; i++) value = value * 10 + (bytes[i] as number) - 0x30;
  return isNegative && value !== 0 ? -value : value;
}
