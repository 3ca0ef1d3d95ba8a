/** SHA-256 of a file or folder on disk. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { linkStatOf } from './statOf.js';

const CHUNK_BYTES = 1024 * 1024;
const SMALL = 256 * 1024;

/** Hexadecimal digits. The digest of a folder is that of the names and digests of its files. */
export async function digestFile(path: string, signal?: AbortSignal): Promise<string> {
  const found = statSync(path);
  if (found.isDirectory()) return digestFolder(path, signal);
  // Synchronous, because promises would take longer than the reading.
  if (found.isFile() && found.size <= SMALL) return createHash('sha256').update(readFileSync(path)).digest('hex');
  return digestContent(path, signal);
}

async function digestFolder(folder: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(folder)).sort()) {
    const found = linkStatOf(join(folder, name));
    // Reading a pipe would wait for a writer, and links may form a cycle.
    const hasContent = found?.isFile() === true || found?.isDirectory() === true;
    hash.update(`${hasContent ? await digestFile(join(folder, name), signal) : ''}  ${name}\0`);
  }
  return hash.digest('hex');
}

async function digestContent(path: string, signal?: AbortSignal): Promise<string> {
  const file = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, (await file.stat()).size + 1));
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
