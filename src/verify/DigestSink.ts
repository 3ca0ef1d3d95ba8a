/** Takes the rows of an upgrade and keeps nothing but each table's digest; passes the rows on where they are to be written. */

import type { Row, RowConsumer } from '../core/rows.js';
import type { Table } from '../gogs/tables.js';
import type { Sink } from '../outputs/Sink.js';
import { columnsInRelease, RowDigester } from './RowDigester.js';
import { TableDigest } from './TableDigest.js';

export interface DigestSinkOptions {
  /** First release of the target. */
  readonly release: string;
  /** Where the rows go as well. */
  readonly next?: Sink;
  /** Sees every row, once it is digested. */
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
        // Before it is written: what a writer makes of it must not go unnoticed.
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
