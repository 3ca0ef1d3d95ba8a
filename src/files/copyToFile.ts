/**
 * Copies ranges of a file to the beginning of another, beside other work: much in a thread of its own, because the main thread, busy
 * with rows, would begin each transfer late; little between other work of the main thread, because a thread takes longer to start.
 */
import fs from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { InputError } from '../core/errors.js';
import { handledLater } from '../core/handledLater.js';
import { errorCode, inputError, isReading, outputError } from '../core/systemErrors.js';
import { copyRanges, type RangesToCopy } from './copyRanges.js';
import type { OpenFile } from './OpenFile.js';
import type { PositionedFile } from './PositionedFile.js';
import { texts } from './texts.js';
import { WRITE_SIZE } from './writeSize.js';

export interface CopyOptions {
  /** Called with the number of bytes copied since the last call. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** In bytes. Telling of every piece would take longer than copying it. */
const TELL_EVERY = 1024 * 1024;
/** In bytes. More is copied in a thread. */
const LITTLE = 32 * 1024 * 1024;
/** Bytes after which the system is asked to write them to disk, so that little is left to wait for at the end. */
const FLUSH_EVERY = 64 * 1024 * 1024;

/** A text, because the program may be a single file. */
const THREAD = `const { parentPort, workerData } = require('node:worker_threads');
for (const bytes of (${copyRanges.toString()})(require('node:fs'), workerData)) parentPort.postMessage(bytes);`;

/** `ranges`: see `RangesToCopy`. `path`: of the target, for errors. Uses neither file any more once it settles. */
export async function copyToFile(
  source: PositionedFile,
  ranges: Float64Array,
  target: OpenFile,
  path: string,
  { onBytes, signal }: CopyOptions,
): Promise<void> {
  const { file, start } = source.place;
  const size = sizeOf(ranges);
  const job = {
    from: file.fd,
    to: target.fd,
    ranges: ranges.map((position) => start + position),
    pieceSize: Math.min(WRITE_SIZE, size),
    yieldAfter: TELL_EVERY,
  };
  let unflushed = 0;
  let flushing: Promise<void> | undefined;
  const onPiece = (bytes: number): void => {
    onBytes(bytes);
    unflushed += bytes;
    if (unflushed < FLUSH_EVERY || flushing !== undefined) return;
    unflushed = 0;
    flushing = handledLater(
      target.flushContent().then(() => {
        flushing = undefined;
      }),
    );
  };
  try {
    await (size > LITTLE ? copyInThread : copyBesides)(job, onPiece, signal);
    await flushing;
  } catch (error) {
    await Promise.allSettled([flushing]);
    throw explained(error, source, path);
  }
}

/** The number of bytes in the ranges. */
export function sizeOf(ranges: Float64Array): number {
  let size = 0;
  for (let i = 0; i < ranges.length; i += 2) size += (ranges[i + 1] ?? 0) - (ranges[i] ?? 0);
  return size;
}

type Copy = (job: RangesToCopy, onPiece: (bytes: number) => void, signal: AbortSignal) => Promise<void>;

const copyBesides: Copy = async (job, onPiece, signal) => {
  for (const bytes of copyRanges(fs, job)) {
    onPiece(bytes);
    await setImmediate();
    signal.throwIfAborted();
  }
};

const copyInThread: Copy = async (job, onPiece, signal) => {
  signal.throwIfAborted();
  const thread = startThread(job);
  if (thread === undefined) return copyBesides(job, onPiece, signal);
  let failure: { readonly error: unknown } | undefined;
  const stop = (error: unknown): void => {
    failure ??= { error };
    void thread.terminate();
  };
  const abort = (): void => stop(signal.reason);
  signal.addEventListener('abort', abort);
  let left = sizeOf(job.ranges);
  thread.on('message', (bytes: number) => {
    left -= bytes;
    if (failure !== undefined) return;
    try {
      onPiece(bytes);
    } catch (error) {
      stop(error);
    }
  });
  thread.on('error', stop);
  // Even after an error: until then, the thread may use the files.
  await new Promise((resolve) => thread.on('exit', resolve));
  signal.removeEventListener('abort', abort);
  if (failure !== undefined) throw failure.error;
  if (left > 0) throw new Error(`the copying thread ended before the last ${left} bytes`);
};

/** Undefined if none may be started: by Node's permission model, or the limits of the system. */
function startThread(job: RangesToCopy): Worker | undefined {
  try {
    return new Worker(THREAD, { eval: true, execArgv: [], workerData: job });
  } catch {
    return undefined;
  }
}

function explained(error: unknown, source: PositionedFile, path: string): unknown {
  const position = error instanceof Error && 'position' in error ? Number(error.position) : undefined;
  if (!isReading(error)) return outputError(path, error, position);
  const byte = (position ?? 0) - source.place.start;
  if (errorCode(error) !== 'EOF') return inputError(source.path, error, byte);
  return new InputError(texts().endsEarly({ path: source.path, byte, size: source.size }));
}
