/**
 * What a path leads to; undefined if nothing is there, or if it cannot be looked at. Synchronous, as are other calls that read or
 * change nothing but a folder: on a disk they take microseconds, where a promise and Node's threads take fifty times as long.
 */
import { type BigIntStats, lstatSync, type Stats, statSync } from 'node:fs';

export const statOf = (path: string): Stats | undefined => orUndefined(() => statSync(path));

/** Of a link itself. */
export const linkStatOf = (path: string): Stats | undefined => orUndefined(() => lstatSync(path));

/** With times in nanoseconds. */
export const exactStatOf = (path: string): BigIntStats | undefined =>
  orUndefined(() => statSync(path, { bigint: true }));

function orUndefined<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
