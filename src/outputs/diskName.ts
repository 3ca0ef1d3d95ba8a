import { nameOfBytes } from '../files/byteNames.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';

/** The name of an entry on disk: if its encoding is unknown, its raw bytes, as `gogs restore` writes them. */
export function diskName(entry: ZipEntry, name = entry.name): string {
  return entry.hasKnownEncoding ? name : nameOfBytes(entry.encodeName(name)?.bytes ?? entry.rawName);
}
