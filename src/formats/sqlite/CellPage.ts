/** A page of a b-tree that is being filled: https://www.sqlite.org/fileformat2.html, section 1.6. */
import type { DatabaseHeader } from './DatabaseHeader.js';

/** Types of pages. */
export const INDEX_INNER = 0x02;
export const TABLE_INNER = 0x05;
export const INDEX_LEAF = 0x0a;
export const TABLE_LEAF = 0x0d;

/** A pointer to a cell. */
export const POINTER = 2;
/** A page number. */
export const PAGE_NUMBER = 4;

const LEAF_HEADER = 8;
export const INNER_HEADER = LEAF_HEADER + PAGE_NUMBER;

export class CellPage {
  readonly bytes: Buffer;
  readonly #type: number;
  readonly #usableSize: number;
  readonly #header: number;
  #cells = 0;
  /** Where the cells begin; they are written from the end of the page. */
  #content: number;

  constructor({ pageSize, usableSize }: Pick<DatabaseHeader, 'pageSize' | 'usableSize'>, type: number) {
    this.bytes = Buffer.alloc(pageSize);
    this.#type = type;
    this.#usableSize = usableSize;
    this.#header = type === TABLE_INNER || type === INDEX_INNER ? INNER_HEADER : LEAF_HEADER;
    this.#content = usableSize;
  }

  /** Whether a cell of this size fits, and `spare` bytes are left. */
  hasRoomFor(size: number, spare: number): boolean {
    return this.#content - size - spare >= this.#header + POINTER * (this.#cells + 1);
  }

  /** Makes room for the next cell; returns where to write it. */
  place(size: number): number {
    this.#content -= size;
    this.bytes.writeUInt16BE(this.#content, this.#header + POINTER * this.#cells++);
    return this.#content;
  }

  /** Removes the last cell, which has this size, and returns it. */
  takeLast(size: number): Buffer {
    const end = this.#content + size;
    const cell = Buffer.from(this.bytes.subarray(this.#content, end));
    this.bytes.fill(0, this.#content, end);
    this.#content = end;
    this.bytes.writeUInt16BE(0, this.#header + POINTER * --this.#cells);
    return cell;
  }

  /** The page with its header, which begins at `start`. `rightmost`: the last child of an inner page. */
  finish(rightmost?: number, start = 0): Buffer {
    const { bytes } = this;
    bytes[0] = this.#type;
    bytes.writeUInt16BE(this.#cells, 3);
    // 0 stands for 65,536.
    bytes.writeUInt16BE(this.#content & 0xffff, 5);
    if (rightmost !== undefined) bytes.writeUInt32BE(rightmost, LEAF_HEADER);
    if (start > 0) {
      bytes.copyWithin(start, 0, this.#header + POINTER * this.#cells);
      bytes.fill(0, 0, start);
    }
    return bytes;
  }

  clear(): void {
    this.bytes.fill(0);
    this.#cells = 0;
    this.#content = this.#usableSize;
  }
}
