/** What an archive is compared with. */
import type { Notice } from '../core/findings.js';
import type { ProgressMeter } from '../core/ProgressMeter.js';
import type { Engine } from '../engines/Engine.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import type { Source } from '../inputs/Source.js';
import type { UpgradePlan } from '../upgrade/planUpgrade.js';
import type { Expectation } from './Expectation.js';

export interface PlanContext {
  readonly engine: Engine | undefined;
  /** The archive is to hold the files alone. */
  readonly filesOnly: boolean;
  /** Hears what is missing in the input. */
  readonly notice: (notice: Notice) => void;
}

/** Errors that it throws are the input's own. */
export interface VerifiedInput {
  readonly source: Source;
  /** The upgrade that leads to the archive. */
  plan(target: Target, context: PlanContext): Promise<UpgradePlan>;
  /** What the tables have to hold. */
  expect(plan: UpgradePlan, progress: ProgressMeter): Promise<Expectation>;
}
