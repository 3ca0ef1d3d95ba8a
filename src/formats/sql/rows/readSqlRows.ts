/** Reads the rows of one table of a dump. */

import { open } from 'node:fs/promises';
import type { RowReceiver } from '../../../core/rows.js';
import type { SqlDump, SqlTable } from '../dump/SqlDump.js';
import { RangeReader, type ReadRowsOptions } from './RangeReader.js';

/** Reads the rows of one table in file order. Holds one row and one chunk of the file in memory. */
export async function readSqlRows(
  dump: SqlDump,
  table: SqlTable,
  receiver: RowReceiver,
  options: ReadRowsOptions = {},
): Promise<void> {
  if (table.rows.length === 0) return;
  const file = await open(dump.path, 'r');
  try {
    const reader = new RangeReader(dump, table, receiver, options);
    for (const range of table.rows) {
      if (range.kind === 'copy') await reader.readCopy(file, range);
      else await reader.readInserts(file, range);
    }
  } finally {
    await file.close();
  }
}
