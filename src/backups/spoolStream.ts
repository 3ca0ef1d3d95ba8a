/** Keeps a stream in a file. */
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { outputError } from './AtomicFile.js';

/** Returns the path once the stream has ended. The file is readable by its owner alone. */
export async function spoolStream(stream: Readable, path: string, signal?: AbortSignal): Promise<string> {
  try {
    const file = createWriteStream(path, { mode: 0o600, flags: 'wx' });
    await pipeline(stream, file, signal === undefined ? {} : { signal });
  } catch (error) {
    throw outputError(path, error);
  }
  return path;
}
