/**
 * Reduces a row to 128 bits that do not depend on the notation of its source. MurmurHash3 (x86, 128 bits, public domain
 * algorithm by Austin Appleby): finds every accident, but a forger could get around it. A cryptographic hash takes five times
 * as long here, because rows are short, and nobody signs an archive anyway.
 */
import { ByteWriter } from '../../core/ByteWriter.js';
import { textBytes, toBoolean } from '../../core/coerce.js';
import { decodeJsonTextInto } from '../../core/jsonText.js';
import { mix } from '../../core/mix.js';
import { type Cell, CellKind, type ColumnKind, type Row } from '../../core/rows.js';
import { textOf } from '../../core/values.js';
import { keyInRelease, type Table } from '../../gogs/tables.js';
import { canonicalTime } from './canonicalTime.js';

export interface DigestedColumn {
  readonly index: number;
  readonly name: string;
  readonly kind: ColumnKind;
}

/** The columns that a table has in SQL in a release. */
export function columnsInRelease(table: Table, release: string): DigestedColumn[] {
  return table.columns.flatMap((column, index) =>
    column.derived || keyInRelease(column, release) === undefined
      ? []
      : [{ index, name: column.name, kind: column.kind }],
  );
}

export interface RowDigesterOptions {
  /** The number of digits of a fractional second that are compared. */
  readonly timeDigits?: number | undefined;
  /**
   * The rows are stored in SQLite: a blob differs from the same text, which no comparison in SQL finds it equal to, and the
   * text `true` from 1. https://www.sqlite.org/datatype3.html#comparison_expressions
   */
  readonly tellsStorage?: boolean;
}

const INITIAL_BYTES = 64 * 1024;

export class RowDigester {
  /** The digest of the last row. */
  readonly words = new Uint32Array(4);
  readonly #columns: readonly DigestedColumn[];
  readonly #timeDigits: number;
  readonly #tellsStorage: boolean;
  readonly #out = new ByteWriter(INITIAL_BYTES, Number.POSITIVE_INFINITY);
  /** The bytes of `#out`, as words. */
  #words = wordsOf(this.#out.bytes);

  constructor(columns: readonly DigestedColumn[], { timeDigits = 9, tellsStorage = false }: RowDigesterOptions = {}) {
    this.#columns = columns;
    this.#timeDigits = timeDigits;
    this.#tellsStorage = tellsStorage;
  }

  digest(row: Row): void {
    this.#out.clear();
    for (let i = 0; i < this.#columns.length; i++) {
      this.#putColumn(row, this.#columns[i] as DigestedColumn);
    }
    this.#hash();
  }

  /** The digest of each column as text, to tell which ones differ. Slow. */
  byColumn(row: Row): Map<string, string> {
    return new Map(
      this.#columns.map((column) => {
        this.#out.clear();
        this.#putColumn(row, column);
        this.#hash();
        return [column.name, this.words.join()];
      }),
    );
  }

  #putColumn(row: Row, { index, kind }: DigestedColumn): void {
    if (this.#tellsStorage && row.blobs.includes(index)) this.#out.putBytes(BLOB);
    this.#put(row.cell(index), kind);
  }

  /** Writes length and bytes, so that no two rows have the same encoding. Missing and NULL differ from the empty text. */
  #put(cell: Cell, kind: ColumnKind): void {
    const out = this.#out;
    out.reserve(4 + cell.end - cell.start);
    const lengthAt = out.length;
    out.length += 4;
    switch (cell.kind) {
      case CellKind.Missing:
      case CellKind.Null:
        this.#putLength(lengthAt, -1);
        return;
      case CellKind.JsonText:
        if (kind === 'time') out.putBytes(this.#canonical(cell, kind));
        else out.length = decodeJsonTextInto(cell.bytes, cell.start, cell.end, out.bytes, out.length);
        break;
      case CellKind.Number:
      case CellKind.Text:
        if (kind === 'boolean' || kind === 'time') out.putBytes(this.#canonical(cell, kind));
        else if (!isMinusZero(cell)) out.putBytes(cell.bytes, cell.start, cell.end);
        else out.putBytes(ZERO);
        break;
      default:
        out.putBytes(this.#canonical(cell, kind));
    }
    this.#putLength(lengthAt, out.length - lengthAt - 4);
  }

  #putLength(at: number, length: number): void {
    const { bytes } = this.#out;
    bytes[at] = length;
    bytes[at + 1] = length >>> 8;
    bytes[at + 2] = length >>> 16;
    bytes[at + 3] = length >>> 24;
  }

  #canonical(cell: Cell, kind: ColumnKind): Buffer {
    if (kind === 'boolean') return this.#canonicalBoolean(cell);
    if (kind === 'time') return Buffer.from(canonicalTime(cell, this.#timeDigits));
    return textOf(cell) ?? ZERO;
  }

  /** What is no boolean, such as 2, stays as it is: it is not false. */
  #canonicalBoolean(cell: Cell): Buffer {
    const truth = this.#tellsStorage && cell.kind === CellKind.Text ? undefined : toBoolean(cell);
    if (truth === undefined) return textBytes(cell);
    return truth ? ONE : ZERO;
  }

  #hash(): void {
    const out = this.#out;
    const { length } = out;
    // Padded to whole blocks. The length is hashed at the end, so padding causes no ambiguity.
    const blocks = (length + 15) >>> 4;
    out.reserve(16);
    out.bytes.fill(0, length, blocks * 16);
    if (this.#words.buffer !== out.bytes.buffer) this.#words = wordsOf(out.bytes);
    const words = this.#words;
    let [h1, h2, h3, h4] = [0, 0, 0, 0];
    for (let at = 0; at < blocks * 4; at += 4) {
      h1 ^= Math.imul(rotate(Math.imul(words[at] as number, C1), 15), C2);
      h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0;
      h2 ^= Math.imul(rotate(Math.imul(words[at + 1] as number, C2), 16), C3);
      h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0;
      h3 ^= Math.imul(rotate(Math.imul(words[at + 2] as number, C3), 17), C4);
      h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0;
      h4 ^= Math.imul(rotate(Math.imul(words[at + 3] as number, C4), 18), C1);
      h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0;
    }
    h1 ^= length;
    h2 ^= length;
    h3 ^= length;
    h4 ^= length;
    h1 = (h1 + h2 + h3 + h4) | 0;
    h2 = (h2 + h1) | 0;
    h3 = (h3 + h1) | 0;
    h4 = (h4 + h1) | 0;
    h1 = mix(h1);
    h2 = mix(h2);
    h3 = mix(h3);
    h4 = mix(h4);
    h1 = (h1 + h2 + h3 + h4) | 0;
    this.words[0] = h1;
    this.words[1] = h2 + h1;
    this.words[2] = h3 + h1;
    this.words[3] = h4 + h1;
  }
}

const ONE = Buffer.from('1');
const ZERO = Buffer.from('0');
/** No value has this length. */
const BLOB = Buffer.from([0xfe, 0xff, 0xff, 0xff]);
const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

/** JSON has `-0`; every decoder and database turns it into 0. */
const isMinusZero = ({ kind, bytes, start, end }: Cell): boolean =>
  kind === CellKind.Number && end - start === 2 && bytes[start] === 0x2d && bytes[start + 1] === 0x30;

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

function wordsOf({ buffer, length }: Buffer): Uint32Array {
  return new Uint32Array(buffer, 0, length >>> 2);
}
