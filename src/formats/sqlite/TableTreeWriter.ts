/**
 * Writes the b-tree of a table from its records in the order of their ids: https://www.sqlite.org/fileformat2.html, section 1.6.
 * Pages are filled one after the other from the leaves up; memory holds one page per level.
 */
import { CellPage, PAGE_NUMBER, TABLE_INNER, TABLE_LEAF } from './CellPage.js';
import { HEADER_LENGTH } from './DatabaseHeader.js';
import { InnerPages } from './InnerPages.js';
import { localLength } from './localLength.js';
import type { PageAppender } from './PageAppender.js';
import { copyBytes, putVarint, varintLength } from './putVarint.js';

export class TableTreeWriter {
  readonly #pages: PageAppender;
  /** The root page exists and is empty. */
  readonly #root: number;
  /** The first page of a file begins with the file's header. */
  readonly #rootStart: number;
  readonly #leaf: CellPage;
  readonly #inner: InnerPages;
  #lastId = Number.NEGATIVE_INFINITY;

  constructor(pages: PageAppender, root: number) {
    this.#pages = pages;
    this.#root = root;
    this.#rootStart = root === 1 ? HEADER_LENGTH : 0;
    this.#leaf = new CellPage(pages, TABLE_LEAF);
    this.#inner = new InnerPages(pages, TABLE_INNER, this.#rootStart);
  }

  /** The id of the last record. */
  get lastId(): number {
    return this.#lastId;
  }

  /** Adds the record `bytes[start, end)`. `id`: larger than the one before, and not negative. */
  add(id: number, bytes: Buffer, start: number, end: number): void {
    const length = end - start;
    const local = localLength(length, this.#pages.usableSize);
    const overflow = local < length ? this.#pages.appendChain(bytes, start + local, end) : 0;
    const size = varintLength(length) + varintLength(id) + local + (overflow === 0 ? 0 : PAGE_NUMBER);
    const leaf = this.#leaf;
    if (!leaf.hasRoomFor(size, this.#rootStart)) this.#endLeaf();
    let at = leaf.place(size);
    at = putVarint(leaf.bytes, at, length);
    at = putVarint(leaf.bytes, at, id);
    at = copyBytes(bytes, start, start + local, leaf.bytes, at);
    if (overflow !== 0) leaf.bytes.writeUInt32BE(overflow, at);
    this.#lastId = id;
  }

  #endLeaf(): void {
    const key = Buffer.alloc(varintLength(this.#lastId));
    putVarint(key, 0, this.#lastId);
    this.#inner.add(this.#pages.append(this.#leaf.finish()), key);
    this.#leaf.clear();
  }

  /** Completes the tree. */
  finish(): void {
    const leaf = this.#leaf;
    const root = this.#inner.isEmpty
      ? leaf.finish(undefined, this.#rootStart)
      : this.#inner.finish(this.#pages.append(leaf.finish()));
    this.#pages.replace(this.#root, root);
  }
}
