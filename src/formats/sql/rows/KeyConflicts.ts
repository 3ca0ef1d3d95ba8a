/** Detects rows of REPLACE, INSERT IGNORE or ON CONFLICT whose key already exists: a database would replace or skip a row. */

import { HashSet, KeyHash } from '../../../core/HashSet.js';
import { type Cell, CellKind } from '../../../core/rows.js';
import { RowProblem } from '../../RowProblem.js';
import type { TextComparison } from '../definitions/TableDefinition.js';
import { texts } from '../texts.js';
import { FOLDINGS } from './foldings.js';

export class KeyConflicts {
  readonly #keys: readonly { readonly columns: readonly string[]; readonly seen: HashSet }[];
  readonly #comparison: TextComparison;
  /** Keys of which some row lists no values, for its automatic ids and defaults are not tracked, or values that cannot be compared. */
  readonly #untracked = new Set<number>();
  /** The positions of each key's columns in the rows; undefined for a key that cannot be tracked. */
  #places: (readonly number[] | undefined)[] = [];
  readonly #hash = new KeyHash();

  /** `keys`: the columns of each key. */
  constructor(keys: readonly (readonly string[])[], comparison: TextComparison) {
    this.#keys = keys.map((columns) => ({ columns: columns.map((name) => name.toLowerCase()), seen: new HashSet() }));
    this.#comparison = comparison;
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
      const parts = this.#places[index]?.map((place) => cells[place] as Cell);
      if (parts === undefined || !this.#isComparable(parts)) this.#untracked.add(index);
      if (resolves && this.#untracked.has(index)) throw new RowProblem(texts().rows.replaces, position);
      if (parts === undefined) continue;
      // NULL never conflicts.
      if (parts.some(({ kind }) => kind === CellKind.Null || kind === CellKind.Missing)) continue;
      const hashes = this.#hashesOf(parts);
      const isNew = !hashes.some((hash) => seen.has(hash));
      for (const hash of hashes) seen.add(hash);
      if (seen.overflowed) throw new RowProblem(texts().rows.replacesTooMany, position);
      if (isNew || !resolves) continue;
      throw new RowProblem(texts().rows.replacesOne, position);
    }
  }

  #isComparable(parts: readonly Cell[]): boolean {
    return this.#comparison !== 'language' || parts.every(({ kind }) => kind !== CellKind.Text);
  }

  /** Two keys that an engine takes for equal have a hash in common. */
  #hashesOf(parts: readonly Cell[]): number[] {
    const isFolded = this.#comparison === 'folded' && parts.some(({ kind }) => kind === CellKind.Text);
    return isFolded ? [this.#hashOf(parts, 0), this.#hashOf(parts, 1)] : [this.#hashOf(parts, 0)];
  }

  #hashOf(parts: readonly Cell[], folding: 0 | 1): number {
    for (const { kind, bytes, start, end } of parts) {
      if (kind === CellKind.Text && this.#comparison === 'folded') {
        const text = bytes.toString('utf8', start, end);
        this.#hash.bytes(Buffer.from(FOLDINGS[folding](text)));
      } else if (kind === CellKind.True || kind === CellKind.False)
        this.#hash.byte(kind === CellKind.True ? 0x31 : 0x30);
      else this.#hash.bytes(bytes, start, end);
      this.#hash.endPart();
    }
    return this.#hash.take();
  }
}
