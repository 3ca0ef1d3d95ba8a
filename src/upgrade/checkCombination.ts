/** Checks the options of an upgrade that can be wrong whatever the input is. */
import { checkEncoding } from '../files/TranscodeToUtf8.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { parseSettingAssignment } from '../gogs/settings/parseSettingAssignment.js';
import { planOutput } from '../outputs/OutputPlan.js';
import type { UpgradeOptions } from './UpgradeOptions.js';

/** Throws UsageError. A batch calls it before it begins, so that one mistake is not reported for each input. */
export function checkCombination(output: string, target: Target, options: UpgradeOptions): void {
  planOutput(output, options);
  for (const text of options.set ?? []) parseSettingAssignment(text, target);
  if (options.encoding !== undefined) checkEncoding(options.encoding);
}
