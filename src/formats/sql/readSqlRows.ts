/** Reads the rows of one table of a dump. */

import { open } from 'node:fs/promises';
import type { Row, RowConsumer } from '../../core/rows.js';
import { RangeReader, type ReadRowsOptions } from './RangeReader.js';
import type { SqlDump, SqlTable } from './SqlDump.js';

/**
 * Reads the rows of one table in file order into `row` and hands each to the consumer. `columnOf` says which cell a column
 * goes to; what it does not know becomes an extra. Holds one row in memory, and a chunk of the file.
 */
export async function readSqlRows(
  dump: SqlDump,
  table: SqlTable,
  columnOf: (name: string) => number | undefined,
  row: Row,
  consumer: RowConsumer,
  options: ReadRowsOptions = {},
): Promise<void> {
  if (table.rows.length === 0) return;
  const file = await open(dump.path, 'r');
  try {
    const reader = new RangeReader(dump, table, columnOf, row, consumer, options);
    for (const range of table.rows) {
      if (range.kind === 'copy') await reader.readCopy(file, range);
      else await reader.readInserts(file, range);
    }
  } finally {
    await file.close();
  }
}
