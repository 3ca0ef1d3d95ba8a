/** The beginning of a text file, for telling what it is. */
import { open } from 'node:fs/promises';
import { readFully } from '../files/readFully.js';

const OPENING_BYTES = 64 * 1024;

/** Bytes as they are: one character each. */
export async function readOpening(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    return (await readFully(file, 0, OPENING_BYTES)).toString('latin1');
  } finally {
    await file.close();
  }
}
