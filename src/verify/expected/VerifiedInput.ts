/** The input that an archive is compared with. */
import type { Notice } from '../../core/findings.js';
import type { ProgressMeter } from '../../core/ProgressMeter.js';
import type { Engine } from '../../engines/Engine.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import type { Source } from '../../inputs/Source.js';
import type { UpgradePlan } from '../../upgrade/planUpgrade.js';
import type { Expectation } from './Expectation.js';

export interface PlanContext {
  readonly engine: Engine | undefined;
  /** The archive holds only files. */
  readonly filesOnly: boolean;
  /** Called with problems of the input. */
  readonly notice: (notice: Notice) => void;
}

/** Errors that it throws concern the input, not the archive. */
export interface VerifiedInput {
  readonly source: Source;
  /** The plan of the upgrade that made the archive. */
  plan(target: Target, context: PlanContext): Promise<UpgradePlan>;
  /** The expected content of the tables. */
  expect(plan: UpgradePlan, progress: ProgressMeter): Promise<Expectation>;
}
