/** Writes a stream to a file. */
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { errorCode, inputError, isReading, outputError } from '../core/systemErrors.js';
import { diskPath } from './byteNames.js';

/** Returns the path once the stream has ended. Only the owner can read the file. `name`: of the stream, for errors. */
export async function spoolStream(name: string, stream: Readable, path: string, signal?: AbortSignal): Promise<string> {
  try {
    const file = createWriteStream(diskPath(path), { mode: 0o600, flags: 'wx' });
    await pipeline(stream, file, { signal });
  } catch (error) {
    // Either the stream ended or broke early, or writing the file failed.
    const isInput = isReading(error) || errorCode(error)?.startsWith('ERR_STREAM_') === true;
    throw isInput ? inputError(name, error) : outputError(path, error);
  }
  return path;
}
