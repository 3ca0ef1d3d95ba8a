/**
 * Walks the pages of one table: https://www.sqlite.org/fileformat2.html, sections 1.5 and 1.6. Checks pages against each other:
 * rows must be in the order of their ids, and no page may occur twice.
 */
import { InputError } from '../../core/errors.js';
import { localLength } from './localLength.js';
import type { PagedFile } from './PagedFile.js';
import { RecordProblem, readRowId, readVarint, type Varint } from './records.js';
import { texts } from './texts.js';

const INNER_PAGE = 0x05;
const LEAF_PAGE = 0x0d;
/** 2^64 rows need far fewer levels: some 20 for the smallest pages, by section 1.6. */
const DEEPEST = 40;

/** A stored row: its record is `bytes[start, end)`. */
export interface StoredRow {
  rowId: number | bigint;
  bytes: Buffer;
  start: number;
  end: number;
}

export interface TreeOptions {
  /** The name of the table for errors. */
  readonly table: string;
  /** Longest accepted record. */
  readonly maxRecordBytes: number;
  readonly signal: AbortSignal | undefined;
}

export class TableTree {
  readonly #pages: PagedFile;
  readonly #root: number;
  readonly #options: TreeOptions;
  readonly #varint: Varint = { value: 0, next: 0 };
  readonly #row: StoredRow = { rowId: 0, bytes: Buffer.alloc(0), start: 0, end: 0 };
  /** One bit for each page that was read. */
  readonly #seen: Uint8Array;
  #lastId: number | bigint = Number.NEGATIVE_INFINITY;

  constructor(pages: PagedFile, root: number, options: TreeOptions) {
    this.#pages = pages;
    this.#root = root;
    this.#options = options;
    this.#seen = new Uint8Array(Math.ceil((pages.pageCount + 1) / 8));
  }

  /** Calls `onRow` for each row, in the order of their ids, with one reused object, and awaits `onPage` after each page. */
  async read(onRow: (row: StoredRow) => void, onPage: () => Promise<void> | undefined): Promise<void> {
    await this.#readPage(this.#root, Number.POSITIVE_INFINITY, 0, onRow, onPage);
  }

  /** Approximate size of the leaf pages, without overflow pages of long rows, estimated from one branch of the tree. */
  async leafBytes(): Promise<number> {
    let leaves = 1;
    let page = this.#root;
    for (let depth = 0; ; depth++) {
      const bytes = await this.#pages.page(page);
      if (this.#typeOf(bytes, page, depth) === LEAF_PAGE) return leaves * this.#pages.header.pageSize;
      leaves *= cellCount(bytes, page) + 1;
      page = this.#children(bytes, page).next().value?.page ?? 0;
    }
  }

  async #readPage(
    page: number,
    largestId: number | bigint,
    depth: number,
    onRow: (row: StoredRow) => void,
    onPage: () => Promise<void> | undefined,
  ): Promise<void> {
    this.#claim(page);
    const found = this.#pages.page(page);
    // Awaiting a page in memory takes longer than reading it.
    const bytes = found instanceof Promise ? await found : found;
    if (this.#typeOf(bytes, page, depth) === LEAF_PAGE) {
      await this.#readLeaf(bytes, page, largestId, onRow);
      this.#options.signal?.throwIfAborted();
      const waiting = onPage();
      if (waiting !== undefined) await waiting;
      return;
    }
    for (const child of this.#children(bytes, page)) {
      const largest = child.largestId ?? largestId;
      if (largest > largestId) throw this.#damaged(page, texts().found.keysOutOfOrder);
      await this.#readPage(child.page, largest, depth + 1, onRow, onPage);
    }
  }

