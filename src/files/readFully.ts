/** Reads a piece of a file, however many reads the system needs for it. */
import type { FileHandle } from 'node:fs/promises';

/** The bytes `[start, end)`, or fewer if the file ends before `end`. */
export async function readFully(file: FileHandle, start: number, end: number): Promise<Buffer> {
  const bytes = Buffer.alloc(end - start);
  let read = 0;
  while (read < bytes.length) {
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, start + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}
