/**
 * Writes the b-tree of an index from its keys in their order: https://www.sqlite.org/fileformat2.html, section 1.6. Each key is
 * in it once: those between two pages are in the page above.
 */
import { CellPage, INDEX_INNER, INDEX_LEAF, PAGE_NUMBER } from './CellPage.js';
import { InnerPages } from './InnerPages.js';
import { localKeyLength } from './localLength.js';
import type { PageAppender } from './PageAppender.js';
import { copyBytes, putVarint, varintLength } from './putVarint.js';

export class IndexTreeWriter {
  readonly #pages: PageAppender;
  /** The root page exists and is empty. */
  readonly #root: number;
  readonly #leaf: CellPage;
  readonly #inner: InnerPages;
  /** Bytes of the last cell. */
  #lastSize = 0;

  constructor(pages: PageAppender, root: number) {
    this.#pages = pages;
    this.#root = root;
    this.#leaf = new CellPage(pages, INDEX_LEAF);
    this.#inner = new InnerPages(pages, INDEX_INNER, 0);
  }

  /** Adds the key `bytes[start, end)`, a record whose last value is the row's id. */
  add(bytes: Buffer, start: number, end: number): void {
    const length = end - start;
    const local = localKeyLength(length, this.#pages.usableSize);
    const overflow = local < length ? this.#pages.appendChain(bytes, start + local, end) : 0;
    const size = varintLength(length) + local + (overflow === 0 ? 0 : PAGE_NUMBER);
    const leaf = this.#leaf;
    if (!leaf.hasRoomFor(size, 0)) {
      const between = leaf.takeLast(this.#lastSize);
      this.#inner.add(this.#pages.append(leaf.finish()), between);
      leaf.clear();
    }
    let at = putVarint(leaf.bytes, leaf.place(size), length);
    at = copyBytes(bytes, start, start + local, leaf.bytes, at);
    if (overflow !== 0) leaf.bytes.writeUInt32BE(overflow, at);
    this.#lastSize = size;
  }

  /** Completes the tree. */
  finish(): void {
    const leaf = this.#leaf.finish();
    this.#pages.replace(this.#root, this.#inner.isEmpty ? leaf : this.#inner.finish(this.#pages.append(leaf)));
  }
}
