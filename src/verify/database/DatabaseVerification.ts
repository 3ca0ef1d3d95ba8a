/**
 * `upgrade --verify` for SQL, a database file or a server folder: reads the written database, examines every file, and
 * compares.
 */
import { VerificationError } from '../../core/errors.js';
import { Findings } from '../../core/findings.js';
import { ProgressMeter } from '../../core/ProgressMeter.js';
import type { TemporaryFolder } from '../../files/TemporaryFolder.js';
import { openSource } from '../../inputs/openSource.js';
import type { Destination } from '../../outputs/Destination.js';
import type { VerifyReport } from '../../reports/VerifyReport.js';
import type { UpgradePlan } from '../../upgrade/planUpgrade.js';
import type { Verification } from '../../upgrade/Verification.js';
import { formatProblems } from '../findings/formatProblems.js';
import { VerifiedFolder } from '../folder/VerifiedFolder.js';
import { texts } from '../texts.js';
import { verifyDatabase } from './verifyDatabase.js';

export class DatabaseVerification implements Verification {
  readonly sink: Destination;
  readonly #plan: UpgradePlan;
  readonly #outputName: string;

  constructor(plan: UpgradePlan, destination: Destination, outputName: string) {
    this.#plan = plan;
    this.sink = destination;
    this.#outputName = outputName;
  }

  async run(temporary: TemporaryFolder): Promise<VerifyReport> {
    const { target, layout, engine, signal } = this.#plan;
    const name = this.#outputName;
    const path = this.sink.unnamedDatabase?.() ?? name;
    const place = this.sink.unnamedFolder?.();
    const folder =
      layout === undefined || place === undefined
        ? undefined
        : new VerifiedFolder({ name, place, layout, engine, temporary, signal });
    const findings = new Findings();
    const notice = findings.add.bind(findings);
    const output = await openSource(path, { history: target.history, temporary, notice, signal });
    try {
      const progress = new ProgressMeter(output.bytesToRead, undefined);
      const report = await verifyDatabase({ output, target, plan: this.#plan, folder, findings, progress, signal });
      if (report.holds) return { ...report, archive: { ...report.archive, path: name } };
      throw new VerificationError(texts().failed({ path: name, problems: formatProblems(report.findings) }));
    } finally {
      await output.close();
    }
  }
}
