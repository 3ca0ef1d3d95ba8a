/** Reads a piece of a file: the system may hand it over in as many pieces as it likes. */
import type { FileHandle } from 'node:fs/promises';

/** The bytes `[start, end)`, or those up to the end of the file where that comes first. */
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
