/** The expected content of the tables of an upgraded archive, computed from the input by the steps of the upgrade. */
import { Findings } from '../../core/findings.js';
import { ProgressMeter } from '../../core/ProgressMeter.js';
import type { Row } from '../../core/rows.js';
import type { Table } from '../../gogs/tables.js';
import type { UpgradePlan } from '../../upgrade/planUpgrade.js';
import { refuseUnfitValues } from '../../upgrade/refuseUnfitValues.js';
import { startPlannedChecks } from '../../upgrade/startPlannedChecks.js';
import { upgradeTables } from '../../upgrade/upgradeTables.js';
import { DigestSink } from '../digests/DigestSink.js';
import type { RowDigester } from '../digests/RowDigester.js';
import type { TableDigest } from '../digests/TableDigest.js';

export class Expectation {
  readonly plan: UpgradePlan;
  /** By SQL name. */
  readonly tables: ReadonlyMap<string, TableDigest>;

  /** `tables`: if the rows were already digested during the upgrade. */
  constructor(plan: UpgradePlan, tables: ReadonlyMap<string, TableDigest>) {
    this.plan = plan;
    this.tables = tables;
  }

  /** Throws InputError for an input that the upgrade would refuse. */
  static async of(plan: UpgradePlan, progress: ProgressMeter): Promise<Expectation> {
    const sink = new DigestSink({ release: plan.target.firstRelease });
    refuseUnfitValues(plan, await run(plan, sink, progress));
    return new Expectation(plan, sink.tables);
  }

  /** Reads the rows of one table again. */
  async reread(table: Table, onRow: (row: Row, digester: RowDigester) => void): Promise<void> {
    const sink = new DigestSink({
      release: this.plan.target.firstRelease,
      onRow: (of, row, digester) => {
        if (of === table) onRow(row, digester);
      },
    });
    await run(this.plan, sink, new ProgressMeter(0, undefined));
  }
}

/** Runs the upgrade again with its checks, which may repair rows or leave some out. */
async function run(plan: UpgradePlan, sink: DigestSink, progress: ProgressMeter): Promise<Findings> {
  const findings = new Findings();
  const notice = findings.add.bind(findings);
  await upgradeTables(plan, { sink, checks: startPlannedChecks(plan, notice), progress, notice });
  return findings;
}
