import type fs from 'node:fs';

export interface RangesToCopy {
  /** File descriptors. */
  readonly from: number;
  readonly to: number;
  /** Of each range, the first byte and the first one after it. They are written one after the other from the beginning. */
  readonly ranges: Float64Array;
  /** Bytes to read and write at a time. */
  readonly pieceSize: number;
  /** Bytes after which to yield. */
  readonly yieldAfter: number;
}

/**
 * Copies ranges of one open file into another, and yields the number of bytes copied since the last time. Errors get a `position` in the file
 * that could not be read or written; a file that ends early is an error with the code `EOF`.
 *
 * Threads run this function from its text, so it uses nothing of its module.
 */
export function* copyRanges(
  { readSync, writeSync }: Pick<typeof fs, 'readSync' | 'writeSync'>,
  { from, to, ranges, pieceSize, yieldAfter }: RangesToCopy,
): Generator<number, void, void> {
  const piece = Buffer.allocUnsafeSlow(pieceSize);
  let filled = 0;
  let written = 0;
  let yielded = 0;
  let position = 0;
  const write = (): void => {
    for (let done = 0; done < filled; ) {
      position = written;
      const bytes = writeSync(to, piece, done, filled - done, position);
      done += bytes;
      written += bytes;
    }
    filled = 0;
  };
  try {
    for (let i = 0; i < ranges.length; i += 2) {
      const end = ranges[i + 1] ?? 0;
      for (let start = ranges[i] ?? 0; start < end; ) {
        position = start;
        const bytes = readSync(from, piece, filled, Math.min(end - start, pieceSize - filled), position);
        if (bytes === 0) throw Object.assign(new Error('the file ends early'), { code: 'EOF', syscall: 'read' });
        filled += bytes;
        start += bytes;
        if (filled < pieceSize) continue;
        write();
        if (written - yielded < yieldAfter) continue;
        yield written - yielded;
        yielded = written;
      }
    }
    write();
    if (written > yielded) yield written - yielded;
  } catch (error) {
    throw Object.assign(error as Error, { position });
  }
}
