/** `upgrade --verify`: digests the rows on their way out, and rehearses the restore of what was written. */

import type { Check } from '../checks/Check.js';
import { UsageError, VerificationError } from '../core/errors.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import type { Target } from '../gogs/targets.js';
import type { Destination } from '../outputs/Destination.js';
import type { Sink } from '../outputs/Sink.js';
import type { VerifyReport } from '../reports/VerifyReport.js';
import type { UpgradePlan } from '../upgrade/planUpgrade.js';
import { DigestSink } from './DigestSink.js';
import { Expectation } from './Expectation.js';
import { formatProblems } from './formatProblems.js';
import { verifyArchive } from './verify.js';

export class OutputVerification {
  readonly #destination: Destination;
  readonly #output: string;
  readonly #digests: DigestSink;

  private constructor(destination: Destination, output: string, target: Target) {
    this.#destination = destination;
    this.#output = output;
    this.#digests = new DigestSink({ release: target.firstRelease, next: destination });
  }

  /** `output` names the archive in messages. */
  static of(destination: Destination, output: string, target: Target): OutputVerification {
    if (destination.unnamed === undefined) {
      throw new UsageError(
        '--verify rehearses gogs restore, so it goes with a zip that holds the tables as the output.',
      );
    }
    return new OutputVerification(destination, output, target);
  }

  /** Where the rows are to go. */
  get sink(): Sink {
    return this.#digests;
  }

  /** Call it once the destination has finished. Throws VerificationError when something does not hold. */
  async run(plan: UpgradePlan, temporary: TemporaryFolder): Promise<VerifyReport> {
    const { source, target, engine, signal } = plan;
    const startChecks = (): Promise<Check[]> => plan.startChecks(() => undefined);
    const unnamed = this.#destination.unnamed?.();
    const expectation = new Expectation({ ...plan, startChecks }, this.#digests.tables);
    const report = await verifyArchive({
      archive: this.#output,
      path: unnamed?.archive ?? this.#output,
      afterRestoreSql: unnamed?.afterRestoreSql,
      input: { source, expect: async () => expectation },
      contents: false,
      to: target.name,
      ...{ engine, temporary, signal },
    });
    if (report.holds) return report;
    throw new VerificationError(
      `Verification of ${this.#output} failed, so it was not written: ${formatProblems(report.findings)}. ` +
        'Please report it: the input is unchanged.',
    );
  }
}
