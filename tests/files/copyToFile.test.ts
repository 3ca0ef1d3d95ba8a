import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError, OutputError } from '../../src/core/errors.js';
import { copyToFile } from '../../src/files/copyToFile.js';
import { OpenFile } from '../../src/files/OpenFile.js';
import { PositionedFile } from '../../src/files/PositionedFile.js';
import { newFolder } from '../support/archives.js';
import { runs, seededRandom } from '../support/effort.js';
import { systemError, withFaultyDisk } from '../support/faultyDisk.js';

/** More than is copied without a thread. */
const MUCH = 80_000_000;
const LITTLE = 3_000_000;

const random = seededRandom(1);
const content = Buffer.alloc(MUCH);
for (let at = 0; at + 4 <= 1_000_003; at += 4) content.writeUInt32LE(Math.floor(random() * 2 ** 32), at);
// A length that no piece is a multiple of, so that no two pieces are the same.
content.fill(content.subarray(0, 1_000_003), 1_000_003);

interface Scene {
  readonly source: PositionedFile;
  readonly target: OpenFile;
  readonly inPath: string;
  readonly outPath: string;
}

async function withFiles(size: number, work: (scene: Scene) => Promise<void>): Promise<void> {
  const [inPath, outPath] = [join(newFolder(), 'in'), join(newFolder(), 'out')];
  writeFileSync(inPath, content.subarray(0, size));
  const source = await PositionedFile.open(inPath);
  const target = OpenFile.open(outPath, 'w');
  try {
    await work({ source, target, inPath, outPath });
  } finally {
    await source.close();
    await target.close();
  }
}

const { signal } = new AbortController();
const quietly = { onBytes: () => undefined, signal };

test('copies any ranges, in any order, also of a part of a file', async () => {
  const ranges = fc.array(fc.tuple(fc.nat(LITTLE), fc.nat(LITTLE)), { maxLength: 20 });
  await withFiles(LITTLE + 10, async ({ source, target, outPath }) => {
    const part = source.slice(10, LITTLE + 10, 'part');
    const check = async (pairs: [number, number][]): Promise<void> => {
      truncateSync(outPath);
      const ordered = pairs.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
      let told = 0;
      const onBytes = (bytes: number): void => {
        told += bytes;
      };
      await copyToFile(part, Float64Array.from(ordered.flat()), target, outPath, { onBytes, signal });
      const expected = Buffer.concat(ordered.map(([start, end]) => content.subarray(10 + start, 10 + end)));
      expect(readFileSync(outPath).equals(expected)).toBe(true);
      expect(told).toBe(expected.length);
    };
    await fc.assert(fc.asyncProperty(ranges, check), { numRuns: runs(20) });
  });
});

test('copies much as it copies little, and tells how far it is', async () => {
  await withFiles(MUCH, async ({ source, target, outPath }) => {
    const told: number[] = [];
    const ranges = Float64Array.of(5, 1_500_000, 2_000_000, 2_000_001, 3_000_000, MUCH);
    await copyToFile(source, ranges, target, outPath, { onBytes: (bytes) => void told.push(bytes), signal });
    const parts = [content.subarray(5, 1_500_000), content.subarray(2_000_000, 2_000_001), content.subarray(3_000_000)];
    expect(readFileSync(outPath).equals(Buffer.concat(parts))).toBe(true);
    expect(told.length).toBeGreaterThan(50);
    expect(told.reduce((sum, bytes) => sum + bytes)).toBe(statSync(outPath).size);
  });
});

describe.each([
  ['little', LITTLE],
  ['much', MUCH],
])('of %s', (_name, size) => {
  const all = Float64Array.of(0, size);

  test('a full disk is an error of the output with its place', async () => {
    await withFiles(size, async ({ source }) => {
      const full = OpenFile.open('/dev/full', 'w');
      const failure = await copyToFile(source, all, full, 'new.zip', quietly).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(OutputError);
      expect(String(failure)).toMatch(/new\.zip at byte 0: the disk is full/);
      await full.close();
    });
  });

  test('a file that has become shorter, or cannot be read, is an error of the input with its place', async () => {
    await withFiles(size, async ({ source, target, inPath, outPath }) => {
      truncateSync(inPath, 2_500_000);
      const part = source.slice(100, size, 'part');
      const ranges = Float64Array.of(0, size - 100);
      const failure = await copyToFile(part, ranges, target, outPath, quietly).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(InputError);
      expect(String(failure)).toMatch(/Cannot read part: the file ends at byte 2499900, but had/);
      // Linux has no memory at address 0.
      const memory = await PositionedFile.open('/proc/self/mem');
      const unreadable = await copyToFile(memory.slice(0, size, 'memory'), all, target, outPath, quietly).catch(String);
      expect(unreadable).toMatch(/InputError: Cannot read memory at byte 0/);
      await memory.close();
    });
  });

  test('an abort, and an error of the listener, end it', async () => {
    await withFiles(size, async ({ source, target, outPath }) => {
      const stop = new AbortController();
      const reason = new Error('stopped');
      let told = 0;
      const onBytes = (bytes: number): void => {
        told += bytes;
        stop.abort(reason);
      };
      await expect(copyToFile(source, all, target, outPath, { onBytes, signal: stop.signal })).rejects.toBe(reason);
      expect(told).toBeLessThan(size);
      await expect(copyToFile(source, all, target, outPath, { ...quietly, signal: stop.signal })).rejects.toBe(reason);
      const faulty = (): void => {
        throw reason;
      };
      await expect(copyToFile(source, all, target, outPath, { onBytes: faulty, signal })).rejects.toBe(reason);
    });
  });
});

test('much is flushed meanwhile, and a failed flush is an error of the output', async () => {
  await withFiles(MUCH, async ({ source, target, outPath }) => {
    const onSync = (): void => {
      throw systemError('EIO', 'fdatasync');
    };
    const copying = (): Promise<void> => copyToFile(source, Float64Array.of(0, MUCH), target, outPath, quietly);
    await expect(withFaultyDisk({ onSync }, copying)).rejects.toBeInstanceOf(OutputError);
  });
});
