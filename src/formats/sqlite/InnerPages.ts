/** Writes the pages of a b-tree above its leaves, from the bottom up; memory holds one page per level. */
import { CellPage, INNER_HEADER, PAGE_NUMBER, POINTER } from './CellPage.js';
import type { PageAppender } from './PageAppender.js';

/** A page, and the key between it and the next one. */
interface Child {
  readonly page: number;
  readonly key: Buffer;
}

/** The page of a level that is being filled. */
interface Level {
  children: Child[];
  size: number;
}

export class InnerPages {
  readonly #pages: PageAppender;
  readonly #type: number;
  /** Bytes before the header of the root. */
  readonly #rootStart: number;
  /** From the bottom up. */
  readonly #levels: Level[] = [];

  constructor(pages: PageAppender, type: number, rootStart: number) {
    this.#pages = pages;
    this.#type = type;
    this.#rootStart = rootStart;
  }

  get isEmpty(): boolean {
    return this.#levels.length === 0;
  }

  /** Adds a page of the level below, and the key between it and the next one. */
  add(page: number, key: Buffer): void {
    this.#add(0, { page, key });
  }

  #add(depth: number, child: Child): void {
    let level = this.#levels[depth];
    if (level === undefined) {
      level = { children: [], size: INNER_HEADER };
      this.#levels.push(level);
    }
    // Any page may become the root.
    if (level.size + sizeOf(child) > this.#pages.usableSize - this.#rootStart) {
      // The last key stays for the next page, because SQLite's pages have at least two; the one before it goes up.
      const [rightmost, last] = level.children.splice(-2) as [Child, Child];
      this.#add(depth + 1, {
        page: this.#pages.append(this.#build(level.children, rightmost.page)),
        key: rightmost.key,
      });
      level.children = [last];
      level.size = INNER_HEADER + sizeOf(last);
    }
    level.children.push(child);
    level.size += sizeOf(child);
  }

  #build(children: readonly Child[], rightmost: number, start = 0): Buffer {
    const page = new CellPage(this.#pages, this.#type);
    for (const { page: child, key } of children) {
      const at = page.place(PAGE_NUMBER + key.length);
      page.bytes.writeUInt32BE(child, at);
      key.copy(page.bytes, at + PAGE_NUMBER);
    }
    return page.finish(rightmost, start);
  }

  /** Adds the last page of the level below; returns the root. */
  finish(lastPage: number): Buffer {
    let rightmost = lastPage;
    for (let depth = 0; depth < this.#levels.length - 1; depth++) {
      rightmost = this.#pages.append(this.#build((this.#levels[depth] as Level).children, rightmost));
    }
    return this.#build(this.#levels.at(-1)?.children ?? [], rightmost, this.#rootStart);
  }
}

const sizeOf = ({ key }: Child): number => PAGE_NUMBER + key.length + POINTER;
