/** The keys of an index in memory: collected while the rows of its table are written, then sorted. */
import { areSame, keyEnd } from './compareKeys.js';
import { IndexTreeWriter } from './IndexTreeWriter.js';
import type { KeyBudget } from './KeyBudget.js';
import type { PageAppender } from './PageAppender.js';
import { copyBytes, integerType, putInteger, putVarint, valueLength, varintLength } from './putVarint.js';
import type { RecordEncoder } from './RecordEncoder.js';
import { sortKeys } from './sortKeys.js';

const INITIAL_BYTES = 1024;
const INITIAL_KEYS = 64;
const GROWTH = 1.5;
/** With more, the length of the header of a key might take more than one byte. */
export const MOST_COLUMNS = 16;

export class IndexKeys {
  /** The columns of the index among those of its table: `MOST_COLUMNS` at most. */
  readonly #columns: readonly number[];
  readonly #budget: KeyBudget;
  /** Records of their values and the row's id, one after the other. */
  #bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  #end = 0;
  /** Where each begins. */
  #starts = new Uint32Array(INITIAL_KEYS);
  #count = 0;
  #lastId = Number.NEGATIVE_INFINITY;
  /** Whether the ids ascend. */
  #isAscending = true;

  constructor(columns: readonly number[], budget: KeyBudget) {
    this.#columns = columns;
    this.#budget = budget;
    budget.take(this.#size);
  }

  get #size(): number {
    return this.#bytes.length + this.#starts.byteLength;
  }

  /** Adds the key of the row that was just encoded. */
  add(row: RecordEncoder, id: number): void {
    const columns = this.#columns;
    const idType = integerType(id);
    // The length of the header includes itself.
    let header = 1 + varintLength(idType);
    let length = valueLength(idType);
    for (let i = 0; i < columns.length; i++) {
      const type = row.types[columns[i] as number] as number;
      header += varintLength(type);
      length += valueLength(type);
    }
    this.#reserve(header + length);
    const bytes = this.#bytes;
    let at = putVarint(bytes, this.#end, header);
    for (let i = 0; i < columns.length; i++) at = putVarint(bytes, at, row.types[columns[i] as number] as number);
    at = putVarint(bytes, at, idType);
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i] as number;
      at = copyBytes(row.bytes, row.startOf(column), row.ends[column] as number, bytes, at);
    }
    this.#starts[this.#count++] = this.#end;
    this.#end = putInteger(bytes, at, id, idType);
    if (id < this.#lastId) this.#isAscending = false;
    this.#lastId = id;
  }

  #reserve(more: number): void {
    const before = this.#size;
    if (this.#end + more > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.ceil(Math.max(this.#end + more, GROWTH * this.#bytes.length)));
      this.#bytes.copy(grown, 0, 0, this.#end);
      this.#bytes = grown;
    }
    if (this.#count === this.#starts.length) {
      const grown = new Uint32Array(Math.ceil(GROWTH * this.#count));
      grown.set(this.#starts);
      this.#starts = grown;
    }
    this.#budget.take(this.#size - before);
  }

  /** Writes the index, if no two of its keys are the same or it need not be unique. The keys are forgotten. */
  write(pages: PageAppender, root: number, mustBeUnique: boolean): boolean {
    const bytes = this.#bytes;
    const starts = this.#starts.subarray(0, this.#count);
    const columns = this.#columns.length;
    sortKeys(bytes, starts, columns, this.#isAscending);
    const tree = new IndexTreeWriter(pages, root);
    for (let i = 0; i < starts.length; i++) {
      const start = starts[i] as number;
      if (mustBeUnique && i > 0 && areSame(bytes, starts[i - 1] as number, start, columns)) return false;
      tree.add(bytes, start, keyEnd(bytes, start));
    }
    tree.finish();
    this.forget();
    return true;
  }

  forget(): void {
    this.#budget.giveBack(this.#size);
    this.#bytes = Buffer.alloc(0);
    this.#starts = new Uint32Array(0);
    this.#end = 0;
    this.#count = 0;
  }
}
