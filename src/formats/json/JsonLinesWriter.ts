/**
 * Writes rows as JSON Lines to a growing buffer that the caller empties. Unchanged values from JSON are copied, neighbours
 * in one piece.
 */

import { encodeJsonText } from '../../core/jsonText.js';
import { type Cell, CellKind, type Row } from '../../core/rows.js';

/** A member of each object that is written. */
export interface JsonMember {
  readonly key: string;
  /** Index of the row's cell. */
  readonly index: number;
}

interface PreparedMember extends JsonMember {
  /** `"Key":` */
  readonly prefix: Buffer;
}

const COMMA = 0x2c;
/** Bytes. */
const SMALLEST_BUFFER = 16 * 1024;
const LARGEST_BUFFER = 1024 * 1024;

export class JsonLinesWriter {
  readonly #members: readonly PreparedMember[];
  #out: Buffer;
  #length = 0;

  constructor(members: readonly JsonMember[]) {
    this.#members = members.map((member) => ({ ...member, prefix: Buffer.from(`${JSON.stringify(member.key)}:`) }));
    this.#out = Buffer.allocUnsafe(SMALLEST_BUFFER);
  }

  /** Bytes in the buffer. */
  get length(): number {
    return this.#length;
  }

  /** Removes the last `bytes` bytes and returns a copy of them. */
  takeBack(bytes: number): Buffer {
    this.#length -= bytes;
    return Buffer.from(this.#out.subarray(this.#length, this.#length + bytes));
  }

  /** True when the last bytes written are `bytes[start, end)`. */
  endsWith(bytes: Buffer, start: number, end: number): boolean {
    const from = this.#length - (end - start);
    return from >= 0 && this.#out.compare(bytes, start, end, from, this.#length) === 0;
  }

  /** A view of the buffer that is valid until the next line or `clear`. */
  get waiting(): Buffer {
    return this.#out.subarray(0, this.#length);
  }

  /** Empties the buffer. */
  clear(): void {
    this.#length = 0;
    // One huge row must not keep its room for ever.
    if (this.#out.length > LARGEST_BUFFER) this.#out = Buffer.allocUnsafe(SMALLEST_BUFFER);
  }

  /** Appends bytes as they are. */
  append(bytes: Buffer): void {
    this.#reserve(bytes.length);
    this.#length += bytes.copy(this.#out, this.#length);
  }

  /**
   * Appends one line, newline included, and returns its length in bytes. Every cell that is written must hold a value.
   */
  write(row: Row): number {
    const before = this.#length;
    this.#reserve(2);
    this.#out[this.#length++] = 0x7b;
    // The span of source bytes that is about to be copied, keys and all.
    let source: Buffer | undefined;
    let runStart = 0;
    let runEnd = 0;
    for (let i = 0; i < this.#members.length; i++) {
      const member = this.#members[i] as PreparedMember;
      const cell = row.cell(member.index);
      const fromJson = cell.lead >= 0 && cell.key === member.key;
      if (fromJson && cell.bytes === source && cell.lead === runEnd + 1 && source[runEnd] === COMMA) {
        runEnd = cell.end;
        continue;
      }
      if (source !== undefined) this.#copy(source, runStart, runEnd);
      source = undefined;
      if (i > 0) this.#comma();
      if (fromJson) {
        source = cell.bytes;
        runStart = cell.lead;
        runEnd = cell.end;
      } else {
        this.#copy(member.prefix, 0, member.prefix.length);
        this.#value(cell);
      }
    }
    if (source !== undefined) this.#copy(source, runStart, runEnd);
    for (const { name, cell } of row.extras) {
      if (this.#out[this.#length - 1] !== 0x7b) this.#comma();
      const prefix = Buffer.from(`${JSON.stringify(name)}:`);
      this.#copy(prefix, 0, prefix.length);
      this.#value(cell);
    }
    this.#reserve(2);
    this.#out[this.#length++] = 0x7d;
    this.#out[this.#length++] = 0x0a;
    return this.#length - before;
  }

  #value(cell: Cell): void {
    switch (cell.kind) {
      case CellKind.Null:
        this.#word('null');
        return;
      case CellKind.False:
        this.#word('false');
        return;
      case CellKind.True:
        this.#word('true');
        return;
      case CellKind.Text:
        this.#reserve(6 * (cell.end - cell.start) + 2);
        this.#length = encodeJsonText(cell.bytes, cell.start, cell.end, this.#out, this.#length);
        return;
      case CellKind.Number:
      case CellKind.Json:
      case CellKind.JsonText:
        this.#copy(cell.bytes, cell.start, cell.end);
        return;
      case CellKind.Missing:
        throw new TypeError('a cell without a value cannot be written');
    }
  }

  #word(word: string): void {
    this.#reserve(word.length);
    this.#length += this.#out.write(word, this.#length, 'latin1');
  }

  #comma(): void {
    this.#reserve(1);
    this.#out[this.#length++] = COMMA;
  }

  #copy(bytes: Buffer, start: number, end: number): void {
    this.#reserve(end - start);
    const out = this.#out;
    // A native copy costs more than it saves on short spans.
    if (end - start < 24) {
      let at = this.#length;
      for (let i = start; i < end; i++) out[at++] = bytes[i] as number;
      this.#length = at;
    } else {
      this.#length += bytes.copy(out, this.#length, start, end);
    }
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#out.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#out.length));
    this.#out.copy(grown, 0, 0, this.#length);
    this.#out = grown;
  }
}
