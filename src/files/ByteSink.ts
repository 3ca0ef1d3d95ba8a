/** Targets that bytes are written to. */

import { outputError } from '../core/systemErrors.js';
import { type CopyOptions, copyToFile } from './copyToFile.js';
import type { OpenFile } from './OpenFile.js';
import type { PositionedFile } from './PositionedFile.js';

/** Takes bytes in order. */
export interface ByteSink {
  /** Takes all the bytes. The caller must not overwrite them until the promise resolves. */
  write(bytes: Buffer): Promise<void>;
}

/** Takes bytes at positions in any order, several writes at a time. */
export interface PositionedSink {
  /** Takes all the bytes. The caller must not overwrite them until the promise resolves. */
  writeAt(bytes: Buffer, position: number): Promise<void>;
  /**
   * Copies ranges of a file to the beginning, one after the other; of each, the first byte and the first one after it are given.
   * Asks the system to write them to disk meanwhile.
   */
  copyFrom(source: PositionedFile, ranges: Float64Array, options: CopyOptions): Promise<void>;
}

/** Writes to an open file, in order from its beginning. Neither closes nor flushes it. `path` is for errors. */
export function fileSink(file: OpenFile, path: string): ByteSink & PositionedSink {
  let end = 0;
  const writeAt = async (bytes: Buffer, position: number): Promise<void> => {
    for (let done = 0; done < bytes.length; ) {
      try {
        done += await file.writeAt(done === 0 ? bytes : bytes.subarray(done), position + done);
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
    copyFrom: (source, ranges, options) => copyToFile(source, ranges, file, path, options),
  };
}
