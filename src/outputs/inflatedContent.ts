import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';

/** Most files are small: one call each. */
const MAX_WHOLE_BYTES = 256 * 1024;

/** The inflated content of an entry, whole where it is small. */
export async function inflatedContent(zip: ZipReader, entry: ZipEntry): Promise<Buffer | AsyncIterable<Buffer>> {
  return entry.uncompressedSize <= MAX_WHOLE_BYTES ? zip.readBuffer(entry, MAX_WHOLE_BYTES) : zip.chunks(entry);
}
