/**
 * Tells whether SQLite may refuse or change one of a table's rows, all of which fit their fields: only if two of them have the
 * same unique key, or if a text becomes a number. Then SQLite has to be asked; it need not be started otherwise, which takes
 * longer than reading a small backup. Nothing is missed: keys whose hashes differ are different, and those for which there is
 * no room may be the same.
 */
import { HashSet, KeyHash } from '../../core/HashSet.js';
import { IdSet } from '../../core/IdSet.js';
import type { Row } from '../../core/rows.js';
import { integerOf, textOf } from '../../core/values.js';
import { affinityOf } from '../../formats/sqlite/affinityOf.js';
import { looksNumeric } from '../../formats/sqlite/looksNumeric.js';
import type { SchemaTable } from '../../gogs/schemas/Schema.js';
import { columnIndex, type Table } from '../../gogs/tables.js';

/** What SQLite may refuse or change: nothing, keys, or values too. */
export type Doubt = 'none' | 'keys' | 'values';

export class SeenKeys {
  doubt: Doubt = 'none';
  readonly #keys: readonly SeenKey[];
  /** The columns in which SQLite stores a text that looks like a number as one. */
  readonly #converting: readonly number[];

  /** `schema`: that of the table in SQLite. */
  constructor(table: Table, { columns, primaryKey, uniqueKeys }: SchemaTable) {
    this.#keys = [primaryKey, ...uniqueKeys].map((names) => new SeenKey(table, names));
    this.#converting = columns.flatMap(({ name, type }) => {
      const index = columnIndex(table, name);
      const kind = table.columns[index]?.kind;
      return (kind === 'text' || kind === 'uuid') && affinityOf(type) !== 'text' ? [index] : [];
    });
  }

  add(row: Row): void {
    for (const key of this.#keys) if (key.mayRepeat(row) && this.doubt === 'none') this.doubt = 'keys';
    for (const index of this.#converting) {
      if (looksNumeric(textOf(row.cell(index))?.toString('latin1') ?? '')) this.doubt = 'values';
    }
  }
}

/** Below this, two numbers combine to one exact key. */
const PAIR_LIMIT = 2 ** 26;
/** Ids up to here take 256 MB at most. */
const ID_LIMIT = 2 ** 31;

class SeenKey {
  readonly #columns: readonly { readonly index: number; readonly isInteger: boolean }[];
  readonly #ids = new IdSet();
  readonly #others = new HashSet();
  readonly #hash = new KeyHash();

  constructor(table: Table, names: readonly string[]) {
    this.#columns = names.map((name) => {
      const index = columnIndex(table, name);
      return { index, isInteger: table.columns[index]?.kind === 'integer' };
    });
  }

  /** Whether a row before may have the same key. */
  mayRepeat(row: Row): boolean {
    const [first, second, third] = this.#columns;
    if (first?.isInteger === true && third === undefined) {
      const a = integerOf(row.cell(first.index)) ?? -1;
      if (second === undefined) {
        if (a >= 0 && a < ID_LIMIT) return this.#isKnownId(a);
      } else if (second.isInteger) {
        const b = integerOf(row.cell(second.index)) ?? -1;
        if (a >= 0 && b >= 0 && a < PAIR_LIMIT && b < PAIR_LIMIT) return this.#isKnown(a * PAIR_LIMIT + b);
      }
    }
    return this.#isKnown(this.#hashOf(row));
  }

  #isKnownId(id: number): boolean {
    if (this.#ids.has(id)) return true;
    this.#ids.add(id);
    return false;
  }

  #isKnown(key: number): boolean {
    return !this.#others.add(key) || this.#others.overflowed;
  }

  #hashOf(row: Row): number {
    for (const { index, isInteger } of this.#columns) {
      const cell = row.cell(index);
      // Beyond 2^53 several numbers have the same digits.
      const value = isInteger ? Buffer.from(String(integerOf(cell))) : textOf(cell);
      this.#hash.bytes(value ?? Buffer.alloc(0));
      this.#hash.endPart();
    }
    return this.#hash.take();
  }
}
