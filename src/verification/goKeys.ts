/** What a key of a row means to the target's decoder: the exact name of a field first, then its name without case. */
import type { KeyMeaning } from '../formats/json/JsonLinesReader.js';
import { keyInRelease, type Table } from '../gogs/tables.js';

/** As decoderOfStruct does in github.com/json-iterator/go@v1.1.12; a key that is no field is passed over. */
export function goKeysOf(table: Table, release: string): (key: string) => KeyMeaning {
  const exact = new Map<string, KeyMeaning>();
  table.columns.forEach((column, index) => {
    const key = keyInRelease(column, release);
    if (key !== undefined) exact.set(key, { take: 'column', index, rank: 0 });
  });
  const folded = new Map([...exact].map(([key, meaning]) => [key.toLowerCase(), meaning]));
  return (key) =>
    exact.get(key) ?? exact.get(key.toLowerCase()) ?? folded.get(key.toLowerCase()) ?? { take: 'nothing' };
}
