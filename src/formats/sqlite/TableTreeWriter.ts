/**
 * Writes the b-tree of a table from its records in the order of their ids: https://www.sqlite.org/fileformat2.html, section 1.6.
 * Pages are filled one after the other from the leaves up; memory holds one page per level.
 */
import { localLength } from './localLength.js';
import type { PageAppender } from './PageAppender.js';
import { copyBytes, putVarint, varintLength } from './putVarint.js';

const LEAF_PAGE = 0x0d;
const INNER_PAGE = 0x05;
const LEAF_HEADER = 8;
const INNER_HEADER = 12;
/** A pointer to a cell. */
const POINTER = 2;
/** A page number. */
const PAGE_NUMBER = 4;

export class TableTreeWriter {
  readonly #pages: PageAppender;
  /** The root page exists and is empty. */
  readonly #root: number;
  readonly #leaf: Buffer;
  #cells = 0;
  /** Where the cells begin; they are written from the end of the page. */
  #content: number;
  #lastId = Number.NEGATIVE_INFINITY;
  /** The pages above the leaves that are being filled, from the bottom up. */
  readonly #levels: Level[] = [];

  constructor(pages: PageAppender, root: number) {
    this.#pages = pages;
    this.#root = root;
    this.#leaf = Buffer.alloc(pages.pageSize);
    this.#content = pages.usableSize;
  }

  /** The id of the last record. */
  get lastId(): number {
    return this.#lastId;
  }

  /** Adds the record `bytes[start, end)`. `id`: larger than the one before, and not negative. */
  add(id: number, bytes: Buffer, start: number, end: number): void {
    const length = end - start;
    const local = localLength(length, this.#pages.usableSize);
    const overflow = local < length ? this.#writeOverflow(bytes, start + local, end) : 0;
    const size = varintLength(length) + varintLength(id) + local + (overflow === 0 ? 0 : PAGE_NUMBER);
    if (this.#content - size < LEAF_HEADER + POINTER * (this.#cells + 1)) this.#endLeaf();
    const leaf = this.#leaf;
    this.#content -= size;
    let at = putVarint(leaf, this.#content, length);
    at = putVarint(leaf, at, id);
    at = copyBytes(bytes, start, start + local, leaf, at);
    if (overflow !== 0) leaf.writeUInt32BE(overflow, at);
    leaf.writeUInt16BE(this.#content, LEAF_HEADER + POINTER * this.#cells++);
    this.#lastId = id;
  }

  /** Writes the rest of a record into a chain of pages; returns the first. */
  #writeOverflow(bytes: Buffer, start: number, end: number): number {
    const pages = this.#pages;
    const room = pages.usableSize - PAGE_NUMBER;
    const first = pages.next;
    const page = Buffer.alloc(pages.pageSize);
    let number = first;
    for (let at = start; at < end; at += room) {
      const isLast = at + room >= end;
      if (isLast) page.fill(0);
      const next = pages.after(number);
      page.writeUInt32BE(isLast ? 0 : next, 0);
      bytes.copy(page, PAGE_NUMBER, at, Math.min(end, at + room));
      pages.append(page);
      number = next;
    }
    return first;
  }

  #endLeaf(): void {
    this.#addChild(0, this.#pages.append(this.#finishLeaf()), this.#lastId);
    this.#leaf.fill(0);
    this.#cells = 0;
    this.#content = this.#pages.usableSize;
  }

  #finishLeaf(): Buffer {
    putHeader(this.#leaf, LEAF_PAGE, this.#cells, this.#content);
    return this.#leaf;
  }

  #addChild(depth: number, page: number, largestId: number): void {
    let level = this.#levels[depth];
    if (level === undefined) {
      level = new Level(this.#pages);
      this.#levels.push(level);
    }
    if (!level.hasRoomFor(largestId)) {
      const { bytes, largestId: largest } = level.finishButTwo();
      this.#addChild(depth + 1, this.#pages.append(bytes), largest);
    }
    level.add(page, largestId);
  }

  /** Completes the tree. */
  finish(): void {
    if (this.#levels.length === 0) {
      this.#pages.replace(this.#root, this.#finishLeaf());
      return;
    }
    this.#endLeaf();
    for (let depth = 0; ; depth++) {
      const { bytes, largestId } = (this.#levels[depth] as Level).finish();
      if (depth === this.#levels.length - 1) {
        this.#pages.replace(this.#root, bytes);
        return;
      }
      this.#addChild(depth + 1, this.#pages.append(bytes), largestId);
    }
  }
}

/** A page of one level above the leaves: its children, and the largest id in each. */
class Level {
  readonly #pages: PageAppender;
  #children: { readonly page: number; readonly largestId: number; readonly size: number }[] = [];
  #size = INNER_HEADER;

  constructor(pages: PageAppender) {
    this.#pages = pages;
  }

  /** As if the last child needed a cell, too. */
  hasRoomFor(largestId: number): boolean {
    return this.#size + cellSize(largestId) + POINTER <= this.#pages.usableSize;
  }

  add(page: number, largestId: number): void {
    const size = cellSize(largestId);
    this.#children.push({ page, largestId, size });
    this.#size += size + POINTER;
  }

  /** Its page, without the last two children, which become the first of the next page: SQLite's pages have at least two keys. */
  finishButTwo(): { readonly bytes: Buffer; readonly largestId: number } {
    const rest = this.#children.splice(-2);
    const finished = this.finish();
    this.#children = [];
    this.#size = INNER_HEADER;
    for (const { page, largestId } of rest) this.add(page, largestId);
    return finished;
  }

  finish(): { readonly bytes: Buffer; readonly largestId: number } {
    const bytes = Buffer.alloc(this.#pages.pageSize);
    const last = this.#children.at(-1);
    if (last === undefined) throw new Error('a page of a tree has no children');
    let content = this.#pages.usableSize;
    for (const [index, { page, largestId, size }] of this.#children.slice(0, -1).entries()) {
      content -= size;
      bytes.writeUInt32BE(page, content);
      putVarint(bytes, content + PAGE_NUMBER, largestId);
      bytes.writeUInt16BE(content, INNER_HEADER + POINTER * index);
    }
    putHeader(bytes, INNER_PAGE, this.#children.length - 1, content);
    bytes.writeUInt32BE(last.page, LEAF_HEADER);
    return { bytes, largestId: last.largestId };
  }
}

const cellSize = (largestId: number): number => PAGE_NUMBER + varintLength(largestId);

function putHeader(page: Buffer, type: number, cells: number, content: number): void {
  page[0] = type;
  page.writeUInt16BE(cells, 3);
  // 0 stands for 65,536.
  page.writeUInt16BE(content & 0xffff, 5);
}
