/** Says in one sentence whether the output of an upgrade is ready. */
import { texts } from './texts.js';
import type { UpgradeReport } from './UpgradeReport.js';
import type { Verdict } from './Verdict.js';

/** `isAlone`: the steps are not printed before it. */
export function describeUpgrade({ output, findings }: UpgradeReport, { isAlone = false } = {}): Verdict {
  const words = texts().upgrade;
  const count = findings.filter(({ needsHand }) => needsHand).length;
  const steps = output.nextSteps ?? (isAlone ? words.stepsNotPrinted : words.stepsAbove);
  if (count > 0) return { severity: 'warning', text: words.pressing({ count, steps }) };
  const isRehearsal = findings.some(({ code }) => code === 'rehearsal');
  const ready = isRehearsal ? words.readyForTest : words.ready;
  return { severity: 'good', text: ready({ release: output.target, steps }) };
}
