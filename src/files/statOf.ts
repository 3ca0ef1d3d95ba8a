/**
 * The attributes of a file or of a link's target; undefined if there is none, or if it is inaccessible. Synchronous, like other
 * calls that only read or change a folder: on a local disk they take microseconds, while a promise and Node's threads take
 * fifty times as long.
 */
import { type BigIntStats, fstatSync, lstatSync, type Stats, statSync } from 'node:fs';

export const statOf = (path: string): Stats | undefined => orUndefined(() => statSync(path));

/** The attributes of a link itself. */
export const linkStatOf = (path: string): Stats | undefined => orUndefined(() => lstatSync(path));

/** With times in nanoseconds. */
export const exactStatOf = (path: string): BigIntStats | undefined =>
  orUndefined(() => statSync(path, { bigint: true }));

/** Those of an open file or stream. */
export const openFileStatOf = (descriptor: number): BigIntStats | undefined =>
  orUndefined(() => fstatSync(descriptor, { bigint: true }));

function orUndefined<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
