/** Copies the SQL of a table from a dump. */

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { readFully } from '../../../files/readFully.js';
import type { SqlPlace } from '../statements/SqlStatement.js';
import type { SqlTable } from './SqlDump.js';

const CHUNK = 1024 * 1024;

/** All SQL about a table in its original form: its definition, its rows, its indexes and sequences. */
export async function* readSqlTableText(path: string, table: SqlTable): AsyncGenerator<Buffer, void, void> {
  for (const { start, end } of statementsAbout(table)) {
    for await (const chunk of createReadStream(path, { start, end: end - 1, highWaterMark: CHUNK })) {
      yield chunk as Buffer;
    }
    yield Buffer.from('\n');
  }
}

/** The places of all SQL about a table, in order. */
const statementsAbout = ({ definition, rows, related }: SqlTable): readonly Pick<SqlPlace, 'start' | 'end'>[] =>
  [
    ...(definition === undefined ? [] : [definition]),
    ...rows.map(({ statementStart, end }) => ({ start: statementStart, end })),
    ...related,
  ].toSorted((a, b) => a.start - b.start);

/** Writes the same statement by statement. SQLite's own dumps have one row per statement. */
export async function writeTableStatements(
  path: string,
  table: SqlTable,
  { write, drain }: { write(statement: string): void; drain(): Promise<void> | undefined },
): Promise<void> {
  const file = await open(path);
  try {
    for (const { start, end } of statementsAbout(table)) {
      const statement = await readFully(file, start, end);
      write(`${statement.toString()}\n`);
      await drain();
    }
  } finally {
    await file.close();
  }
}
