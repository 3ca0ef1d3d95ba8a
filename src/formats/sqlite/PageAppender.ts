/** Appends pages to an SQLite database that no connection has open: https://www.sqlite.org/fileformat2.html, section 1. */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { outputError } from '../../core/systemErrors.js';
import { WRITE_SIZE } from '../../files/writeSize.js';
import { PAGE_NUMBER } from './CellPage.js';
import { type DatabaseHeader, HEADER_LENGTH, NEW_DATABASE, parseHeader } from './DatabaseHeader.js';

/** Where the header has the number of pages. */
const PAGE_COUNT_AT = 28;

export class PageAppender {
  readonly pageSize: number;
  /** Page size without the bytes reserved at the end of each page. */
  readonly usableSize: number;
  readonly #file: number;
  /** The page that SQLite never uses. */
  readonly #lockPage: number;
  /** The number of the next page. */
  #next: number;
  readonly #chunk: Buffer;
  #filled = 0;
  /** The position of the chunk in the file. */
  #position: number;

  /** The name for errors. */
  readonly #name: string;

  private constructor(
    name: string,
    file: number,
    { pageSize, usableSize, lockPage }: Pick<DatabaseHeader, 'pageSize' | 'usableSize' | 'lockPage'>,
  ) {
    this.#name = name;
    this.#file = file;
    this.pageSize = pageSize;
    this.usableSize = usableSize;
    this.#lockPage = lockPage;
    this.#position = fstatSync(file).size;
    this.#next = this.#position / pageSize + 1;
    this.#chunk = Buffer.alloc(Math.max(WRITE_SIZE, pageSize));
  }

  /** Begins an empty file. `name` is used in errors. */
  static create(path: string, name: string): PageAppender {
    return new PageAppender(name, openSync(path, 'w+', 0o600), NEW_DATABASE);
  }

  /** `name` is used in errors. */
  static open(path: string, name: string): PageAppender {
    const file = openSync(path, 'r+');
    try {
      const head = Buffer.alloc(HEADER_LENGTH);
      readSync(file, head, 0, HEADER_LENGTH, 0);
      const header = parseHeader(head);
      if (header === undefined) throw new Error(`${path} is no SQLite database`);
      return new PageAppender(name, file, header);
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  /** The page that is appended after the given one. */
  #after(page: number): number {
    return page + 1 === this.#lockPage ? page + 2 : page + 1;
  }

  /** Appends a page, and returns its number. */
  append(page: Buffer): number {
    if (this.#next === this.#lockPage) this.#put(Buffer.alloc(this.pageSize));
    this.#put(page);
    return this.#next - 1;
  }

  #put(page: Buffer): void {
    if (this.#filled + this.pageSize > this.#chunk.length) this.#write();
    page.copy(this.#chunk, this.#filled);
    this.#filled += this.pageSize;
    this.#next++;
  }

  /** Appends `bytes[start, end)` as a chain of pages; returns the number of the first. */
  appendChain(bytes: Buffer, start: number, end: number): number {
    const room = this.usableSize - PAGE_NUMBER;
    const first = this.#after(this.#next - 1);
    const page = Buffer.alloc(this.pageSize);
    let number = first;
    for (let at = start; at < end; at += room) {
      const isLast = at + room >= end;
      if (isLast) page.fill(0);
      const next = this.#after(number);
      page.writeUInt32BE(isLast ? 0 : next, 0);
      bytes.copy(page, PAGE_NUMBER, at, Math.min(end, at + room));
      this.append(page);
      number = next;
    }
    return first;
  }

  /** Replaces an existing page. */
  replace(number: number, page: Buffer): void {
    const position = (number - 1) * this.pageSize;
    if (position < this.#position) this.#writeAt(page, position);
    else page.copy(this.#chunk, position - this.#position);
  }

  #write(): void {
    this.#writeAt(this.#chunk.subarray(0, this.#filled), this.#position);
    this.#position += this.#filled;
    this.#filled = 0;
  }

  /**
   * Completes the file, so that SQLite can open it. The counters of its header stay equal, so the number of pages counts.
   * `header`: of a file that has none.
   */
  close(header?: Buffer): void {
    try {
      this.#write();
      if (header !== undefined) this.#writeAt(header, 0);
      const count = Buffer.alloc(4);
      count.writeUInt32BE(this.#next - 1);
      this.#writeAt(count, PAGE_COUNT_AT);
    } finally {
      closeSync(this.#file);
    }
  }

  /** Closes a file that is not needed any more. */
  abandon(): void {
    closeSync(this.#file);
  }

  #writeAt(bytes: Buffer, position: number): void {
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, position + done);
      }
    } catch (error) {
      throw outputError(this.#name, error);
    }
  }
}
