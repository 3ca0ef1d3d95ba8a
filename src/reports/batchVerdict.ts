/** The result of a batch in one sentence. */
import { formatCount, plural } from '../core/format.js';
import type { BatchReport, BatchResult } from './BatchReport.js';
import type { Verdict } from './Verdict.js';

/** Whether the output of a backup needs a hand. */
export const needsHand = ({ summary }: BatchResult): boolean =>
  summary?.findings.some((finding) => finding.needsHand) === true;

/** Whether an input could be read but is not from Gogs. */
export const isForeign = ({ failure }: BatchResult): boolean => failure?.kind === 'ForeignInputError';

export function describeBatch({ inputs, totals }: BatchReport): Verdict {
  const undone = totals.failed + totals['not begun'];
  const pressing = inputs.filter(needsHand).length;
  const done = totals.upgraded + totals.kept;
  const hand = `${plural(pressing, 'output')} ${pressing === 1 ? 'needs' : 'need'} a hand`;
  if (undone > 0) {
    const notBegun = totals['not begun'] === 0 ? '' : `, ${formatCount(totals['not begun'])} not begun`;
    const foreign = inputs.filter(isForeign).length;
    const others = foreign === 0 ? '' : ` (${formatCount(foreign)} not of Gogs)`;
    const text = `${formatCount(totals.failed)} of ${formatCount(inputs.length)} failed${others}${notBegun}; ${pressing === 0 ? `${formatCount(done)} done` : hand}.`;
    return { severity: 'error', text };
  }
  if (pressing > 0) return { severity: 'warning', text: `All ${formatCount(done)} done; ${hand}.` };
  return {
    severity: 'good',
    text: done === 0 ? 'Nothing to do.' : `All ${formatCount(done)} done, and none needs a hand.`,
  };
}
