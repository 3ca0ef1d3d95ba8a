import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { zstdFrames } from '../../../src/formats/compression/zstdFrames.js';
import { hasProgram } from '../../support/programs.js';

async function split(packed: Buffer, pieceBytes: number): Promise<Buffer[]> {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < packed.length; at += pieceBytes) yield packed.subarray(at, at + pieceBytes);
  }
  const frames: Buffer[] = [];
  for await (const frame of zstdFrames(pieces())) {
    const parts: Buffer[] = [];
    for await (const part of frame) parts.push(part);
    frames.push(Buffer.concat(parts));
  }
  return frames;
}

const zstd = (input: Buffer, ...options: string[]): Buffer =>
  execFileSync('zstd', ['-q', '-c', ...options], { input, stdio: ['pipe', 'pipe', 'ignore'] });

(hasProgram('zstd') ? describe : describe.skip)('the frames of a zstd file', () => {
  const text = Buffer.from('INSERT INTO issue VALUES (1);\n'.repeat(20_000));
  /** A skippable frame: a tool's own note. */
  const note = Buffer.from('5a2a4d1804000000616263640a', 'hex').subarray(0, 12);

  test.each<[string, Buffer]>([
    ['of a stream, with a checksum', zstd(text)],
    ['without a checksum', zstd(text, '--no-check')],
    ['whose size is known', zstd(text, `--stream-size=${text.length}`)],
    ['of a few bytes', zstd(Buffer.from('x'))],
    ['of nothing', zstd(Buffer.alloc(0))],
    ['of what cannot be packed', zstd(randomBytes(300_000))],
    ['of one byte again and again', zstd(Buffer.alloc(500_000))],
    ['for a long window', zstd(text, '--long=27', '-19')],
  ])('%s end where they should, with others before and after, in pieces of any size', async (_, frame) => {
    const frames = [zstd(Buffer.from('first')), frame, note, frame];
    for (const pieceBytes of [1, 1000, 10_000_000]) {
      if (pieceBytes === 1 && frame.length > 10_000) continue;
      const found = await split(Buffer.concat(frames), pieceBytes);
      expect(found.map((part) => part.toString('hex'))).toEqual(frames.map((part) => part.toString('hex')));
    }
  });

  test('are an error if they are truncated, or followed by anything else', async () => {
    const frame = zstd(text);
    await expect(split(Buffer.concat([frame, Buffer.from('no frame at all')]), 1000)).rejects.toThrow(/not a frame/);
    for (const length of [frame.length - 1, frame.length - 5, frame.length >> 1, 9, 5]) {
      await expect(split(frame.subarray(0, length), 1000)).rejects.toThrow(/ends within a frame/);
      await expect(split(Buffer.concat([frame, frame.subarray(0, length)]), 1000)).rejects.toThrow(/ends within/);
    }
  });
});
