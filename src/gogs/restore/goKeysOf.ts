/** How the target's decoder maps a key to a field: first by exact name, then ignoring case. */
import type { Target } from '../releases/foldReleases.js';
import { keyInRelease, type Table } from '../tables.js';

/** What a reader of JSON Lines does with a key: fill a column, or skip it. */
export type FieldOfKey =
  | { readonly use: 'column'; readonly index: number; readonly rank: number }
  | { readonly use: 'nothing' };

/** Skips keys that name no field. */
export function goKeysOf(table: Table, { firstRelease, restore }: Target): (key: string) => FieldOfKey {
  const exact = new Map<string, FieldOfKey>();
  table.columns.forEach((column, index) => {
    const key = keyInRelease(column, firstRelease);
    if (key !== undefined) exact.set(key, { use: 'column', index, rank: 0 });
  });
  const find = restore.jsonDecoder === 'encoding/json' ? foldedFinder(exact) : loweredFinder(exact);
  return (key) => exact.get(key) ?? find(key) ?? { use: 'nothing' };
}

type Find = (key: string) => FieldOfKey | undefined;

/** decoderOfStruct in github.com/json-iterator/go@v1.1.12 */
function loweredFinder(exact: ReadonlyMap<string, FieldOfKey>): Find {
  const lowered = new Map([...exact].map(([key, meaning]) => [key.toLowerCase(), meaning]));
  return (key) => exact.get(key.toLowerCase()) ?? lowered.get(key.toLowerCase());
}

/** cachedTypeFields and foldName in encoding/json (Go 1.26): of several matching fields the first one counts. */
function foldedFinder(exact: ReadonlyMap<string, FieldOfKey>): Find {
  const folded = new Map<string, FieldOfKey>();
  for (const [key, meaning] of exact) if (!folded.has(fold(key))) folded.set(fold(key), meaning);
  return (key) => folded.get(fold(key));
}

/** Unicode simple case folding, limited to characters that fold to ASCII: long s and the Kelvin sign. */
const fold = (key: string): string => key.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase();
