/**
 * Decompresses gzip, xz, bzip2 and zstd. Uses only decoders that verify checksums, so that a flipped bit is an error and never
 * another value. JavaScript libraries for zstd do not (fzstd passed on 4 of 5 flipped bits), so Node's own decoder reads it, or
 * the program `zstd`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { InputError } from '../../core/errors.js';
import { handledLater } from '../../core/handledLater.js';
import { errorCode, errorMessage } from '../../core/systemErrors.js';
import type { Compression } from './compressionOf.js';
import { texts } from './texts.js';
import { zstdFrames } from './zstdFrames.js';

export interface DecompressOptions {
  /** The name of the file for errors. */
  readonly name: string;
  readonly signal?: AbortSignal | undefined;
}

const CHUNK_BYTES = 256 * 1024;

/** Below this size a bomb does no harm; above it, no real dump compresses this well. */
const RATIO_MATTERS_FROM = 256 * 1024 * 1024;
const MAX_RATIO = 500;

/**
 * Yields the decompressed bytes. Throws InputError for a damaged or truncated file, a bomb, or a format that this machine
 * cannot read.
 */
export async function* decompress(
  source: Readable,
  compression: Compression,
  { name, signal }: DecompressOptions,
): AsyncGenerator<Buffer, void, void> {
  let packed = 0;
  let unpacked = 0;
  const counted = Readable.from(
    count(source, (bytes) => (packed += bytes)),
    { objectMode: false },
  );
  try {
    for await (const chunk of await UNPACKERS[compression](counted, name, signal)) {
      unpacked += chunk.length;
      if (unpacked > RATIO_MATTERS_FROM && unpacked > MAX_RATIO * packed) {
        throw new InputError(texts().bomb({ name, packed, unpacked }));
      }
      yield chunk;
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof InputError || isReadingProblem(error)) throw error;
    throw damaged(name, error);
  } finally {
    counted.destroy();
    source.destroy();
  }
}

async function* count(source: Readable, onBytes: (bytes: number) => void): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of source) {
    onBytes((chunk as Buffer).length);
    yield chunk as Buffer;
  }
}

/** System errors are explained by the reader of the file. */
const isReadingProblem = (error: unknown): boolean => /^E[A-Z]+$/.test(errorCode(error) ?? '');

function damaged(name: string, cause: unknown): InputError {
  return new InputError(texts().damaged({ name, reason: errorMessage(cause) }), { cause });
}

type Unpacker = (packed: Readable, name: string, signal: AbortSignal | undefined) => Promise<AsyncIterable<Buffer>>;

const UNPACKERS: Readonly<Record<Compression, Unpacker>> = {
  gzip: async (packed) => through(packed, zlib.createGunzip({ chunkSize: CHUNK_BYTES })),
  xz: async (packed) => {
    const { XzReadableStream } = (await import('xz-decompress')).default;
    return inBuffers(new XzReadableStream(Readable.toWeb(packed) as ReadableStream<Uint8Array>));
  },
  // The library takes ten times as long.
  bzip2: async (packed, _, signal) => (await byProgram('bzip2', packed, signal)) ?? bunzip2(packed),
  zstd: async (packed, name, signal) => {
    // Since Node 22.15.
    if ('createZstdDecompress' in zlib) {
      return unzstd(packed, zlib.createZstdDecompress as () => NodeJS.ReadWriteStream);
    }
    const unpacked = await byProgram('zstd', packed, signal);
    if (unpacked !== undefined) return unpacked;
    throw new InputError(texts().noZstd({ name }));
  },
};

/** Destroys the transform with any error of its source. */
async function* through(packed: Readable, transform: NodeJS.ReadWriteStream): AsyncGenerator<Buffer, void, void> {
  const fed = handledLater(pipeline(packed, transform));
  for await (const chunk of transform) yield chunk as Buffer;
  await fed;
}

/** Frame by frame: see zstdFrames.ts. */
async function* unzstd(
  packed: Readable,
  createDecompressor: () => NodeJS.ReadWriteStream,
): AsyncGenerator<Buffer, void, void> {
  for await (const frame of zstdFrames(packed)) {
    yield* through(Readable.from(frame, { objectMode: false }), createDecompressor());
  }
}

async function* inBuffers(chunks: ReadableStream<Uint8Array>): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of chunks as unknown as AsyncIterable<Uint8Array>) {
    // The library reuses its memory.
    yield Buffer.from(chunk);
  }
}

async function bunzip2(packed: Readable): Promise<AsyncIterable<Buffer>> {
  const { default: unbzip2 } = await import('unbzip2-stream');
  const stream = unbzip2();
  const unpacked = new PassThrough();
  for (const part of [packed, stream]) part.on('error', (error: Error) => unpacked.destroy(error));
  packed.pipe(stream).pipe(unpacked);
  return unpacked;
}

/** Undefined if the program is not installed. */
async function byProgram(
  program: string,
  packed: Readable,
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<Buffer> | undefined> {
  const child = spawn(program, ['-d', '-c'], {
    stdio: 'pipe',
    env: process.env,
    ...(signal === undefined ? {} : { signal }),
  });
  // The listener stays, because an aborted process emits another error.
  const started = await new Promise<boolean>((resolve) => {
    child.on('spawn', () => resolve(true)).on('error', () => resolve(false));
  });
  if (!started) return undefined;
  return outputOf();

  async function* outputOf(): AsyncGenerator<Buffer, void, void> {
    const ended = once(child, 'close') as Promise<[number | null]>;
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk.toString()}`.slice(0, 500);
    });
    const fed = pipeline(packed, child.stdin).catch((error: unknown) => error);
    try {
      for await (const chunk of child.stdout) yield chunk as Buffer;
      const [code] = await ended;
      if (code !== 0)
        throw new Error(complaint.trim().split('\n')[0] || texts().programFailed({ program, code: String(code) }));
      const failure = await fed;
      if (failure !== undefined) throw failure;
    } finally {
      child.kill();
    }
  }
}
