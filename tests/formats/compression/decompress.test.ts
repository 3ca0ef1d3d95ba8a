import { execFileSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { InputError } from '../../../src/core/errors.js';
import { type Compression, compressionOf } from '../../../src/formats/compression/compressionOf.js';
import { decompress } from '../../../src/formats/compression/decompress.js';
import { hasProgram } from '../../support/programs.js';

const text = Buffer.from(Array.from({ length: 4000 }, (_, n) => `INSERT INTO t VALUES (${n * 7919});\n`).join(''));
const byProgram = (program: string): Buffer => execFileSync(program, ['-c'], { input: text });

const PROGRAMS = (['xz', 'bzip2', 'zstd'] as const).filter(hasProgram);
const KINDS: readonly [Compression, Buffer][] = [
  ['gzip', gzipSync(text)],
  ...PROGRAMS.map((program): [Compression, Buffer] => [program, byProgram(program)]),
];

async function unpack(packed: Buffer, path = process.env['PATH'], pieceBytes = 1000): Promise<Buffer> {
  const kind = compressionOf(packed);
  if (kind === undefined) throw new Error('not recognised');
  const chunks: Buffer[] = [];
  const before = process.env['PATH'];
  process.env['PATH'] = path;
  try {
    const pieces = Array.from({ length: Math.ceil(packed.length / pieceBytes) }, (_, i) =>
      packed.subarray(i * pieceBytes, (i + 1) * pieceBytes),
    );
    for await (const chunk of decompress(Readable.from(pieces), kind, { name: 'dump.sql.x' })) chunks.push(chunk);
  } finally {
    process.env['PATH'] = before;
  }
  return Buffer.concat(chunks);
}

describe.each(KINDS)('%s', (kind, packed) => {
  test('is recognized by its first bytes and decompressed', async () => {
    expect(compressionOf(packed)).toBe(kind);
    expect((await unpack(packed)).equals(text)).toBe(true);
  });

  test('may contain several concatenated streams', async () => {
    const [twice, expected] = [Buffer.concat([packed, packed]), Buffer.concat([text, text])];
    for (const pieceBytes of [7, 1000, packed.length, twice.length]) {
      expect((await unpack(twice, process.env['PATH'], pieceBytes)).equals(expected)).toBe(true);
    }
  });

  test('is rejected if it was truncated', async () => {
    for (const length of [packed.length - 1, packed.length - 9, packed.length >> 1, 30]) {
      const failed = unpack(packed.subarray(0, length));
      await expect(failed).rejects.toBeInstanceOf(InputError);
      await expect(failed).rejects.toThrow(/Cannot decompress dump\.sql\.x: .*damaged or cut off/s);
    }
  });

  test('never gives other bytes if a bit is flipped', async () => {
    for (let at = 10; at < packed.length; at += Math.ceil(packed.length / 25)) {
      const damaged = Buffer.from(packed);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      const result = await unpack(damaged).catch((error: unknown) => error);
      if (Buffer.isBuffer(result)) expect(result.equals(text)).toBe(true);
      else expect(result).toBeInstanceOf(InputError);
    }
  });
});

test('without the program, a library decompresses bzip2', async () => {
  if (!PROGRAMS.includes('bzip2')) return;
  expect((await unpack(byProgram('bzip2'), '/nowhere')).equals(text)).toBe(true);
  await expect(unpack(byProgram('bzip2').subarray(0, 500), '/nowhere')).rejects.toBeInstanceOf(InputError);
});

test('without the program and a Node that supports zstd, the error says what to install', async () => {
  const { createZstdDecompress } = (await import('node:zlib')) as { createZstdDecompress?: unknown };
  if (createZstdDecompress !== undefined || !PROGRAMS.includes('zstd')) return;
  await expect(unpack(byProgram('zstd'), '/nowhere')).rejects.toThrow(/Node 22\.15 or later, or the program zstd/);
});

test('other bytes are not compressed', () => {
  for (const head of ['PK\x03\x04', 'SELECT 1', '']) expect(compressionOf(Buffer.from(head))).toBeUndefined();
});
