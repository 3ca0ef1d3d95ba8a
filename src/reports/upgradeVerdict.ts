/** Says in one sentence whether the output of an upgrade is ready. */
import type { UpgradeReport } from './UpgradeReport.js';
import type { Verdict } from './Verdict.js';
import { describePressing } from './wording.js';

export function describeUpgrade({ output, findings }: UpgradeReport): Verdict {
  const pressing = findings.filter(({ needsHand }) => needsHand).length;
  const where = output.nextSteps ?? 'the steps above';
  if (pressing > 0) {
    return {
      severity: 'warning',
      text: `Written, but ${describePressing(pressing)}: see above, then follow ${where}.`,
    };
  }
  const isRehearsal = findings.some(({ code }) => code === 'rehearsal');
  const what = isRehearsal ? `Ready for a test server with Gogs ${output.target}` : `Ready for Gogs ${output.target}`;
  return { severity: 'good', text: `${what}: follow ${where}.` };
}
