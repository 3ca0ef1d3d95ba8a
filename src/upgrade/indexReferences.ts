/** Reads the ids that rows of other tables refer to. */

import { IdSet } from '../core/IdSet.js';
import { Row } from '../core/rows.js';
import { integerOf } from '../core/values.js';
import type { ReferencedIds } from '../gogs/stepsFor.js';
import { columnIndex } from '../gogs/tables.js';
import type { Source } from '../inputs/Source.js';

/** The ids of the named tables. Leaves out tables that the input lacks, because their ids are unknown. */
export async function indexReferences(
  source: Source,
  tables: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ReferencedIds> {
  const ids = new Map<string, IdSet>();
  for (const from of source.tables.filter(({ table }) => tables.has(table.name))) {
    const known = new IdSet();
    const index = columnIndex(from.table, 'id');
    const consumer = {
      row(row: Row): void {
        const id = integerOf(row.cell(index));
        if (id !== undefined) known.add(id);
      },
    };
    await from.readRows(new Row(from.table.columns.length), consumer, signal);
    ids.set(from.table.name, known);
  }
  return ids;
}
