/** An input whose upgrade is planned and run again, row by row. */
import type { ProgressMeter } from '../../core/ProgressMeter.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import { checkCompleteness } from '../../inputs/checkCompleteness.js';
import { identify } from '../../inputs/identify.js';
import type { Source } from '../../inputs/Source.js';
import type { PlanOptions, UpgradePlan } from '../../upgrade/planUpgrade.js';
import { Expectation } from './Expectation.js';
import { planAgain } from './planAgain.js';
import type { PlanContext, VerifiedInput } from './VerifiedInput.js';

export class ReplannedInput implements VerifiedInput {
  readonly source: Source;
  readonly #options: PlanOptions;

  constructor(source: Source, options: PlanOptions) {
    this.source = source;
    this.#options = options;
  }

  async plan(target: Target, { engine, filesOnly, notice }: PlanContext): Promise<UpgradePlan> {
    const { source } = this;
    const origin = await identify(source, target, this.#options.signal);
    if (!filesOnly) for (const missing of checkCompleteness(source, origin, target.history)) notice(missing);
    const output = { format: 'zip', tablesGoTo: filesOnly ? 'nowhere' : 'zip', server: undefined } as const;
    return planAgain(source, origin, target, output, { ...this.#options, engine });
  }

  expect(plan: UpgradePlan, progress: ProgressMeter): Promise<Expectation> {
    return Expectation.of(plan, progress);
  }
}
