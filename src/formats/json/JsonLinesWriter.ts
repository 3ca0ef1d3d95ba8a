/**
 * Writes rows as JSON Lines to a growing buffer that the caller empties. Unchanged values from JSON are copied, adjacent ones
 * in one piece.
 */

import { ByteWriter } from '../../core/ByteWriter.js';
import { encodeJsonText } from '../../core/jsonText.js';
import { type Cell, CellKind, type Row } from '../../core/rows.js';

/** A member of each written object. */
export interface JsonMember {
  readonly key: string;
  /** Index of the row's cell. */
  readonly index: number;
}

const OPEN = 0x7b;
const CLOSE = 0x7d;
const COMMA = 0x2c;
const LF = 0x0a;
/** In bytes. */
const SMALLEST_BUFFER = 4 * 1024;
const LARGEST_BUFFER = 1024 * 1024;

export class JsonLinesWriter {
  readonly #members: readonly JsonMember[];
  /** `"Key":` of each member; most are never needed. */
  readonly #prefixes: Buffer[] = [];
  readonly #out = new ByteWriter(SMALLEST_BUFFER, LARGEST_BUFFER);

  constructor(members: readonly JsonMember[]) {
    this.#members = members;
  }

  /** Bytes in the buffer. */
  get length(): number {
    return this.#out.length;
  }

  /** Removes the last `bytes` bytes and returns a copy of them. */
  takeBack(bytes: number): Buffer {
    const out = this.#out;
    out.length -= bytes;
    return Buffer.from(out.bytes.subarray(out.length, out.length + bytes));
  }

  /** True if the last written bytes are `bytes[start, end)`. */
  endsWith(bytes: Buffer, start: number, end: number): boolean {
    const out = this.#out;
    const from = out.length - (end - start);
    return from >= 0 && out.bytes.compare(bytes, start, end, from, out.length) === 0;
  }

  /** A view of the buffer, valid until the next line or `clear`. */
  get waiting(): Buffer {
    return this.#out.written;
  }

  /** Empties the buffer. */
  clear(): void {
    this.#out.clear();
  }

  /** Appends bytes as they are. */
  append(bytes: Buffer): void {
    this.#out.putBytes(bytes);
  }

  /** Appends one line, including its newline, and returns its length in bytes. Every cell that is written must have a value. */
  write(row: Row): number {
    const out = this.#out;
    const before = out.length;
    out.putByte(OPEN);
    // The pending span of source bytes to copy, including keys.
    let source: Buffer | undefined;
    let runStart = 0;
    let runEnd = 0;
    for (let i = 0; i < this.#members.length; i++) {
      const member = this.#members[i] as JsonMember;
      const cell = row.cell(member.index);
      const fromJson = cell.lead >= 0 && cell.key === member.key;
      if (fromJson && cell.bytes === source && cell.lead === runEnd + 1 && source[runEnd] === COMMA) {
        runEnd = cell.end;
        continue;
      }
      if (source !== undefined) out.putBytes(source, runStart, runEnd);
      source = undefined;
      if (i > 0) out.putByte(COMMA);
      if (fromJson) {
        source = cell.bytes;
        runStart = cell.lead;
        runEnd = cell.end;
      } else {
        const prefix = this.#prefixes[i] ?? prefixOf(member.key);
        this.#prefixes[i] = prefix;
        out.putBytes(prefix);
        this.#value(cell);
      }
    }
    if (source !== undefined) out.putBytes(source, runStart, runEnd);
    for (const { name, cell } of row.extras) {
      if (out.bytes[out.length - 1] !== OPEN) out.putByte(COMMA);
      out.putBytes(prefixOf(name));
      this.#value(cell);
    }
    out.putByte(CLOSE);
    out.putByte(LF);
    return out.length - before;
  }

  #value(cell: Cell): void {
    const out = this.#out;
    switch (cell.kind) {
      case CellKind.Null:
        out.putText('null');
        return;
      case CellKind.False:
        out.putText('false');
        return;
      case CellKind.True:
        out.putText('true');
        return;
      case CellKind.Text:
        out.reserve(6 * (cell.end - cell.start) + 2);
        out.length = encodeJsonText(cell.bytes, cell.start, cell.end, out.bytes, out.length);
        return;
      case CellKind.Number:
      case CellKind.Json:
      case CellKind.JsonText:
        out.putBytes(cell.bytes, cell.start, cell.end);
        return;
      case CellKind.Missing:
        throw new TypeError('a cell without a value cannot be written');
    }
  }
}

const prefixOf = (key: string): Buffer => Buffer.from(`${JSON.stringify(key)}:`);
