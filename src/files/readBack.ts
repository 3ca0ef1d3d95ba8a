/** Reads back a temporary file, and fails if it returns fewer bytes than were written. */
import { createReadStream } from 'node:fs';
import { OutputError } from '../core/errors.js';
import { texts } from './texts.js';

const CHUNK = 1024 * 1024;

/** Yields the file's bytes. `bytes`: how many were written. */
export async function* readBack(path: string, bytes: number): AsyncGenerator<Buffer, void, void> {
  let read = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    read += (chunk as Buffer).length;
    yield chunk as Buffer;
  }
  if (read === bytes) return;
  throw new OutputError(texts().lostBytes({ path, written: bytes, read }));
}
