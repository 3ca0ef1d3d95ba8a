import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PieceDeflater } from '../../../src/formats/zip/PieceDeflater.js';
import { runs, seededRandom } from '../../support/effort.js';

/** Appends the content in chunks of these sizes, in turn; returns the written bytes. */
async function deflate(content: Buffer, sizes: readonly number[]): Promise<Buffer> {
  const written: Buffer[] = [];
  const deflater = new PieceDeflater(3, async (bytes) => void written.push(Buffer.from(bytes)));
  for (let at = 0, turn = 0; at < content.length; turn++) {
    const chunk = Buffer.from(content.subarray(at, at + (sizes[turn % sizes.length] ?? content.length)));
    at += chunk.length;
    await deflater.append(chunk);
    // Callers reuse the buffer.
    chunk.fill(0);
  }
  const deflated = Buffer.concat(written);
  const { whole } = deflater;
  const found = await deflater.finish();
  const all = Buffer.concat(written);
  expect(whole === undefined).toBe(content.length > 512 * 1024);
  expect(deflated.length).toBeLessThanOrEqual(all.length);
  expect(found).toEqual({ crc32: crc32(content), compressedSize: all.length, uncompressedSize: content.length });
  return all;
}

const NOISE = Buffer.from(Array.from({ length: 5000 }, seededRandom(7)).map((value) => value * 256));

/** Rows that resemble each other, with noise in between. */
function content(bytes: number, seed: number): Buffer {
  const random = seededRandom(seed);
  const all = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; ) {
    const start = random() * 4000;
    const text =
      random() < 0.2 ? NOISE.subarray(start, start + 300) : Buffer.from(`{"ID":${at},"Content":"${start}"}\n`);
    at += text.copy(all, at);
  }
  return all;
}

describe('output', () => {
  test('inflates to the input, regardless of chunks, and is the same each time', async () => {
    const size = fc.constantFrom(0, 1, 524_287, 524_288, 524_289, 1_048_576, 1_600_000, 3_000_001);
    const chunks = fc.array(fc.integer({ min: 1000, max: 700_000 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), chunks, async (bytes, seed, sizes) => {
        const original = content(bytes, seed);
        const deflated = await deflate(original, sizes);
        expect(inflateRawSync(deflated).equals(original)).toBe(true);
        expect((await deflate(original, [1_000_000])).equals(deflated)).toBe(true);
      }),
      { numRuns: runs(10) },
    );
  });

  test('is hardly larger than a single stream, because each piece uses the previous one as its dictionary', async () => {
    const random = seededRandom(1);
    const row = Buffer.from(Array.from({ length: 20_000 }, () => random() * 256));
    const repeated = Buffer.concat(Array.from({ length: 200 }, () => row));
    const alone = deflateRawSync(repeated, { level: 3 }).length;
    expect((await deflate(repeated, [65_536])).length).toBeLessThan(1.02 * alone);
  });
});

describe('a failing write', () => {
  test('is the error of a later append or of finish, and nothing is written afterwards', async () => {
    const failure = new Error('the disk is full');
    let calls = 0;
    const deflater = new PieceDeflater(3, async () => {
      calls++;
      throw failure;
    });
    const appendAll = async (): Promise<void> => {
      for (let i = 0; i < 20; i++) await deflater.append(content(400_000, i));
      await deflater.finish();
    };
    await expect(appendAll()).rejects.toBe(failure);
    await deflater.abort();
    expect(calls).toBe(1);
  });
});
