/** The contract that every output fulfils for code that writes rows. */

import type { RowConsumer } from '../core/rows.js';
import type { Table } from '../gogs/tables.js';
import type { OriginalTable } from '../inputs/Source.js';

export interface Sink {
  /**
   * Begins a table and returns the consumer for its rows. One table at a time. `original`: the table that the rows are read
   * from, for a sink that can copy it unchanged.
   */
  beginTable(table: Table, original?: OriginalTable): RowConsumer;
  /** Ends the current table. */
  endTable(): Promise<void>;
}
