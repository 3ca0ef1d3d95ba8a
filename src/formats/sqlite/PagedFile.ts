/** Reads the pages of an SQLite database in blocks, because the pages of a table are mostly adjacent. */
import { type FileHandle, open } from 'node:fs/promises';
import { InputError } from '../../core/errors.js';
import { handledLater } from '../../core/handledLater.js';
import { readFully } from '../../files/readFully.js';
import { type DatabaseHeader, HEADER_LENGTH, parseHeader } from './DatabaseHeader.js';
import { texts } from './texts.js';

const BLOCK_BYTES = 256 * 1024;
/** Number of blocks in memory: the inner pages of a table stay while its leaves are read. */
const BLOCKS_KEPT = 16;

export class PagedFile {
  /** The name of the database for errors. */
  readonly name: string;
  readonly header: DatabaseHeader;
  readonly pageCount: number;
  /** Modification time of the file when it was opened, in nanoseconds. */
  readonly #modified: bigint;
  readonly #file: FileHandle;
  readonly #pagesPerBlock: number;
  /** In the order in which they were read. */
  readonly #blocks = new Map<number, Buffer>();
  /** The block after the last one, being read ahead: the pages of a table are mostly in ascending order. */
  #ahead: { readonly block: number; readonly bytes: Promise<Buffer> } | undefined;

  private constructor(file: FileHandle, name: string, header: DatabaseHeader, pageCount: number, modified: bigint) {
    this.#file = file;
    this.name = name;
    this.header = header;
    this.pageCount = pageCount;
    this.#modified = modified;
    this.#pagesPerBlock = Math.max(1, BLOCK_BYTES / header.pageSize);
  }

  /**
   * Opens a database for reading; writes nothing to it or beside it. Throws InputError if it is not a database, or is
   * truncated.
   */
  static async open(path: string, name: string): Promise<PagedFile> {
    const file = await open(path, 'r');
    try {
      const header = parseHeader(await readFully(file, 0, HEADER_LENGTH));
      if (header === undefined) throw damaged(name, texts().found.badHeader);
      const { size: bytes, mtimeNs } = await file.stat({ bigint: true });
      const size = Number(bytes);
      const { pageSize, pageCount } = header;
      if (size < pageCount * pageSize) {
        throw new InputError(texts().cutOff({ name, pages: pageCount, bytes: pageCount * pageSize, size }));
      }
      return new PagedFile(file, name, header, pageCount === 0 ? Math.floor(size / pageSize) : pageCount, mtimeNs);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Page `number`, from 1. Synchronous if it is in memory. The bytes do not change. */
  page(number: number): Buffer | Promise<Buffer> {
    if (number < 1 || number > this.pageCount || number === this.header.lockPage) {
      throw this.damaged(texts().found.noSuchPage({ page: number, pages: this.pageCount }));
    }
    const block = Math.floor((number - 1) / this.#pagesPerBlock);
    const present = this.#blocks.get(block);
    if (present === undefined) return this.#read(block).then((bytes) => this.#cut(bytes, number));
    return this.#cut(present, number);
  }

  #cut(block: Buffer, number: number): Buffer {
    const { pageSize } = this.header;
    const start = ((number - 1) % this.#pagesPerBlock) * pageSize;
    if (block.length < start + pageSize) throw this.damaged(texts().found.pageCutOff({ page: number }));
    return block.subarray(start, start + pageSize);
  }

  async #read(block: number): Promise<Buffer> {
    const ahead = this.#ahead;
    const bytes = await (ahead?.block === block ? ahead.bytes : this.#fetch(block));
    this.#blocks.set(block, bytes);
    if (this.#blocks.size > BLOCKS_KEPT) {
      const [oldest] = this.#blocks.keys();
      if (oldest !== undefined) this.#blocks.delete(oldest);
    }
    if (ahead?.block === block || this.#blocks.has(block - 1)) {
      this.#ahead = { block: block + 1, bytes: handledLater(this.#fetch(block + 1)) };
    }
    return bytes;
  }

  async #fetch(block: number): Promise<Buffer> {
    const bytes = this.#pagesPerBlock * this.header.pageSize;
    return readFully(this.#file, block * bytes, (block + 1) * bytes);
  }

  /** Replaces the error if the database was written to meanwhile, because it then looks damaged. */
  async explain(error: unknown): Promise<unknown> {
    if (!(error instanceof InputError) || (await this.#file.stat({ bigint: true })).mtimeNs === this.#modified)
      return error;
    return new InputError(texts().changed({ name: this.name }), { cause: error });
  }

  damaged(found: string): InputError {
    return damaged(this.name, found);
  }

  async close(): Promise<void> {
    await this.#ahead?.bytes.catch(() => undefined);
    await this.#file.close();
  }
}

function damaged(name: string, found: string): InputError {
  return new InputError(texts().damaged({ name, found }));
}
