/** Reads a small file of a tree into one buffer. */
import type { TreeEntry } from './FileTree.js';

export async function contentOf(entry: TreeEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry.content()) chunks.push(chunk);
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
