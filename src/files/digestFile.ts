/** SHA-256 of a file or folder on disk. */
import { createHash } from 'node:crypto';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const CHUNK_BYTES = 1024 * 1024;

/** Hexadecimal digits. The digest of a folder is that of the names and digests of its files. */
export async function digestFile(path: string, signal?: AbortSignal): Promise<string> {
  return (await stat(path)).isDirectory() ? digestFolder(path, signal) : digestContent(path, signal);
}

async function digestFolder(folder: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(folder)).sort()) {
    const found = await lstat(join(folder, name)).catch(() => undefined);
    // Reading a pipe would wait for a writer, and a link may lead in a circle.
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
