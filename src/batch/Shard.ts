/** A stable share of the inputs, so that many machines can work on one archive without communicating. */
import { createHash } from 'node:crypto';
import { UsageError } from '../core/errors.js';
import { texts } from './texts.js';

/** `index` counts from 1 to `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Parses `3/16`. Throws UsageError. */
export function parseShard(text: string): Shard {
  const match = /^(\d{1,7})\/(\d{1,7})$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || index < 1 || index > count) {
    throw new UsageError(texts().badShard({ shard: text }));
  }
  return { index, count };
}

/** Depends only on the name, so a new backup in the archive does not move any other to another share. */
export function isInShard(name: string, { index, count }: Shard): boolean {
  // 48 bits fit a safe integer.
  return createHash('sha256').update(name).digest().readUIntBE(0, 6) % count === index - 1;
}
