/** Unpacks one file of an archive into a folder. */
import type { FileTraits, FolderSink } from '../files/FolderSink.js';
import type { ZipEntry } from '../formats/zip/ZipEntry.js';
import type { ZipReader } from '../formats/zip/ZipReader.js';

/** Returns a promise only if the content is not in memory: awaiting takes longer than writing a small file. */
export function unpackEntry(
  zip: ZipReader,
  entry: ZipEntry,
  folder: FolderSink,
  path: string,
  traits: FileTraits = entry,
): Promise<void> | undefined {
  const content = zip.readInMemory(entry);
  if (content === undefined) return folder.addStream(path, zip.chunks(entry), traits);
  folder.addFile(path, content, traits);
  return undefined;
}
