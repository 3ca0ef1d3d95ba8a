/** What a key of a row means to the target's decoder: the exact name of a field first, then its name without case. */
import { keyInRelease, type Table } from '../tables.js';

/** What a reader of JSON Lines does with a key: fills a column, or passes over it. */
export type FieldOfKey =
  | { readonly take: 'column'; readonly index: number; readonly rank: number }
  | { readonly take: 'nothing' };

/** As decoderOfStruct does in github.com/json-iterator/go@v1.1.12; a key that is no field is passed over. */
export function goKeysOf(table: Table, release: string): (key: string) => FieldOfKey {
  const exact = new Map<string, FieldOfKey>();
  table.columns.forEach((column, index) => {
    const key = keyInRelease(column, release);
    if (key !== undefined) exact.set(key, { take: 'column', index, rank: 0 });
  });
  const folded = new Map([...exact].map(([key, meaning]) => [key.toLowerCase(), meaning]));
  return (key) =>
    exact.get(key) ?? exact.get(key.toLowerCase()) ?? folded.get(key.toLowerCase()) ?? { take: 'nothing' };
}
