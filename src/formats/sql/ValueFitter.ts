/** Turns a literal into what a column of an engine stores of it, or says that only the engine knows. */

import { type Cell, CellKind, type ColumnKind } from '../../core/rows.js';
import { RowProblem } from '../RowProblem.js';
import type { Dialect } from './Dialect.js';
import type { DefinedColumn } from './TableDefinition.js';

/** How a literal was written that is not a plain string, whole number or NULL. */
export type LiteralForm = 'hexadecimal' | 'bits' | 'other';

type Category = 'integer' | 'boolean' | 'text' | 'unknown';

const INTEGER_BITS: readonly (readonly [type: RegExp, bits: number])[] = [
  [/^tinyint/i, 8],
  [/^(?:smallint|int2|smallserial)/i, 16],
  [/^mediumint/i, 24],
  [/^(?:bigint|int8|bigserial)/i, 64],
  [/^(?:int|integer|int4|serial)\b/i, 32],
];
const TEXT = /^(?:var)?char|^character|^n(?:var)?char|^(?:tiny|medium|long)?text|^clob|^enum|^set\b/i;
const WHOLE = /^-?(?:0|[1-9]\d*)$/;
const NUMERIC = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;
/** Digits that fit whatever column. */
const SAFE_DIGITS: Readonly<Record<number, number>> = { 8: 2, 16: 4, 24: 6, 32: 9, 64: 18 };
/** Bytes of MySQL's types of text. */
const TEXT_BYTES: readonly (readonly [type: RegExp, bytes: number])[] = [
  [/^tinytext/i, 255],
  [/^text/i, 65_535],
  [/^mediumtext/i, 16_777_215],
];

export class ValueFitter {
  readonly #dialect: Dialect;
  readonly #category: Category;
  readonly #bits: number;
  readonly #isUnsigned: boolean;
  readonly #maxCharacters: number;
  readonly #maxBytes: number;
  /** A cell of this kind, of at most so many bytes, is stored as it is. */
  readonly plainKind: CellKind;
  readonly plainLength: number;

