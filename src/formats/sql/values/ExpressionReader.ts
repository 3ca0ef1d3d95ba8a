/** Reads a constant expression of an INSERT: a literal with casts, a character set, or the few functions that dump programs write. */

import { isUtf8 } from 'node:buffer';
import { CellKind } from '../../../core/rows.js';
import { RowProblem } from '../../RowProblem.js';
import {
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  COMMA,
  DIGIT_0,
  DIGIT_9,
  DOLLAR,
  DOT,
  DOUBLE_QUOTE,
  isNameByte,
  isSpace,
  MINUS,
  OPEN_BRACKET,
  OPEN_PAREN,
  PIPE,
  PLUS,
  SINGLE_QUOTE,
} from '../syntax/bytes.js';
import { Escapes } from '../syntax/escapes.js';
import type { LiteralRules } from '../syntax/LiteralRules.js';
import { texts } from '../texts.js';
import { callFunction } from './callFunction.js';
import { castKeeps, castToBoolean, isOwnType, isZonedTime } from './castKeeps.js';
import { introducedValue, isIntroducer, isUtf8In } from './introducers.js';
import { LiteralReader } from './LiteralReader.js';
import type { SqlCursor } from './SqlCursor.js';
import { NO_BYTES, NULL_VALUE, type SqlValue } from './SqlValue.js';

/** `DATE '2020-01-01'`: the type does not change the text. */
const TYPED_LITERAL = /^(TIMESTAMP|TIMESTAMPTZ|UUID|JSON|TEXT|BOOLEAN)$/;

/** A whole number whose text is the same on every engine. */
const PLAIN_NUMBER = /^(?:0|-?[1-9]\d{0,17})$/;

/** Nesting limit: malformed input must not overflow the stack. */
const MAX_DEPTH = 100;

/** Operators that may follow the name of a type or collation, and make another value. */
const OPERATOR =
  /\b(?:IS|ISNULL|NOTNULL|NOT|AND|OR|XOR|IN|I?LIKE|RLIKE|REGEXP|GLOB|MATCH|SIMILAR|SOUNDS|BETWEEN|DIV|MOD|MEMBER|AT|OVERLAPS)\b/i;

export class ExpressionReader extends LiteralReader {
  readonly #ansiQuotes: boolean;
  readonly #oracleFunctions: boolean;
  /** Number of open parentheses and calls. */
  #depth = 0;

  /** `ansiQuotes`: text in double quotes is a name. */
  constructor(cursor: SqlCursor, rules: Pick<LiteralRules, 'ansiQuotes' | 'oracleFunctions'>) {
    super(cursor);
    this.#ansiQuotes = rules.ansiQuotes;
    this.#oracleFunctions = rules.oracleFunctions;
  }

  /** Reads the expression at `start`. */
  read(start: number): SqlValue {
    this.next = start;
    this.#depth = 0;
    return this.#concatenation();
  }

  /** Position after the last expression. */
  get position(): number {
    return this.next;
  }

  #concatenation(): SqlValue {
    if (++this.#depth > MAX_DEPTH) throw this.unknown(this.next);
    const values = [this.#operand()];
    while (
      this.cursor.byteAt(this.next) === PIPE &&
      this.cursor.byteAt(this.next + 1) === PIPE &&
      this.cursor.kind.dialect !== 'mysql'
    ) {
      this.next = this.cursor.blankEnd(this.next + 2);
      values.push(this.#operand());
    }
    this.#depth--;
    return this.#joined(values);
  }

  /** A value with its casts, which bind it more closely than `||`. */
  #operand(): SqlValue {
    this.continuing = Escapes.Doubled;
    let value = this.#continued(this.#primary());
    for (;;) {
      const byte = this.cursor.byteAt(this.next);
      if (byte === COLON && this.cursor.byteAt(this.next + 1) === COLON && this.cursor.kind.dialect === 'postgres') {
        this.next = this.cursor.blankEnd(this.next + 2);
        value = this.#cast(value);
      } else if (isNameByte(byte)) {
        const at = this.next;
        if (this.word().toUpperCase() !== 'COLLATE') throw this.unknown(at);
        this.next = this.cursor.blankEnd(this.next);
        this.#skipType();
      } else return value;
      this.next = this.cursor.blankEnd(this.next);
    }
  }

  /** Adjacent strings are one, with the escape rules of the first. Moves past white space. */
  #continued(first: SqlValue): SqlValue {
    const values = [first];
    for (;;) {
      const { line } = this.cursor;
      this.next = this.cursor.blankEnd(this.next);
      if (this.cursor.byteAt(this.next) !== SINGLE_QUOTE || !this.#continues(line)) return this.#joined(values);
      values.push(this.string(this.next, this.continuing as Escapes));
    }
  }

  /** NULL joined with anything is NULL; only whole numbers have the same text on every engine. */
  #joined(values: readonly SqlValue[]): SqlValue {
    const [only, ...more] = values;
    if (only !== undefined && more.length === 0) return only;
    if (values.some(({ kind }) => kind === CellKind.Null)) return NULL_VALUE;
    for (const { kind, bytes, form } of values) {
      const isPlain =
        kind === CellKind.Text || (kind === CellKind.Number && PLAIN_NUMBER.test(bytes.toString('latin1')));
      if (
        !isPlain ||
        form === 'bits' ||
        form === 'hexadecimal' ||
        form === 'own' ||
        (form === 'bytes' && this.cursor.kind.dialect !== 'sqlite3')
      )
        throw this.unknown(this.next);
    }
    return { kind: CellKind.Text, bytes: Buffer.concat(values.map(({ bytes }) => bytes)) };
  }

