/** Plans the upgrade that made an output again, from the options of a verification. */
import type { Target } from '../../gogs/releases/foldReleases.js';
import type { Origin } from '../../inputs/identify.js';
import type { Source } from '../../inputs/Source.js';
import type { OutputPlan } from '../../outputs/OutputPlan.js';
import { type PlanOptions, planUpgrade, type UpgradePlan } from '../../upgrade/planUpgrade.js';

export function planAgain(
  source: Source,
  origin: Origin,
  target: Target,
  output: Pick<OutputPlan, 'format' | 'tablesGoTo' | 'server'>,
  // `deep` concerns the verification here, not the plan.
  { engine, redactTokens, dropOrphans, rehearsal, set, keepConfig, signal }: PlanOptions,
): Promise<UpgradePlan> {
  return planUpgrade(source, origin, target, output, {
    engine,
    redactTokens,
    dropOrphans,
    rehearsal,
    set,
    keepConfig,
    signal,
  });
}
