/** Reads the beginning of a text file, to recognize its content. */
import { open } from 'node:fs/promises';
import { readFully } from '../files/readFully.js';

const OPENING_BYTES = 64 * 1024;

/** Bytes are kept: each becomes one character. */
export async function readOpening(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    return (await readFully(file, 0, OPENING_BYTES)).toString('latin1');
  } finally {
    await file.close();
  }
}
