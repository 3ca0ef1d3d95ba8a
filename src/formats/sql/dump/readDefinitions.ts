/** Reads the statements of a dump that define a table. */
import { open } from 'node:fs/promises';
import { readFully } from '../../../files/readFully.js';
import type { SqlTable } from './SqlDump.js';

/** Definitions of tables are far shorter: a longer statement changes something else. */
const LONGEST = 1024 * 1024;

/** Its CREATE TABLE and everything else about it except rows, in order; empty for a dump of rows alone. */
export async function readDefinitions(path: string, { definition, related }: SqlTable): Promise<readonly string[]> {
  if (definition === undefined) return [];
  const places = [definition, ...related].filter(({ start, end }) => end - start <= LONGEST);
  const file = await open(path);
  try {
    const statements: string[] = [];
    for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
      statements.push((await readFully(file, start, end)).toString());
    }
    return statements;
  } finally {
    await file.close();
  }
}
