/** A stable share of the inputs, so that many machines can work on one archive without communicating. */
import { createHash } from 'node:crypto';
import { UsageError } from '../core/errors.js';

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
    throw new UsageError(
      `--shard ${text} makes no sense: give I/N with I from 1 to N, such as 3/16. ` +
        'Where a scheduler counts from 0, add 1 to its index.',
    );
  }
  return { index, count };
}

/** Depends only on the name, so a new backup in the archive does not move any other to another share. */
export function isInShard(name: string, { index, count }: Shard): boolean {
  // 48 bits fit a safe integer.
  return createHash('sha256').update(name).digest().readUIntBE(0, 6) % count === index - 1;
}
