/** Reads the first bytes of an entry, also of one that `ZipWriter.addListed` wrote. */
import { Method } from './records.js';
import type { ZipEntry } from './ZipEntry.js';
import type { ZipReader } from './ZipReader.js';

/** A piece from the beginning, of any length; empty for an empty file. */
export async function readBeginning(zip: ZipReader, entry: ZipEntry): Promise<Buffer> {
  if (entry.method === Method.Listed) {
    const { start, end } = await zip.locate(entry);
    const beginning = Buffer.alloc(end - start);
    await zip.readInto(beginning, start);
    return beginning;
  }
  for await (const chunk of zip.chunks(entry)) return chunk;
  return Buffer.alloc(0);
}
