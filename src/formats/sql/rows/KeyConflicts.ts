/** Detects rows of REPLACE, INSERT IGNORE or ON CONFLICT whose key already exists: a database would replace or skip a row. */

import { HashSet, KeyHash } from '../../../core/HashSet.js';
import { type Cell, CellKind } from '../../../core/rows.js';
import { RowProblem } from '../../RowProblem.js';
import { texts } from '../texts.js';

export class KeyConflicts {
  readonly #keys: readonly { readonly columns: readonly string[]; readonly seen: HashSet }[];
  readonly #foldsCase: boolean;
  /** Keys of which some row lists no values: its automatic ids and defaults are not tracked. */
  readonly #untracked = new Set<number>();
  /** The positions of each key's columns in the rows; undefined for a key that cannot be tracked. */
  #places: (readonly number[] | undefined)[] = [];
  readonly #hash = new KeyHash();

  /** `keys`: the columns of each key. `foldsCase`: the engine may treat `a` and `A` as equal. */
  constructor(keys: readonly (readonly string[])[], foldsCase: boolean) {
    this.#keys = keys.map((columns) => ({ columns: columns.map((name) => name.toLowerCase()), seen: new HashSet() }));
    this.#foldsCase = foldsCase;
  }

  /** Sets the order of the columns from now on. */
  setColumns(names: readonly string[]): void {
    const lower = names.map((name) => name.toLowerCase());
    this.#places = this.#keys.map(({ columns }) => {
      const places = columns.map((column) => lower.indexOf(column));
      return places.length === 0 || places.includes(-1) ? undefined : places;
    });
  }

  /** Takes a row. `resolves`: its statement handles existing keys. */
  add(cells: readonly Cell[], resolves: boolean, position: number): void {
    for (const [index, { seen }] of this.#keys.entries()) {
      const places = this.#places[index];
      if (places === undefined) this.#untracked.add(index);
      if (resolves && this.#untracked.has(index)) throw new RowProblem(texts().rows.replaces, position);
      if (places === undefined) continue;
      const parts = places.map((place) => cells[place] as Cell);
      // NULL never conflicts.
      if (parts.some(({ kind }) => kind === CellKind.Null || kind === CellKind.Missing)) continue;
      for (const part of parts) this.#addPart(part);
      const isNew = seen.add(this.#hash.take());
      if (seen.overflowed) throw new RowProblem(texts().rows.replacesTooMany, position);
      if (isNew || !resolves) continue;
      throw new RowProblem(texts().rows.replacesOne, position);
    }
  }

  #addPart({ kind, bytes, start, end }: Cell): void {
    if (kind === CellKind.Text && this.#foldsCase) {
      const text = bytes
        .toString('utf8', start, end)
        .normalize('NFD')
        .replaceAll(/\p{M}/gu, '')
        .toLowerCase()
        .trimEnd();
      this.#hash.bytes(Buffer.from(text));
    } else if (kind === CellKind.True || kind === CellKind.False) this.#hash.byte(kind === CellKind.True ? 0x31 : 0x30);
    else this.#hash.bytes(bytes, start, end);
    this.#hash.endPart();
  }
}
