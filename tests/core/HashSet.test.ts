import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HashSet, hashText, KeyHash } from '../../src/core/HashSet.js';

test('holds whole numbers exactly, like a set', () => {
  const whole = fc.integer({ min: 0, max: 2 ** 52 });
  fc.assert(
    fc.property(fc.array(fc.oneof(whole, fc.nat(50)), { maxLength: 2000 }), (numbers) => {
      const [ours, theirs] = [new HashSet(), new Set<number>()];
      for (const number of numbers) {
        if (ours.has(number) !== theirs.has(number) || ours.add(number) === theirs.has(number)) return false;
        theirs.add(number);
      }
      return ours.size === theirs.size;
    }),
    { numRuns: 20 },
  );
});

test('many similar keys have different hashes', () => {
  const set = new HashSet();
  for (let i = 0; i < 50_000; i++) set.add(hashText(`user-${i}`));
  expect(set.size).toBe(50_000);
});

test('says when it is full, and keeps what it holds', () => {
  const set = new HashSet();
  for (let i = 0; !set.overflowed && i < 2 ** 22; i++) set.add(i);
  expect(set.overflowed).toBe(true);
  expect(set.size).toBe(3 * 2 ** 20);
  expect([set.has(0), set.has(3 * 2 ** 20 - 1), set.has(3 * 2 ** 20)]).toEqual([true, true, false]);
});

test('the boundaries between parts of a key matter', () => {
  const hashOf = (...parts: string[]): number => {
    const hash = new KeyHash();
    for (const part of parts) {
      hash.bytes(Buffer.from(part));
      hash.endPart();
    }
    return hash.take();
  };
  expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'));
  expect(hashOf('ab', 'c')).toBe(hashOf('ab', 'c'));
});
