import { nameOfBytes } from '../files/byteNames.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';

/** The name that an entry gets on a disk: where nobody knows its encoding the bytes that it has, as `gogs restore` writes them. */
export function diskName(entry: ZipEntry, name = entry.name): string {
  return entry.hasKnownEncoding ? name : nameOfBytes(entry.encodeName(name)?.bytes ?? entry.rawName);
}
