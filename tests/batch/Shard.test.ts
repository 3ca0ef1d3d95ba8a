import { expect, test } from '@jest/globals';
import { isInShard, parseShard } from '../../src/batch/Shard.js';
import { UsageError } from '../../src/core/errors.js';

const names = Array.from({ length: 1_000 }, (_, i) => `2020/${i % 12}/gogs-${i}.zip`);

test('every input is in exactly one shard, and the shards have about the same size', () => {
  const sizes = Array.from({ length: 16 }, (_, index) => {
    return names.filter((name) => isInShard(name, { index: index + 1, count: 16 })).length;
  });
  expect(sizes.reduce((sum, size) => sum + size)).toBe(names.length);
  expect(Math.min(...sizes)).toBeGreaterThan(35);
  expect(Math.max(...sizes)).toBeLessThan(95);
});

test('the shard of a name stays the same in all versions of this program', () => {
  expect(names.slice(0, 40).filter((name) => isInShard(name, { index: 3, count: 16 }))).toEqual([
    '2020/3/gogs-15.zip',
    '2020/9/gogs-33.zip',
    '2020/0/gogs-36.zip',
  ]);
});

test.each(['0/16', '17/16', '1', '1/0', 'a/b', '-1/2', '1.5/2', '1/2/3'])('--shard %s is refused', (text) => {
  expect(() => parseShard(text)).toThrow(UsageError);
});

test('shards count from 1 to N', () => {
  expect([parseShard('1/16'), parseShard('16/16')]).toEqual([
    { index: 1, count: 16 },
    { index: 16, count: 16 },
  ]);
});
