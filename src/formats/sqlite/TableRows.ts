/** Writes the rows of a table as pages, and collects the keys of its indexes. */
import type { Row } from '../../core/rows.js';
import type { IndexKeys } from './IndexKeys.js';
import type { KeyBudget } from './KeyBudget.js';
import type { RecordEncoder } from './RecordEncoder.js';
import { RecordSorter, type SorterMemory } from './RecordSorter.js';
import { sameKeyError } from './sameKeyError.js';
import type { TableTreeWriter } from './TableTreeWriter.js';

export interface TableRowsParts {
  readonly tree: TableTreeWriter;
  readonly encoder: RecordEncoder;
  /** The column with the row id, `user.id`; undefined if no column has it, so that rows are counted. */
  readonly idColumn: string | undefined;
  readonly indexes?: TableIndexes;
  readonly memory: SorterMemory;
  /** Called with the largest id; it is negative if there are no rows. */
  readonly complete: (lastId: number) => void;
}

/** The indexes of a table whose keys are collected. */
export interface TableIndexes {
  /** Of its definition: they are there as soon as its rows are. */
  readonly own: readonly IndexKeys[];
  /** They are created later, by SQLite if there are too many keys. */
  readonly later: Map<string, IndexKeys>;
  readonly budget: KeyBudget;
}

export class TableRows {
  readonly #parts: TableRowsParts;
  readonly #sorter: RecordSorter;
  #count = 0;

  constructor(parts: TableRowsParts) {
    this.#parts = parts;
    this.#sorter = new RecordSorter(parts.tree, () => sameKeyError(parts.idColumn ?? ''), parts.memory);
  }

  /** False if only SQLite can write the row. */
  add(row: Row): boolean {
    const { encoder, idColumn, indexes } = this.#parts;
    if (!encoder.encode(row) || (indexes !== undefined && !canAddKeys(indexes))) return false;
    const id = idColumn === undefined ? this.#count + 1 : encoder.id;
    if (!this.#sorter.add(id, encoder.bytes, encoder.start, encoder.end)) return false;
    if (indexes !== undefined) addKeys(indexes, encoder, id);
    this.#count++;
    return true;
  }

  /** Call it after the last row. */
  finish(): void {
    this.#sorter.finish();
    this.#parts.tree.finish();
    this.#parts.complete(this.#parts.tree.lastId);
  }
}

/** Whether there is memory for keys that have to be in an index at once. */
function canAddKeys({ own, budget }: TableIndexes): boolean {
  return own.length === 0 || !budget.isSpent;
}

function addKeys({ own, later, budget }: TableIndexes, encoder: RecordEncoder, id: number): void {
  for (const keys of own) keys.add(encoder, id);
  for (const [name, keys] of later) {
    if (budget.isSpent) {
      keys.forget();
      later.delete(name);
    } else keys.add(encoder, id);
  }
}
