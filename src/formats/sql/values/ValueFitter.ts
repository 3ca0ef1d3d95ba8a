/** Converts a literal to the value that a column of an engine stores, or says that only the engine knows it. */

import { isAscii, isUtf8 } from 'node:buffer';
import { toTime } from '../../../core/coerce.js';
import { countCharacters } from '../../../core/countCharacters.js';
import { type Cell, CellKind, type ColumnKind } from '../../../core/rows.js';
import { engineNamed } from '../../../engines/engineNamed.js';
import { RowProblem } from '../../RowProblem.js';
import type { DefinedColumn } from '../definitions/TableDefinition.js';
import { DIGIT_0, DIGIT_9 } from '../syntax/bytes.js';
import type { Dialect } from '../syntax/Dialect.js';
import type { LiteralRules } from '../syntax/LiteralRules.js';
import { texts } from '../texts.js';
import { keepsValue, memberTest } from './keepsValue.js';
import type { LiteralForm } from './SqlValue.js';

type Category = 'integer' | 'boolean' | 'text' | 'time' | 'uuid' | 'unknown';

const TEXT = /^(?:var)?char|^character|^bpchar|^n(?:var)?char|^(?:tiny|medium|long)?text|^clob|^enum|^set\b/i;
const TIME = /^(?:datetime|timestamp)/i;
/** Types of numbers that Gogs never uses. */
const NUMBERS = /^(?:decimal|numeric|dec|fixed|float|double|real|year|bit|oid|money)/i;
const WHOLE = /^-?(?:0|[1-9]\d*)$/;
const NUMERIC = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;
/** Number of digits that always fit. */
const SAFE_DIGITS: Readonly<Record<number, number>> = { 8: 2, 16: 4, 24: 6, 32: 9, 64: 18 };
/** How engines and dump programs write times; groups: the fraction and the offset. */
const PLAIN_TIME = /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d(?:\.(\d+))?( ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?))?)?$/;
const ZERO_OFFSET = /^ ?(?:Z|UTC|[+-]00(?::?00)?)$/;
const ZERO_TIME = /^0000-00-00(?: 00:00:00(?:\.0+)?)?$/;
/** All of such a year is in the range of MySQL's timestamps, in every time zone. */
const TIMESTAMP_YEAR = /^(?:197[1-9]|19[89]\d|20[0-2]\d|203[0-7])-/;
const UTC = /^(?:UTC|GMT|Etc\/UTC|[+-]?0+)$/i;
/** What MySQL's time zone may be, too, for a time to be read as it was written: that of the server. */
const MYSQL_UTC = /^(?:UTC|GMT|Etc\/UTC|[+-]0?0:00|SYSTEM)$/i;
const SPACE = 0x20;

export class ValueFitter {
  readonly #dialect: Dialect;
  readonly #rules: LiteralRules;
  readonly #type: string;
  readonly #isDefined: boolean;
  /** What the column is for the caller, if it knows the column. */
  readonly #kind: ColumnKind | undefined;
  /** MySQL: whether an enumeration or a set has such a value. */
  readonly #isMember: ((text: string) => boolean) | undefined;
  /** MySQL: the character set of the column is not UTF-8. */
  readonly #hasOtherCharset: boolean;
  readonly #category: Category;
  readonly #bits: number;
  readonly #isUnsigned: boolean;
  /** MySQL: printed with leading zeros. */
  readonly #hasZeros: boolean;
  /** A column that the caller knows, and that the engine computes from others. */
  readonly #isGenerated: boolean;
  readonly #maxCharacters: number;
  readonly #maxBytes: number;
  /** `char(n)`: PostgreSQL returns it padded with spaces, MySQL without trailing spaces. */
  readonly #isPadded: boolean;
  /** Whether the column and the session can represent all characters of a text; undefined if they support every character. */
  readonly #holds: ((text: Buffer) => boolean) | undefined;
  /** A cell of this kind, up to the maximum length, is stored unchanged. */
  readonly plainKind: CellKind;
  readonly plainLength: number;

