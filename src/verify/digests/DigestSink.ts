/** A sink that keeps only the digest of each table, and passes the rows on if they are to be written. */

import type { Row, RowConsumer } from '../../core/rows.js';
import type { Table } from '../../gogs/tables.js';
import type { Sink } from '../../outputs/Sink.js';
import { columnsInRelease, RowDigester } from './RowDigester.js';
import { TableDigest } from './TableDigest.js';

export interface DigestSinkOptions {
  /** The first release of the target. */
  readonly release: string;
  /** The sink that the rows are passed on to. */
  readonly next?: Sink;
  /** Called with every row once it is digested. */
  readonly onRow?: (table: Table, row: Row, digester: RowDigester) => void;
}

export class DigestSink implements Sink {
  /** By SQL name. */
  readonly tables = new Map<string, TableDigest>();
  readonly #options: DigestSinkOptions;

  constructor(options: DigestSinkOptions) {
    this.#options = options;
  }

  beginTable(...begin: Parameters<Sink['beginTable']>): RowConsumer {
    const [table] = begin;
    const { release, next, onRow } = this.#options;
    const digester = new RowDigester(columnsInRelease(table, release));
    const digest = new TableDigest();
    this.tables.set(table.name, digest);
    const consumer = next?.beginTable(...begin);
    return {
      row(row: Row): void {
        // Before the row is written: a fault of the writer must not go unnoticed.
        digester.digest(row);
        digest.add(digester.words);
        onRow?.(table, row, digester);
        consumer?.row(row);
      },
      drain: async () => consumer?.drain?.(),
    };
  }

  async endTable(): Promise<void> {
    await this.#options.next?.endTable();
  }
}
