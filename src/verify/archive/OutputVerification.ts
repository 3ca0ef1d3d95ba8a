/** `upgrade --verify` for a backup: digests the rows as they are written, and rehearses the restore of the written archive. */

import { UsageError, VerificationError } from '../../core/errors.js';
import type { TemporaryFolder } from '../../files/TemporaryFolder.js';
import type { Destination } from '../../outputs/Destination.js';
import type { Sink } from '../../outputs/Sink.js';
import type { VerifyReport } from '../../reports/VerifyReport.js';
import type { UpgradePlan } from '../../upgrade/planUpgrade.js';
import type { Verification } from '../../upgrade/Verification.js';
import { DigestSink } from '../digests/DigestSink.js';
import { Expectation } from '../expected/Expectation.js';
import { formatProblems } from '../findings/formatProblems.js';
import { texts } from '../texts.js';
import { verifyArchive } from './verifyArchive.js';

export class OutputVerification implements Verification {
  readonly #plan: UpgradePlan;
  readonly #destination: Destination;
  readonly #outputName: string;
  readonly #digests: DigestSink;

  private constructor(plan: UpgradePlan, destination: Destination, outputName: string) {
    this.#plan = plan;
    this.#destination = destination;
    this.#outputName = outputName;
    this.#digests = new DigestSink({ release: plan.target.firstRelease, next: destination });
  }

  static of(plan: UpgradePlan, destination: Destination, outputName: string): OutputVerification {
    if (destination.unnamed === undefined) {
      throw new UsageError(texts().cannotVerify);
    }
    return new OutputVerification(plan, destination, outputName);
  }

  get sink(): Sink {
    return this.#digests;
  }

  async run(temporary: TemporaryFolder): Promise<VerifyReport> {
    const plan = this.#plan;
    const { source, target, engine, signal } = plan;
    const outputName = this.#outputName;
    const unnamed = this.#destination.unnamed?.();
    const expectation = new Expectation(plan, this.#digests.tables);
    const report = await verifyArchive({
      archive: outputName,
      path: unnamed?.archive ?? outputName,
      afterRestoreSql: unnamed?.afterRestoreSql,
      input: { source, plan: async () => plan, expect: async () => expectation },
      contents: false,
      to: target,
      history: target.history,
      engine,
      temporary,
      signal,
    });
    if (report.holds) return report;
    throw new VerificationError(texts().failed({ path: outputName, problems: formatProblems(report.findings) }));
  }
}