  *#children(bytes: Buffer, page: number): Generator<{ page: number; largestId?: number | bigint }, void, void> {
    const header = headerOf(page);
    const count = cellCount(bytes, page);
    for (let i = 0; i < count; i++) {
      const at = this.#cellAt(bytes, page, header + 12, i);
      yield {
        page: bytes.readUInt32BE(at),
        largestId: this.#guard(page, () => readRowId(bytes, at + 4, this.#varint)),
      };
    }
    yield { page: bytes.readUInt32BE(header + 8) };
  }

  async #readLeaf(
    bytes: Buffer,
    page: number,
    largestId: number | bigint,
    onRow: (row: StoredRow) => void,
  ): Promise<void> {
    const row = this.#row;
    const varint = this.#varint;
    const { usableSize } = this.#pages.header;
    const cells = headerOf(page) + 8;
    const count = cellCount(bytes, page);
    for (let i = 0; i < count; i++) {
      const at = this.#cellAt(bytes, page, cells, i);
      try {
        readVarint(bytes, at, varint);
        const length = varint.value;
        row.rowId = readRowId(bytes, varint.next, varint);
        if (!(row.rowId > this.#lastId) || row.rowId > largestId) {
          throw new RecordProblem(texts().found.rowOutOfOrder({ row: String(row.rowId) }));
        }
        this.#lastId = row.rowId;
        const local = localLength(length, usableSize);
        const end = varint.next + local;
        if (end > usableSize) throw new RecordProblem(texts().found.rowBeyondPage);
        if (local === length) {
          row.bytes = bytes;
          row.start = varint.next;
          row.end = end;
        } else {
          row.bytes = await this.#gather(bytes, varint.next, local, length);
          row.start = 0;
          row.end = length;
        }
        onRow(row);
      } catch (error) {
        if (error instanceof RecordProblem) throw this.#damaged(page, error.message);
        throw error;
      }
    }
  }

  /** Assembles a record that continues in a chain of overflow pages. */
  async #gather(bytes: Buffer, start: number, local: number, length: number): Promise<Buffer> {
    const { maxRecordBytes, table, signal } = this.#options;
    const { usableSize } = this.#pages.header;
    const { name } = this.#pages;
    if (length > this.#pages.pageCount * usableSize) {
      throw new RecordProblem(texts().found.rowBeyondDatabase({ bytes: length }));
    }
    if (length > maxRecordBytes) {
      const row = String(this.#row.rowId);
      throw new InputError(texts().rowTooLong({ name, table, row, bytes: maxRecordBytes }));
    }
    const record = Buffer.allocUnsafe(length);
    bytes.copy(record, 0, start, start + local);
    let next = bytes.readUInt32BE(start + local);
    for (let done = local; done < length; ) {
      signal?.throwIfAborted();
      this.#claim(next);
      const page = await this.#pages.page(next);
      const copied = page.copy(record, done, 4, Math.min(usableSize, 4 + length - done));
      done += copied;
      next = page.readUInt32BE(0);
    }
    if (next !== 0) throw new RecordProblem(texts().found.longRowGoesOn);
    return record;
  }

  #claim(page: number): void {
    const byte = this.#seen[page >>> 3];
    if (byte === undefined || page < 1) throw this.#damaged(page, texts().found.pageMissing);
    if ((byte & (1 << (page & 7))) !== 0) throw this.#damaged(page, texts().found.pageUsedTwice);
    this.#seen[page >>> 3] = byte | (1 << (page & 7));
  }

  #typeOf(bytes: Buffer, page: number, depth: number): number {
    const type = bytes[headerOf(page)] ?? 0;
    if (type !== INNER_PAGE && type !== LEAF_PAGE) throw this.#damaged(page, texts().found.notATablePage);
    if (depth > DEEPEST) throw this.#damaged(page, texts().found.tooDeep);
    return type;
  }

  #cellAt(bytes: Buffer, page: number, cells: number, index: number): number {
    const pointer = cells + 2 * index;
    const { usableSize } = this.#pages.header;
    const at = pointer + 2 <= usableSize ? bytes.readUInt16BE(pointer) : 0;
    // The shortest cell has 4 bytes.
    if (at <= pointer || at + 4 > usableSize) throw this.#damaged(page, texts().found.rowOutside);
    return at;
  }

  #guard<T>(page: number, read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw error instanceof RecordProblem ? this.#damaged(page, error.message) : error;
    }
  }

  #damaged(page: number, found: string): InputError {
    return this.#pages.damaged(texts().placed({ table: this.#options.table, page, found }));
  }
}

/** The first page begins with the database header. */
const headerOf = (page: number): number => (page === 1 ? 100 : 0);

const cellCount = (bytes: Buffer, page: number): number => bytes.readUInt16BE(headerOf(page) + 3);
