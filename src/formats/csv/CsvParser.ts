/**
 * Reads one record of a CSV file from contiguous bytes.
 *
 * Libraries cannot do this. fast-csv returns '' twice for `1,,""`, so NULL is lost, and its time grows with the square of a
 * quoted field's length (measured with 5.0: 8 MB took 50 s; short rows, 10 MB/s). csv-parse tells quoted fields from plain ones
 * (`quoting` in the context of `cast`), but it does not support `\N` and `
 * ` of MySQL and COPY (its `escape` only drops the character), and it works on strings, which damages bytes that are not UTF-8.
 */

import { type Cell, CellKind } from '../../core/rows.js';
import { WordView } from '../../core/words.js';
import { NEED_MORE, RowProblem } from '../RowProblem.js';
import { Escapes, resolveEscapes } from '../sql/syntax/escapes.js';
import { type CsvFormat, escapesWithBackslash } from './CsvFormat.js';
import { texts } from './texts.js';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_N = 0x4e;
const APOSTROPHE = 0x27;

/** Is shown each field as it is written, without the quotes around it. */
export type FieldObserver = (isQuoted: boolean, bytes: Buffer, start: number, end: number) => void;

/** The end of a record; `none` at the end of the file. */
export type LineEnd = 'lf' | 'crlf' | 'none';

export class CsvParser {
  bytes: Buffer = Buffer.alloc(0);
  end = 0;
  /** No bytes follow `end`. */
  final = false;
  position = 0;
  /** 1-based line of `position`. */
  line = 1;

  /** The end of the last record. */
  lineEnd: LineEnd = 'none';

  readonly #separator: number;
  readonly #hasQuotes: boolean;
  readonly #backslash: boolean;
  /** The byte that escapes a quote within quotes. */
  readonly #quoteEscape: number;
  readonly #emptyIsNull: boolean;
  readonly #nullWord: boolean;
  readonly #observer: FieldObserver | undefined;
  /** Cells of the record whose escapes have not been resolved yet. */
  readonly #escaped: Cell[] = [];
  /** For each of them the quote that may be doubled, or -1 for a field without quotes. */
  readonly #escapedQuote: number[] = [];
  readonly #words = new WordView();
  #wasQuoted = false;
  #sawEscape = false;

  constructor({ separator, style, nullWord }: CsvFormat, observer?: FieldObserver) {
    this.#separator = separator.charCodeAt(0);
    this.#hasQuotes = style !== 'text' && style !== 'raw';
    this.#backslash = escapesWithBackslash(style);
    this.#quoteEscape = style === 'apostrophe' ? APOSTROPHE : QUOTE;
    this.#emptyIsNull = !this.#backslash && !nullWord;
    this.#nullWord = nullWord;
    this.#observer = observer;
  }

  /** Skips empty lines; false at the end of the file. */
  skipEmptyLines(): boolean {
    const { bytes } = this;
    for (; this.position < this.end; this.position++) {
      const byte = bytes[this.position];
      if (byte === LF) this.line++;
      else if (byte !== CR) return true;
      else if (this.position + 1 >= this.end) {
        if (!this.final) throw NEED_MORE;
        // Half of the last line end; the memory behind it does not belong to the file.
      } else if (bytes[this.position + 1] !== LF) return true;
    }
    if (!this.final) throw NEED_MORE;
    return false;
  }

