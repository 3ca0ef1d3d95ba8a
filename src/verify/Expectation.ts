/** What the tables of an upgraded archive have to hold: computed from the input by the same steps that upgraded it. */
import type { Check } from '../checks/Check.js';
import { ProgressMeter } from '../core/ProgressMeter.js';
import type { Row } from '../core/rows.js';
import type { Table } from '../gogs/tables.js';
import { type UpgradeTablesOptions, upgradeTables } from '../upgrade/upgradeTables.js';
import { DigestSink } from './DigestSink.js';
import type { RowDigester } from './RowDigester.js';
import type { TableDigest } from './TableDigest.js';

export interface ExpectationOptions extends Omit<UpgradeTablesOptions, 'sink' | 'checks' | 'progress'> {
  /** The checks of one run, which may mend rows or leave them out. They say nothing: the upgrade has said it. */
  readonly startChecks: () => Promise<readonly Check[]>;
}

export class Expectation {
  readonly #options: ExpectationOptions;
  /** By SQL name. */
  readonly tables: ReadonlyMap<string, TableDigest>;

  /** `tables`: when the rows have been digested on their way already. */
  constructor(options: ExpectationOptions, tables: ReadonlyMap<string, TableDigest>) {
    this.#options = options;
    this.tables = tables;
  }

  static async of(options: ExpectationOptions, progress: ProgressMeter): Promise<Expectation> {
    const sink = new DigestSink({ release: options.target.firstRelease });
    await run(options, sink, progress);
    return new Expectation(options, sink.tables);
  }

  /** Delivers the rows of one table again. */
  async reread(table: Table, onRow: (row: Row, digester: RowDigester) => void): Promise<void> {
    const sink = new DigestSink({
      release: this.#options.target.firstRelease,
      onRow: (of, row, digester) => {
        if (of === table) onRow(row, digester);
      },
    });
    await run(this.#options, sink, new ProgressMeter(0, undefined));
  }
}

async function run(options: ExpectationOptions, sink: DigestSink, progress: ProgressMeter): Promise<void> {
  const checks = await options.startChecks();
  await upgradeTables({ ...options, checks, sink, progress });
}
