/** The result of an inspection in one sentence. */
import type { InspectReport } from './InspectReport.js';
import type { Verdict } from './Verdict.js';
import { describePressing } from './wording.js';

export function describeInspection({ canUpgrade, needsUpgrade, findings, target, input }: InspectReport): Verdict {
  const pressing = findings.filter(({ needsHand }) => needsHand).length;
  if (!canUpgrade) return { severity: 'error', text: `Cannot be upgraded to Gogs ${target.name}.` };
  const what = needsUpgrade
    ? input.isAtTarget
      ? `For Gogs ${target.name} already, but an upgrade mends what its restore would lose`
      : `Can be upgraded to Gogs ${target.name}`
    : `For Gogs ${target.name} already: no upgrade is needed`;
  if (pressing > 0) return { severity: 'warning', text: `${what}; ${describePressing(pressing)}.` };
  return {
    severity: 'good',
    text: needsUpgrade && !input.isAtTarget ? `Ready: can be upgraded to Gogs ${target.name}.` : `${what}.`,
  };
}
