/** Where an archive is written to, front to back: a file, or whatever else takes bytes in order. */

import type { FileHandle } from 'node:fs/promises';
import { OutputError } from '../errors.js';
import { errorCode, errorMessage } from './systemError.js';

export interface ByteSink {
  /** Takes all the bytes. They may be overwritten as soon as the promise resolves, not before. */
  write(bytes: Buffer): Promise<void>;
}

/** Writes to an open file from its beginning on. Neither closes nor flushes it. `path` is for errors. */
export function fileSink(handle: FileHandle, path: string): ByteSink {
  let position = 0;
  return {
    async write(bytes: Buffer): Promise<void> {
      for (let done = 0; done < bytes.length; ) {
        try {
          const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position);
          done += bytesWritten;
          position += bytesWritten;
        } catch (error) {
          const found = errorCode(error) === 'ENOSPC' ? 'the disk is full' : errorMessage(error);
          const remedy = 'Make room or choose another place; the input is unchanged.';
          throw new OutputError(`Cannot write ${path} at byte ${position}: ${found}. ${remedy}`, { cause: error });
        }
      }
    },
  };
}
