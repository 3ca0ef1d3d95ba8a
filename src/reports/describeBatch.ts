/** The result of a batch in one sentence. */
import type { BatchReport, BatchResult } from './BatchReport.js';
import { texts } from './texts.js';
import type { Verdict } from './Verdict.js';

/** Whether the output of a backup needs a hand. */
export const needsHand = ({ summary }: BatchResult): boolean =>
  summary?.findings.some((finding) => finding.needsHand) === true;

/** Whether an input could be read but is not from Gogs. */
export const isForeign = ({ failure }: BatchResult): boolean => failure?.kind === 'ForeignInputError';

export function describeBatch({ inputs, totals }: BatchReport): Verdict {
  const words = texts().batch;
  const count = inputs.filter(needsHand).length;
  const done = totals.upgraded + totals.kept;
  if (totals.failed + totals['not begun'] > 0) {
    const some = { failed: totals.failed, inputs: inputs.length };
    const foreign = inputs.filter(isForeign).length;
    const failed = foreign === 0 ? words.failures(some) : words.failuresForeign({ ...some, foreign });
    const left = totals['not begun'];
    const failures = left === 0 ? failed : words.notBegun({ failures: failed, count: left });
    const text = count === 0 ? words.failedAndDone({ failures, done }) : words.failedAndPressing({ failures, count });
    return { severity: 'error', text };
  }
  if (count > 0) return { severity: 'warning', text: words.donePressing({ done, count }) };
  return { severity: 'good', text: done === 0 ? words.nothing : words.done({ done }) };
}
