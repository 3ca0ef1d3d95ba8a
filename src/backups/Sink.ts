/** What every form of output offers: the one contract that writing code relies on. */
import type { Table } from '../gogs/tables.js';
import type { RowConsumer } from '../rows.js';

export interface Sink {
  /** Begins a table; its rows go to the consumer that is returned. One table at a time. */
  beginTable(table: Table): RowConsumer;
  /** Ends the table that was begun. */
  endTable(): Promise<void>;
}
