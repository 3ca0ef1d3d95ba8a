/** Copies a table out of a dump as SQL. */

import { createReadStream } from 'node:fs';
import type { SqlTable } from './SqlDump.js';

const CHUNK = 1024 * 1024;

/** The text of everything about a table, as it stands in the dump: its definition, its rows, its indexes and sequences. */
export async function* readSqlTableText(path: string, table: SqlTable): AsyncGenerator<Buffer, void, void> {
  const places = [
    ...(table.definition === undefined ? [] : [table.definition]),
    ...table.rows.map(({ statementStart, end }) => ({ start: statementStart, end })),
    ...table.related,
  ].toSorted((a, b) => a.start - b.start);
  for (const { start, end } of places) {
    for await (const chunk of createReadStream(path, { start, end: end - 1, highWaterMark: CHUNK })) {
      yield chunk as Buffer;
    }
    yield Buffer.from('\n');
  }
}
