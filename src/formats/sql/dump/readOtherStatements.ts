/** Reads the statements of a dump that contain no rows. */
import { open } from 'node:fs/promises';
import { readFully } from '../../../files/readFully.js';
import type { SqlDump } from './SqlDump.js';

/** Far longer than any statement without rows of a dump program. */
const LONGEST = 256 * 1024;

/** In order; a statement that is too long for any program to have written it has an empty text. */
export async function readOtherStatements({
  path,
  others,
}: Pick<SqlDump, 'path' | 'others'>): Promise<{ start: number; line: number; opening: string; text: string }[]> {
  const file = await open(path);
  try {
    const statements = [];
    for (const { start, end, line, opening } of others) {
      const text = end - start > LONGEST ? '' : (await readFully(file, start, end)).toString();
      statements.push({ start, line, opening, text });
    }
    return statements;
  } finally {
    await file.close();
  }
}