  /** Reads the record at `position`, calling `cellAt` for each field; returns the number of fields. */
  readRecord(cellAt: (index: number) => Cell): number {
    this.#escaped.length = 0;
    let count = 0;
    let i = this.position;
    for (;;) {
      const cell = cellAt(count++);
      const isQuoted = this.#hasQuotes && i < this.end && this.bytes[i] === QUOTE;
      i = isQuoted ? this.#readQuoted(cell, i) : this.#readPlain(cell, i);
      if (this.#sawEscape) this.#escapedQuote[this.#escaped.push(cell) - 1] = this.#wasQuoted ? QUOTE : -1;
      if (i >= this.end) break;
      if (this.bytes[i] !== this.#separator) break;
      i++;
      // A separator at the very end is followed by one more, empty field.
      if (i >= this.end && !this.final) throw NEED_MORE;
    }
    // The last field is followed by a line end or the end of the file.
    this.lineEnd = 'lf';
    if (i < this.end && this.bytes[i] === CR) {
      this.lineEnd = 'crlf';
      i++;
    }
    if (i < this.end) {
      this.line++;
      i++;
    } else this.lineEnd = 'none';
    this.position = i;
    for (let k = 0; k < this.#escaped.length; k++) {
      this.#resolve(this.#escaped[k] as Cell, this.#escapedQuote[k] as number);
    }
    return count;
  }

  #resolve(cell: Cell, quote: number): void {
    const { bytes } = this;
    const { start, end } = cell;
    if (this.#quoteEscape === APOSTROPHE) cell.end = resolveApostrophes(bytes, start, end);
    else {
      const escapes = this.#backslash ? Escapes.TextFile : Escapes.Doubled;
      cell.end = resolveEscapes(bytes, start, end, escapes, quote, this.#words.of(bytes));
    }
  }

  #readPlain(cell: Cell, start: number): number {
    const { bytes, end } = this;
    const separator = this.#separator;
    this.#sawEscape = false;
    this.#wasQuoted = false;
    let i = start;
    for (; i < end; i++) {
      const byte = bytes[i];
      if (byte === separator || byte === LF) break;
      if (byte === BACKSLASH && this.#backslash) {
        // The next byte belongs to the escape, even if it is a separator or a line break.
        this.#sawEscape = true;
        i++;
        if (i < end && bytes[i] === LF) this.line++;
      }
    }
    if (i >= end && !this.final) throw NEED_MORE;
    if (i > end) i = end;
    // At the very end of the file, half of a line end.
    const atLineEnd = i >= end || bytes[i] === LF;
    const to = atLineEnd && i > start && bytes[i - 1] === CR ? i - 1 : i;
    this.#observer?.(false, bytes, start, to);
    if (this.#isNull(start, to)) {
      this.#sawEscape = false;
      cell.set(CellKind.Null);
    } else cell.set(CellKind.Text, bytes, start, to);
    return to;
  }

  #isNull(start: number, end: number): boolean {
    const { bytes } = this;
    if (end === start) return this.#emptyIsNull;
    if (end - start === 2) return bytes[start] === BACKSLASH && bytes[start + 1] === LETTER_N;
    return this.#nullWord && isNullWord(bytes, start, end);
  }

  #readQuoted(cell: Cell, start: number): number {
    const { bytes, end } = this;
    const firstLine = this.line;
    this.#wasQuoted = true;
    this.#sawEscape = false;
    let i = start + 1;
    for (; ; i++) {
      if (i >= end) {
        if (!this.final) throw NEED_MORE;
        throw new RowProblem(texts().problems.unclosedQuote({ line: firstLine }), start);
      }
      const byte = bytes[i];
      if (byte === QUOTE || byte === this.#quoteEscape) {
        if (i + 1 >= end && !this.final) throw NEED_MORE;
        const next = i + 1 < end ? bytes[i + 1] : undefined;
        const isEscape = byte === this.#quoteEscape && (next === QUOTE || next === byte);
        if (isEscape) {
          this.#sawEscape = true;
          i++;
        } else if (byte === QUOTE) break;
      } else if (byte === LF) this.line++;
      else if (byte === BACKSLASH && this.#backslash) {
        this.#sawEscape = true;
        i++;
        if (i < end && bytes[i] === LF) this.line++;
      }
    }
    this.#observer?.(true, bytes, start + 1, i);
    cell.set(CellKind.Text, bytes, start + 1, i);
    const after = i + 1;
    if (after >= end) return after;
    const next = bytes[after];
    if (next === this.#separator || next === LF) return after;
    if (next === CR) {
      if (after + 1 >= end && !this.final) throw NEED_MORE;
      if (after + 1 >= end || bytes[after + 1] === LF) return after;
    }
    throw new RowProblem(texts().problems.textAfterQuote, after);
  }
}

export function isNullWord(bytes: Buffer, start: number, end: number): boolean {
  return end - start === 4 && bytes.toString('latin1', start, end) === 'NULL';
}

/** Resolves `''` and `'"` in place and returns the new end. */
function resolveApostrophes(bytes: Buffer, start: number, end: number): number {
  let to = start;
  for (let i = start; i < end; i++) {
    const next = bytes[i + 1];
    if (bytes[i] === APOSTROPHE && i + 1 < end && (next === APOSTROPHE || next === QUOTE)) i++;
    bytes[to++] = bytes[i] as number;
  }
  return to;
}
