/** Writes tables into a backup zip as a restore of the target expects them. */
import type { Notice } from '../core/findings.js';
import type { Row, RowConsumer } from '../core/rows.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import type { ZipWriter } from '../formats/zip/ZipWriter.js';
import type { Table } from '../gogs/tables.js';
import type { Target } from '../gogs/targets.js';
import type { OriginalTable } from '../inputs/Source.js';
import type { Sink } from './Sink.js';
import { TableEntry } from './TableEntry.js';

/** Takes the rows that a restore cannot read, to be loaded by SQL after it. */
export interface LeftoverRows {
  /** A row that a restore does not get to. */
  add(table: Table, row: Row): void;
  /** A row that a restore does read. */
  restored(table: Table, row: Row): void;
  drain(): Promise<void>;
}

export interface BackupSinkOptions {
  readonly zip: ZipWriter;
  readonly target: Target;
  /** The time that rewritten entries get. */
  readonly modified: Date;
  readonly temporary: TemporaryFolder;
  readonly leftovers: LeftoverRows;
  readonly notice: (notice: Notice) => void;
  readonly signal: AbortSignal | undefined;
}

export class BackupSink implements Sink {
  readonly #options: BackupSinkOptions;
  #entry: TableEntry | undefined;

  constructor(options: BackupSinkOptions) {
    this.#options = options;
  }

  beginTable(table: Table, original?: OriginalTable): RowConsumer {
    this.#entry = new TableEntry(table, this.#options, original);
    return this.#entry;
  }

  async endTable(): Promise<void> {
    await this.#entry?.end();
    this.#entry = undefined;
  }

  /** Ends the table that is being written when the work is given up. */
  async abort(): Promise<void> {
    await this.#entry?.abort();
  }
}
