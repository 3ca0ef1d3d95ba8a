/** The contract by which an upgrade has its output verified; `src/verify/` implements it. */
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import type { Destination } from '../outputs/Destination.js';
import type { Sink } from '../outputs/Sink.js';
import type { VerifyReport } from '../reports/VerifyReport.js';
import type { UpgradePlan } from './planUpgrade.js';

export interface Verification {
  /** Receives the rows in place of the destination, and passes them on to it. */
  readonly sink: Sink;
  /** Call it once the destination has finished. Throws VerificationError if the output is not what it should be. */
  run(temporary: TemporaryFolder): Promise<VerifyReport>;
}

/** Throws UsageError for an output that cannot be verified. */
export type StartVerification = (
  plan: UpgradePlan,
  destination: Destination,
  outputName: string,
) => Promise<Verification>;
