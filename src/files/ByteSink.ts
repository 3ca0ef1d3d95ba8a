/** Where bytes are written to: a file, or whatever else takes them. */

import type { FileHandle } from 'node:fs/promises';
import { outputError } from '../core/systemErrors.js';

/** Takes bytes in order. */
export interface ByteSink {
  /** Takes all the bytes. They may be overwritten as soon as the promise resolves, not before. */
  write(bytes: Buffer): Promise<void>;
}

/** Takes bytes at places in any order, several at a time. */
export interface PositionedSink {
  /** Takes all the bytes. They may be overwritten as soon as the promise resolves, not before. */
  writeAt(bytes: Buffer, position: number): Promise<void>;
  /** Puts on disk what was written so far; more may be written meanwhile. */
  flush(): Promise<void>;
}

/** Writes to an open file, in order from its beginning on. Neither closes nor flushes it by itself. `path` is for errors. */
export function fileSink(handle: FileHandle, path: string): ByteSink & PositionedSink {
  let end = 0;
  const writeAt = async (bytes: Buffer, position: number): Promise<void> => {
    for (let done = 0; done < bytes.length; ) {
      try {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      } catch (error) {
        throw outputError(path, error, position + done);
      }
    }
  };
  return {
    writeAt,
    async write(bytes: Buffer): Promise<void> {
      const position = end;
      end += bytes.length;
      await writeAt(bytes, position);
    },
    async flush(): Promise<void> {
      await handle.datasync().catch((error: unknown) => {
        throw outputError(path, error);
      });
    },
  };
}