  /** PostgreSQL requires a line break between two strings; SQLite does not join strings. */
  #continues(line: number): boolean {
    const { dialect } = this.cursor.kind;
    if (this.continuing === undefined) return false;
    return dialect === 'mysql' || (dialect === 'postgres' && this.cursor.line > line);
  }

  /** Skips the type of a cast, which must not change the value. */
  #cast({ kind, bytes, form }: SqlValue): SqlValue {
    const start = this.next;
    this.#skipType();
    this.continuing = undefined;
    if (kind === CellKind.Null) return NULL_VALUE;
    const { dialect } = this.cursor.kind;
    const type = this.cursor.bytes.toString('utf8', start, this.next);
    const text = bytes.toString('utf8');
    if (kind === CellKind.Text) {
      const truth = castToBoolean(text, type, dialect);
      if (truth !== undefined) return { kind: truth ? CellKind.True : CellKind.False, bytes: NO_BYTES };
      if (dialect === 'sqlite3' && /^blob$/i.test(type.trim())) return { kind, bytes, form: 'bytes' };
    }
    const isBytes = form === 'hexadecimal' || form === 'bytes' || form === 'bits';
    // PostgreSQL prints bits as zeros and ones.
    if (isBytes && (dialect === 'postgres' || !/char|text|binary/i.test(type))) throw this.unknown(start);
    if (isBytes && dialect === 'mysql' && !isUtf8(bytes)) throw this.unknown(start);
    const isKnown = kind === CellKind.Text || kind === CellKind.Number;
    if (!isKnown || form === 'zoned' || form === 'own' || !castKeeps(text, kind === CellKind.Number, type, dialect))
      throw this.unknown(start);
    if (dialect === 'postgres' && isOwnType(type)) return { kind, bytes, form: 'own' };
    return isZonedTime(type) ? { kind, bytes, form: 'zoned' } : { kind, bytes };
  }

  #primary(): SqlValue {
    const start = this.next;
    const first = this.cursor.byteAt(start);
    if (first === SINGLE_QUOTE) return this.string(start, this.cursor.plainEscapes);
    if (first === DOUBLE_QUOTE && !this.#ansiQuotes) return this.string(start, this.cursor.plainEscapes);
    if (first === DOLLAR && this.cursor.kind.dialect === 'postgres') return this.dollarString(start);
    if (first === OPEN_PAREN) {
      this.next = this.cursor.blankEnd(start + 1);
      const value = this.#concatenation();
      this.#expect(CLOSE_PAREN);
      return value;
    }
    if (first === MINUS || first === PLUS || first === DOT || (first >= DIGIT_0 && first <= DIGIT_9)) {
      return this.number(start);
    }
    if (!isNameByte(first)) throw this.unknown(start);
    return this.#named(start, this.word());
  }

  /** A value that begins with a word. */
  #named(start: number, word: string): SqlValue {
    const upper = word.toUpperCase();
    this.continuing = undefined;
    switch (upper) {
      case 'NULL':
        return NULL_VALUE;
      case 'TRUE':
        return { kind: CellKind.True, bytes: NO_BYTES };
      case 'FALSE':
        return { kind: CellKind.False, bytes: NO_BYTES };
      case 'DEFAULT':
        return { kind: CellKind.Missing, bytes: NO_BYTES };
    }
    if (this.cursor.byteAt(this.next) === SINGLE_QUOTE) {
      const value = this.prefixedString(upper);
      if (value !== undefined) return value;
    }
    if (upper === 'U' && this.cursor.byteAt(this.next) === 0x26 && this.cursor.byteAt(this.next + 1) === SINGLE_QUOTE) {
      return this.unicodeString(start);
    }
    this.next = this.cursor.blankEnd(this.next);
    if (isIntroducer(word) && this.cursor.kind.dialect === 'mysql') return this.#introduced(start, word);
    if (this.cursor.byteAt(this.next) === OPEN_PAREN) return this.#call(start, upper);
    if (this.cursor.byteAt(this.next) === SINGLE_QUOTE && TYPED_LITERAL.test(upper)) {
      return this.#typedString(start, upper);
    }
    throw this.unknown(start);
  }

  #typedString(start: number, type: string): SqlValue {
    // SQLite has no such literals, and MySQL only those of times.
    const { dialect } = this.cursor.kind;
    if (dialect === 'sqlite3' || (dialect === 'mysql' && type !== 'TIMESTAMP')) throw this.unknown(start);
    const { bytes } = this.string(this.next, this.cursor.plainEscapes);
    const truth = castToBoolean(bytes.toString('utf8'), type, dialect);
    if (truth !== undefined) return { kind: truth ? CellKind.True : CellKind.False, bytes: NO_BYTES };
    if (!castKeeps(bytes.toString('utf8'), false, type, dialect)) throw this.unknown(start);
    return isZonedTime(type) ? { kind: CellKind.Text, bytes, form: 'zoned' } : { kind: CellKind.Text, bytes };
  }

  /** ``_utf8mb4'…'``, `_binary 0x…`: names the character set of the bytes. */
  #introduced(start: number, word: string): SqlValue {
    const value = this.#stringOrBytes();
    if (!isUtf8In(word, value.bytes)) throw new RowProblem(texts().rows.otherCharacterSet({ name: word }), start);
    // A following string has the character set of the session.
    this.continuing = undefined;
    const introduced = introducedValue(word, value);
    if (introduced === undefined) throw this.unknown(start);
    return introduced;
  }

  #stringOrBytes(): SqlValue {
    const start = this.next;
    const first = this.cursor.byteAt(start);
    if (first === SINGLE_QUOTE || first === DIGIT_0 || isNameByte(first)) return this.#primary();
    throw this.unknown(start);
  }

  #call(start: number, name: string): SqlValue {
    this.next = this.cursor.blankEnd(this.next + 1);
    if (name === 'CAST' || name === 'CONVERT') {
      const value = this.#castOperand();
      this.#expect(CLOSE_PAREN);
      this.continuing = undefined;
      return value;
    }
    if (this.#oracleFunctions) throw this.unknown(start);
    const values: SqlValue[] = [];
    while (this.cursor.byteAt(this.next) !== CLOSE_PAREN) {
      if (values.length > 0) this.#expect(COMMA);
      this.next = this.cursor.blankEnd(this.next);
      values.push(this.#concatenation());
    }
    this.next++;
    this.continuing = undefined;
    const result = callFunction(name, values, this.cursor.kind.dialect);
    if (result === undefined) throw this.unknown(start);
    return result;
  }

  /** `value AS type`, `value USING charset` or `value, type`; the value is unchanged. */
  #castOperand(): SqlValue {
    const value = this.#primary();
    this.next = this.cursor.blankEnd(this.next);
    const at = this.next;
    if (this.cursor.byteAt(at) === COMMA) this.next++;
    else if (!/^(AS|USING)$/i.test(this.word())) throw this.unknown(at);
    this.next = this.cursor.blankEnd(this.next);
    return this.#cast(value);
  }

  #expect(byte: number): void {
    this.next = this.cursor.blankEnd(this.next);
    if (this.cursor.byteAt(this.next) !== byte) throw this.unknown(this.next);
    this.next++;
  }

  /** Skips the name of a type: `character varying(255)`, `"public"."mood"[]`, `numeric(10,2)`. */
  #skipType(): void {
    let i = this.next;
    for (let depth = 0; ; i++) {
      const byte = this.cursor.byteAt(i);
      if (byte === OPEN_PAREN) depth++;
      else if (byte === CLOSE_PAREN) {
        if (depth === 0) break;
        depth--;
      } else if (byte === COLON || byte === PIPE || (byte === COMMA && depth === 0)) break;
      else if (byte === DOUBLE_QUOTE) i = this.cursor.stringEnd(i, Escapes.Doubled) - 1;
      else if (!isNameByte(byte) && !isSpace(byte) && !isTypePunctuation(byte)) throw this.unknown(i);
    }
    const text = this.cursor.bytes.toString('latin1', this.next, i);
    if (OPERATOR.test(text.replaceAll(/"[^"]*"/g, '""'))) throw this.unknown(this.next);
    this.next = i;
  }
}

function isTypePunctuation(byte: number): boolean {
  return byte === DOT || byte === COMMA || byte === OPEN_BRACKET || byte === CLOSE_BRACKET;
}