  /** `kind`: the kind of a column that the dump does not define, as far as the caller knows. */
  constructor(dialect: Dialect, column: DefinedColumn | undefined, kind: ColumnKind | undefined, rules: LiteralRules) {
    this.#dialect = dialect;
    this.#rules = rules;
    const type = column?.type ?? '';
    this.#type = type;
    this.#isDefined = column !== undefined;
    this.#kind = kind;
    this.#isMember = dialect === 'mysql' && /^(?:enum|set)\b/i.test(type) ? memberTest(type) : undefined;
    this.#hasOtherCharset = column?.charset !== undefined && !/^utf8/i.test(column.charset);
    const { values } = engineNamed(dialect);
    const bits = values.integerBits(type);
    this.#bits = bits ?? (dialect === 'mysql' && /^bool/i.test(type) ? 8 : 64);
    this.#isUnsigned = dialect === 'mysql' && /\b(?:unsigned|zerofill)\b/i.test(type);
    this.#hasZeros = kind === 'text' && /\bzerofill\b/i.test(type);
    // Dumps of forks may contain what was computed.
    this.#isGenerated = column?.isGenerated === true && kind !== undefined;
    this.#category = column === undefined ? categoryOfKind(kind, dialect) : categoryOfType(type, bits, dialect);
    const isText = dialect !== 'sqlite3' && this.#category === 'text';
    this.#isPadded = isText && /^(?:n?char|character)(?:$| ?\(| (?!varying))|^bpchar ?\(/i.test(type);
    const { maxCharacters = this.#isPadded ? 1 : undefined, maxBytes } = values.textLimit(type);
    this.#maxCharacters = (isText ? maxCharacters : undefined) ?? Number.POSITIVE_INFINITY;
    this.#maxBytes = maxBytes ?? Number.POSITIVE_INFINITY;
    this.#holds = isText && dialect === 'mysql' ? holderOf([column?.charset, rules.encoding]) : undefined;
    this.plainKind = this.#category === 'integer' ? CellKind.Number : CellKind.Text;
    this.plainLength = this.#plainLength();
  }

  get #keepsZone(): boolean {
    return /^(?:timestamp.* with time zone|timestamptz)/i.test(this.#type);
  }

  #plainLength(): number {
    if (this.#isGenerated || this.#hasZeros) return -1;
    if (this.#category === 'integer') return this.#isUnsigned ? -1 : (SAFE_DIGITS[this.#bits] ?? 2);
    if (this.#category !== 'text' || this.#isPadded || this.#isMember !== undefined || this.#holds !== undefined)
      return -1;
    return Math.min(this.#maxCharacters, this.#maxBytes);
  }

  /** Whether a text of COPY is stored unchanged; false if `fit` has to decide. Called for each value. */
  keepsText({ bytes, start, end }: Cell): boolean {
    if (this.plainKind === CellKind.Text) {
      if (this.plainLength >= 0) return end - start <= this.plainLength;
      return this.#category === 'boolean' && end - start === 1 && (bytes[start] === 0x74 || bytes[start] === 0x66);
    }
    if (end - start > this.plainLength || end === start) return false;
    if (bytes[start] === DIGIT_0 && end - start > 1) return false;
    for (let i = start; i < end; i++) {
      const byte = bytes[i] as number;
      if (byte < DIGIT_0 || byte > DIGIT_9) return false;
    }
    return true;
  }

  /** Changes the cell to the stored value. `form`: undefined for a plain literal. Throws RowProblem at `position`. */
  fit(cell: Cell, form: LiteralForm | undefined, position: number): void {
    if (this.#isGenerated) throw this.#unknown(texts().values.forGenerated, position);
    if (this.#hasZeros) throw this.#oddValue(position);
    if (form === 'own' && this.#kind !== undefined) throw this.#unknown(texts().values.ownType, position);
    if (form === 'zoned' && !this.#keepsZone && this.#category !== 'unknown')
      throw this.#unknown(texts().values.sessionTime, position);
    if (form === 'hexadecimal' || form === 'bytes' || form === 'bits') this.#fitBinary(cell, form, position);
    switch (this.#category) {
      case 'integer':
        this.#fitInteger(cell, position);
        return;
      case 'text':
        this.#fitText(cell, position);
        return;
      case 'boolean':
        if (cell.kind === CellKind.Number) throw this.#unknown(texts().values.numberForBoolean, position);
        if (cell.kind === CellKind.Text && !/^(?:t|f|true|false)$/.test(textOf(cell))) {
          throw this.#unknown(texts().values.textForBoolean, position);
        }
        // So PostgreSQL prints it.
        if (this.#kind === 'text') cell.set(CellKind.Text, Buffer.from(isTrue(cell) ? 't' : 'f'));
        return;
      case 'time':
        this.#fitTime(cell, position);
        return;
      case 'uuid':
        this.#fitUuid(cell, position);
        return;
      case 'unknown':
        if (this.#dialect === 'sqlite3' && (cell.kind === CellKind.True || cell.kind === CellKind.False))
          cell.set(CellKind.Number, Buffer.from(cell.kind === CellKind.True ? '1' : '0'));
        if (this.#dialect === 'sqlite3' && /real|floa|doub/i.test(this.#type) && NUMERIC.test(textOf(cell)))
          throw this.#unknown(texts().values.numberForFraction, position);
        if (
          this.#isDefined &&
          cell.kind === CellKind.Number &&
          this.#dialect === 'sqlite3' &&
          !WHOLE.test(textOf(cell))
        ) {
          throw this.#unknown(texts().values.fraction, position);
        }
        if (this.#isDefined && this.#dialect === 'sqlite3' && cell.kind === CellKind.Number)
          this.#fitInteger(cell, position);
        this.#fitOther(cell, position);
        return;
    }
  }

  /** A type that Gogs never uses. In columns of a fork, the text is taken for what the engine wrote. */
  #fitOther(cell: Cell, position: number): void {
    if (this.#dialect === 'sqlite3' || !this.#isDefined) return;
    if (cell.kind === CellKind.Null || cell.kind === CellKind.Missing) return;
    if (cell.kind === CellKind.Number && !NUMBERS.test(this.#type)) this.#numberToText(cell, position);
    const isText = cell.kind === CellKind.Text || cell.kind === CellKind.Number;
    const isBits = /^bit\b/i.test(this.#type) && cell.kind === CellKind.Text;
    const text = cell.bytes.toString('latin1', cell.start, cell.end);
    const keeps = isText && !isBits ? keepsValue(text, this.#type, this.#dialect) : false;
    if (keeps ?? this.#kind === undefined) return;
    throw this.#oddValue(position);
  }

  #fitBinary(cell: Cell, form: 'hexadecimal' | 'bytes' | 'bits', position: number): void {
    if (this.#dialect === 'postgres') throw this.#unknown(texts().values.bits, position);
    if (this.#category === 'integer') {
      if (form === 'bytes') throw this.#unknown(texts().values.bytesForNumber, position);
      if (cell.kind !== CellKind.Text) return;
      cell.set(CellKind.Number, Buffer.from(numberOf(cell)));
    } else if (this.#category === 'text') {
      // MySQL stores a question mark for an invalid character.
      if (this.#dialect === 'mysql' && !isUtf8(cell.bytes.subarray(cell.start, cell.end)))
        throw this.#unknown(texts().values.bytesForText, position);
      if (this.#hasOtherCharset && !isAscii(cell.bytes.subarray(cell.start, cell.end)))
        throw this.#unknown(texts().values.bytesForCharset, position);
    } else if (this.#category === 'time') throw this.#unknown(texts().values.bytesForTime, position);
    else if (form === 'bits') cell.set(CellKind.Number, Buffer.from(numberOf(cell)));
  }

  #fitInteger(cell: Cell, position: number): void {
    const { kind } = cell;
    if (kind === CellKind.True || kind === CellKind.False) {
      if (this.#dialect === 'postgres') throw this.#unknown(texts().values.booleanForNumber, position);
      cell.set(CellKind.Number, Buffer.from(kind === CellKind.True ? '1' : '0'));
      return;
    }
    if (kind !== CellKind.Number && kind !== CellKind.Text) return;
    const text = textOf(cell);
    const whole = /^([+-]?)0*(\d+)(?:\.0*)?$/.exec(text);
    if (whole === null) {
      // Releases of SQLite differ in whether a number before a NUL character is one.
      if (text.includes('\0') && NUMERIC.test(text.slice(0, text.indexOf('\0'))))
        throw this.#unknown(texts().values.notInteger, position);
      // SQLite stores a text that is not a number unchanged.
      if (this.#dialect === 'sqlite3' && kind === CellKind.Text && !NUMERIC.test(text)) return;
      throw this.#unknown(texts().values.notInteger, position);
    }
    const digits = BigInt(`${whole[1] === '-' ? '-' : ''}${whole[2]}`);
    // SQLite reads it as a number of 53 bits.
    if (this.#dialect === 'sqlite3' && text.includes('.') && BigInt.asIntN(54, digits) !== digits)
      throw this.#unknown(texts().values.notInteger, position);
    const stored = this.#isUnsigned ? BigInt.asUintN(this.#bits, digits) : BigInt.asIntN(this.#bits, digits);
    if (stored !== digits) throw this.#unknown(texts().values.outOfRange, position);
    if (!WHOLE.test(text) || text === '-0') cell.set(CellKind.Number, Buffer.from(digits.toString()));
  }

  #fitText(cell: Cell, position: number): void {
    // It is the number of a member.
    if (this.#isMember !== undefined && cell.kind !== CellKind.Text && cell.kind !== CellKind.Null)
      throw this.#oddValue(position);
    switch (cell.kind) {
      case CellKind.True:
      case CellKind.False: {
        const isTrue = cell.kind === CellKind.True;
        const [yes, no] = this.#dialect === 'postgres' ? ['true', 'false'] : ['1', '0'];
        cell.set(CellKind.Text, Buffer.from((isTrue ? yes : no) ?? ''));
        break;
      }
      case CellKind.Number:
        this.#numberToText(cell, position);
        break;
      case CellKind.Text:
        break;
      default:
        return;
    }
    if (this.#isMember?.(cell.bytes.toString('utf8', cell.start, cell.end)) === false) throw this.#oddValue(position);
    if (this.#isPadded && this.#dialect === 'mysql')
      while (cell.bytes[cell.end - 1] === SPACE && cell.end > cell.start) cell.end--;
    const { bytes, start, end } = cell;
    const characters = countCharacters(bytes, start, end);
    if (end - start > this.#maxBytes || characters > this.#maxCharacters)
      throw this.#unknown(texts().values.tooLong, position);
    if (this.#holds !== undefined && !isAscii(bytes.subarray(start, end)) && !this.#holds(bytes.subarray(start, end))) {
      throw this.#unknown(texts().values.lacksCharacter, position);
    }
    if (this.#dialect !== 'postgres') return;
    if (bytes.subarray(start, end).includes(0)) throw this.#unknown(texts().values.nul, position);
    if (this.#isPadded && characters < this.#maxCharacters) {
      const padding = Buffer.alloc(this.#maxCharacters - characters, SPACE);
      cell.set(CellKind.Text, Buffer.concat([bytes.subarray(start, end), padding]));
    }
  }

  /** Engines compute a number before they store it as text: -0 as 0. */
  #numberToText(cell: Cell, position: number): void {
    const text = textOf(cell);
    if (!/^-?\d{1,18}$/.test(text)) {
      throw this.#unknown(texts().values.numberForText, position);
    }
    if (WHOLE.test(text) && text !== '-0') cell.kind = CellKind.Text;
    else cell.set(CellKind.Text, Buffer.from(BigInt(text).toString()));
  }

  /** SQLite has no type for times, so it never gets here. */
  #fitTime(cell: Cell, position: number): void {
    const problem = this.#timeProblem(cell);
    if (problem !== undefined) throw this.#unknown(problem, position);
  }

  #timeProblem(cell: Cell): string | undefined {
    if (cell.kind === CellKind.Missing || cell.kind === CellKind.Null) return undefined;
    const text = textOf(cell);
    const isMysql = this.#dialect === 'mysql';
    const isForTime = this.#kind === undefined || this.#kind === 'time';
    if (isMysql && cell.kind === CellKind.Text && ZERO_TIME.test(text) && isForTime) return undefined;
    const [match, fraction = '', offset = ''] = PLAIN_TIME.exec(text) ?? [];
    if (cell.kind !== CellKind.Text || match === undefined || toTime(cell) === undefined) {
      return texts().values.oddTime;
    }
    const precision = /\((\d)\)/.exec(this.#type)?.[1] ?? (isMysql ? '0' : '6');
    if (!isForTime && !this.#isPrintedTime(text, fraction, Number(precision))) return texts().values.oddTime;
    if (isMysql && /^timestamp/i.test(this.#type) && !TIMESTAMP_YEAR.test(text)) return texts().values.oddTime;
    if (fraction.replace(/0+$/, '').length > Number(precision)) return texts().values.moreDigits;
    const hasZone = this.#keepsZone;
    if (isMysql ? offset !== '' : !hasZone && offset !== '' && !ZERO_OFFSET.test(offset)) {
      return texts().values.withOffset;
    }
    const { timeZone } = this.#rules;
    if (isMysql && /^timestamp/i.test(this.#type) && timeZone !== undefined && !MYSQL_UTC.test(timeZone))
      return texts().values.sessionTime;
    if (!isMysql && hasZone && offset === '' && (timeZone === undefined || !UTC.test(timeZone))) {
      return texts().values.withoutOffset;
    }
    return undefined;
  }

  /** Whether the engine prints a time this way, for a column that is a text or a number to the caller. */
  #isPrintedTime(text: string, fraction: string, precision: number): boolean {
    const digits = this.#dialect === 'mysql' ? fraction.length === precision : !fraction.endsWith('0');
    return (
      digits && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/.test(text.replace(this.#keepsZone ? /\+00$/ : '', ''))
    );
  }

  #fitUuid(cell: Cell, position: number): void {
    if (cell.kind === CellKind.Missing || cell.kind === CellKind.Null) return;
    const text = textOf(cell);
    if (cell.kind !== CellKind.Text || !/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text))
      throw this.#unknown(texts().values.oddUuid, position);
    cell.set(CellKind.Text, Buffer.from(text.toLowerCase()));
  }

  #oddValue(position: number): RowProblem {
    const type = /^[\w ]*/.exec(this.#type)?.[0].trim() ?? '';
    return this.#unknown(texts().values.oddValue({ type }), position);
  }

  #unknown(what: string, position: number): RowProblem {
    return new RowProblem(texts().rows.unclear({ what }), position);
  }
}

function categoryOfType(type: string, bits: number | undefined, dialect: Dialect): Category {
  if (dialect === 'sqlite3') return affinityOf(type);
  if (bits !== undefined && !type.includes('[')) return 'integer';
  if (/^bool/i.test(type)) return dialect === 'postgres' ? 'boolean' : 'integer';
  if (TIME.test(type)) return 'time';
  if (/^uuid\b/i.test(type) && dialect === 'postgres') return 'uuid';
  return TEXT.test(type) && !type.includes('[') ? 'text' : 'unknown';
}

/** https://www.sqlite.org/datatype3.html#determination_of_column_affinity */
function affinityOf(type: string): Category {
  if (/int/i.test(type)) return 'integer';
  if (/char|clob|text/i.test(type)) return 'text';
  // NUMERIC converts like INTEGER: datetime, boolean and decimal as well.
  return type === '' || /blob|real|floa|doub/i.test(type) ? 'unknown' : 'integer';
}

function categoryOfKind(kind: ColumnKind | undefined, dialect: Dialect): Category {
  if (kind === 'boolean') return dialect === 'postgres' ? 'boolean' : 'integer';
  return kind === 'integer' || kind === 'text' ? kind : 'unknown';
}

const LATIN1 = /^[\0-\x7f\x81\x8d\x8f\x90\x9d\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/;
/** Whether MySQL's character sets can represent a text. For others, dumps only contain what the columns can hold. */
const HOLDS: Readonly<Record<string, (text: Buffer) => boolean>> = {
  utf8: (text) => text.every((byte) => byte < 0xf0),
  utf8mb3: (text) => text.every((byte) => byte < 0xf0),
  ucs2: (text) => text.every((byte) => byte < 0xf0),
  ascii: () => false,
  // Windows-1252 with five additional characters: https://dev.mysql.com/doc/refman/8.0/en/charset-we-sets.html
  latin1: (text) => LATIN1.test(text.toString('utf8')),
};

function holderOf(charsets: readonly (string | undefined)[]): ((text: Buffer) => boolean) | undefined {
  const holders = charsets.flatMap((charset) => HOLDS[charset?.toLowerCase() ?? ''] ?? []);
  return holders.length === 0 ? undefined : (text) => holders.every((holds) => holds(text));
}

/** For a boolean, or one of its plain words. */
const isTrue = (cell: Cell): boolean =>
  cell.kind === CellKind.True || (cell.kind === CellKind.Text && cell.bytes[cell.start] === 0x74);

/** The number that these bytes form. */
function numberOf({ bytes, start, end }: Cell): string {
  return start === end ? '0' : BigInt(`0x${bytes.toString('hex', start, end)}`).toString();
}

const textOf = ({ bytes, start, end }: Cell): string => bytes.toString('latin1', start, Math.min(end, start + 64));
