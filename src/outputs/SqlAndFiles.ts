/** Writes the database as SQL and everything else as a backup zip, from which a restore takes only the files. */

import type { RowConsumer } from '../core/rows.js';
import type { Table } from '../gogs/tables.js';
import type { Destination, FilesListener, Finished, Written } from './Destination.js';

export class SqlAndFiles implements Destination {
  readonly #sql: Destination;
  readonly #files: Destination;

  /** `files` receives no tables. */
  constructor(sql: Destination, files: Destination) {
    this.#sql = sql;
    this.#files = files;
  }

  beginTable(table: Table): RowConsumer {
    return this.#sql.beginTable(table);
  }

  async endTable(): Promise<void> {
    await this.#sql.endTable();
  }

  async writeFiles(listener: FilesListener): Promise<void> {
    await this.#files.writeFiles?.(listener);
  }

  async finish(): Promise<Finished> {
    await this.#sql.finish();
    return this.#files.finish();
  }

  /** The SQL first: an archive without tables is useless without it. */
  async commit(): Promise<Written> {
    await this.#sql.commit();
    return this.#files.commit();
  }

  async abort(): Promise<void> {
    await this.#sql.abort();
    await this.#files.abort();
  }
}
