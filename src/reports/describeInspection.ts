/** The result of an inspection in one sentence. */
import type { InspectReport } from './InspectReport.js';
import { texts } from './texts.js';
import type { Verdict } from './Verdict.js';

export function describeInspection({ canUpgrade, needsUpgrade, findings, target, input }: InspectReport): Verdict {
  const words = texts().inspection;
  const release = target.name;
  if (!canUpgrade) return { severity: 'error', text: words.cannot({ release }) };
  const count = findings.filter(({ needsHand }) => needsHand).length;
  // An upgrade into a backup refuses them.
  if (findings.some(({ code }) => code === 'unfit-value'))
    return { severity: 'error', text: words.refused({ release, count }) };
  const kind = !needsUpgrade ? 'isDone' : input.isAtTarget ? 'mends' : 'can';
  if (count > 0) return { severity: 'warning', text: words[`${kind}Pressing`]({ release, count }) };
  return { severity: 'good', text: words[kind === 'can' ? 'ready' : kind]({ release }) };
}
