/** SHA-256 of a file or folder on disk. */
import { createHash, type Hash } from 'node:crypto';
import { readFileSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { linkStatOf } from './statOf.js';

const CHUNK_BYTES = 1024 * 1024;
const SMALL = 256 * 1024;

/** Hexadecimal digits. The digest of a folder is that of the names, modes and digests of its files, and of its links. */
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
    const path = join(folder, name);
    const found = linkStatOf(path);
    // Reading a pipe would wait for a writer, and links may form a cycle.
    const hasContent = found?.isFile() === true || found?.isDirectory() === true;
    hash.update(`${hasContent ? await digestFile(path, signal) : ''} ${shapeOf(path, found)} ${name}\0`);
  }
  return hash.digest('hex');
}

/**
 * The digest of everything in a folder but the contents of files: names, modes, and where links lead. Of a file it is that of
 * nothing.
 */
export async function digestShape(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  if (statSync(path).isDirectory()) await addShape(path, hash, signal);
  return hash.digest('hex');
}

async function addShape(folder: string, hash: Hash, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    const found = linkStatOf(path);
    hash.update(`${shapeOf(path, found)} ${name}\0`);
    if (found?.isDirectory() !== true) continue;
    await addShape(path, hash, signal);
    hash.update('..\0');
  }
}

/** Mode and kind, which are one number, and the target of a link. */
function shapeOf(path: string, found: Stats | undefined): string {
  if (found === undefined) return '';
  return found.isSymbolicLink() ? `link ${readlinkSync(path)}` : found.mode.toString(8);
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