  /** `kind`: what the column holds by what the caller knows, where the dump does not define it. */
  constructor(dialect: Dialect, column: DefinedColumn | undefined, kind: ColumnKind | undefined) {
    this.#dialect = dialect;
    const type = column?.type ?? '';
    const bits = INTEGER_BITS.find(([pattern]) => pattern.test(type))?.[1];
    this.#bits = dialect === 'sqlite3' ? 64 : (bits ?? 64);
    this.#isUnsigned = /\bunsigned\b/i.test(type);
    this.#category = column === undefined ? categoryOfKind(kind, dialect) : categoryOfType(type, bits, dialect);
    const length = /^(?:var|n|nvar)?char(?:acter)?(?: varying)? ?\((\d+)\)/i.exec(type)?.[1];
    const isLimited = dialect !== 'sqlite3' && this.#category === 'text';
    this.#maxCharacters = isLimited && length !== undefined ? Number(length) : Number.POSITIVE_INFINITY;
    const bytes = TEXT_BYTES.find(([pattern]) => pattern.test(type))?.[1];
    this.#maxBytes = dialect === 'mysql' && bytes !== undefined ? bytes : Number.POSITIVE_INFINITY;
    this.plainKind = this.#category === 'integer' ? CellKind.Number : CellKind.Text;
    this.plainLength =
      this.#category === 'integer'
        ? (SAFE_DIGITS[this.#bits] ?? 2)
        : this.#category === 'text'
          ? Math.min(this.#maxCharacters, this.#maxBytes)
          : -1;
  }

  /** Changes the cell to what is stored. `form`: undefined for a plain literal. Throws RowProblem at `position`. */
  fit(cell: Cell, form: LiteralForm | undefined, position: number): void {
    if (form === 'hexadecimal' || form === 'bits') this.#fitBinary(cell, form, position);
    switch (this.#category) {
      case 'integer':
        this.#fitInteger(cell, position);
        return;
      case 'text':
        this.#fitText(cell, position);
        return;
      case 'boolean':
        if (cell.kind === CellKind.Number) throw this.#unknown('a number for a column of yes and no', position);
        if (cell.kind === CellKind.Text && !/^(?:t|f|true|false)$/.test(textOf(cell))) {
          throw this.#unknown('a text for a column of yes and no', position);
        }
        return;
      case 'unknown':
        return;
    }
  }

  #fitBinary(cell: Cell, form: 'hexadecimal' | 'bits', position: number): void {
    if (this.#dialect === 'postgres') throw this.#unknown('a bit string', position);
    if (this.#category === 'integer') {
      if (this.#dialect === 'sqlite3') throw this.#unknown('bytes for a column of numbers', position);
      if (cell.kind !== CellKind.Text) return;
      const hex = cell.bytes.toString('hex', cell.start, cell.end);
      cell.set(CellKind.Number, Buffer.from(BigInt(`0x${hex === '' ? '0' : hex}`).toString()));
    } else if (this.#category === 'text' && form === 'bits' && cell.kind === CellKind.Number) {
      const hex = BigInt(textOf(cell)).toString(16);
      cell.set(CellKind.Text, Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
    }
  }

  #fitInteger(cell: Cell, position: number): void {
    const { kind } = cell;
    if (kind === CellKind.True || kind === CellKind.False) {
      if (this.#dialect === 'postgres') throw this.#unknown('yes or no for a column of numbers', position);
      return;
    }
    if (kind !== CellKind.Number && kind !== CellKind.Text) return;
    const text = textOf(cell);
    const whole = /^([+-]?)0*(\d+)(?:\.0*)?$/.exec(text);
    // SQLite stores a text that is no number as it is, and a fraction.
    if (whole === null) {
      if (this.#dialect === 'sqlite3' && (kind === CellKind.Text ? !NUMERIC.test(text) : !/e/i.test(text))) return;
      throw this.#unknown('a value for a column of whole numbers that is none', position);
    }
    const digits = BigInt(`${whole[1] === '-' ? '-' : ''}${whole[2]}`);
    const stored = this.#isUnsigned ? BigInt.asUintN(this.#bits, digits) : BigInt.asIntN(this.#bits, digits);
    if (stored !== digits) throw this.#unknown('a number beyond the range of its column', position);
    if (kind === CellKind.Number && !WHOLE.test(text)) cell.set(CellKind.Number, Buffer.from(digits.toString()));
    else if (text === '-0') cell.set(kind, Buffer.from('0'));
  }

  #fitText(cell: Cell, position: number): void {
    switch (cell.kind) {
      case CellKind.True:
      case CellKind.False: {
        const isTrue = cell.kind === CellKind.True;
        const [yes, no] = this.#dialect === 'postgres' ? ['true', 'false'] : ['1', '0'];
        cell.set(CellKind.Text, Buffer.from((isTrue ? yes : no) ?? ''));
        return;
      }
      case CellKind.Number: {
        const text = textOf(cell);
        if (!/^-?\d{1,18}$/.test(text)) {
          throw this.#unknown('a number for a column of text, which an engine would write its own way', position);
        }
        if (WHOLE.test(text) && text !== '-0') cell.kind = CellKind.Text;
        else cell.set(CellKind.Text, Buffer.from(BigInt(text).toString()));
        return;
      }
      case CellKind.Text: {
        const { bytes, start, end } = cell;
        const isTooLong = end - start > this.#maxBytes || countCharacters(bytes, start, end) > this.#maxCharacters;
        if (isTooLong) throw this.#unknown('a text that is longer than its column', position);
        if (this.#dialect === 'postgres' && bytes.subarray(start, end).includes(0)) {
          throw this.#unknown('a text with a NUL character', position);
        }
      }
    }
  }

  #unknown(what: string, position: number): RowProblem {
    return new RowProblem(`there is ${what}; only the database could tell what it makes of that`, position);
  }
}

function categoryOfType(type: string, bits: number | undefined, dialect: Dialect): Category {
  if (bits !== undefined || (dialect === 'sqlite3' && /int/i.test(type))) return 'integer';
  if (/^bool/i.test(type)) return dialect === 'postgres' ? 'boolean' : 'integer';
  return TEXT.test(type) ? 'text' : 'unknown';
}

function categoryOfKind(kind: ColumnKind | undefined, dialect: Dialect): Category {
  if (kind === 'boolean') return dialect === 'postgres' ? 'boolean' : 'integer';
  return kind === 'integer' || kind === 'text' ? kind : 'unknown';
}

const textOf = ({ bytes, start, end }: Cell): string => bytes.toString('latin1', start, Math.min(end, start + 64));

function countCharacters(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) if (((bytes[i] as number) & 0xc0) !== 0x80) count++;
  return count;
}
