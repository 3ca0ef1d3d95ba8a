/** What every form of output offers: the one contract that writing code relies on. */

import type { RowConsumer } from '../core/rows.js';
import type { Table } from '../gogs/tables.js';
import type { OriginalTable } from '../inputs/Source.js';

export interface Sink {
  /**
   * Begins a table; its rows go to the consumer that is returned. One table at a time. `original` is what the rows are
   * read from, for a sink that can repeat it as it is.
   */
  beginTable(table: Table, original?: OriginalTable): RowConsumer;
  /** Ends the table that was begun. */
  endTable(): Promise<void>;
}
