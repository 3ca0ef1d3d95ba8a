/** How an upgrade has its output verified: this room knows the contract, `src/verify/` does the work. */
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import type { Destination } from '../outputs/Destination.js';
import type { Sink } from '../outputs/Sink.js';
import type { VerifyReport } from '../reports/VerifyReport.js';
import type { UpgradePlan } from './planUpgrade.js';

export interface Verification {
  /** Takes the rows in place of the destination, and passes them on to it. */
  readonly sink: Sink;
  /** Call it once the destination has finished. Throws VerificationError when the output does not hold what it should. */
  run(temporary: TemporaryFolder): Promise<VerifyReport>;
}

/** Throws UsageError for an output that cannot be verified. */
export type StartVerification = (
  plan: UpgradePlan,
  destination: Destination,
  outputName: string,
) => Promise<Verification>;
