/** What a batch did, for people at a terminal. The last line is the verdict. */
import { formatCount, formatSeconds } from '../core/format.js';
import { printable } from '../core/printable.js';
import type { BatchReport } from './BatchReport.js';
import { describeBatch, needsHand } from './batchVerdict.js';
import { type TextLayout, TextPage } from './TextPage.js';

const NAMED = 20;

export function renderBatch(report: BatchReport, layout: TextLayout): string {
  const { totals, outDir, seconds, inputs } = printable(report);
  const page = new TextPage(layout);
  const counts = Object.entries(totals).filter(([, count]) => count > 0);
  const text = counts.map(([status, count]) => `${formatCount(count)} ${status}`).join(', ') || 'nothing to do';
  page.paragraph(`${text}, in ${formatSeconds(seconds)}; outputs in ${outDir}`);
  const pressing = inputs.filter(needsHand);
  if (pressing.length > 0) page.heading('Need a hand');
  for (const { input, summary } of layout.verbose ? pressing : pressing.slice(0, NAMED)) {
    const titles = summary?.findings.flatMap((finding) => (finding.needsHand ? [finding.title] : [])) ?? [];
    page.paragraph(`- ${input}: ${titles.join('; ')}`, 2, 2);
  }
  if (!layout.verbose && pressing.length > NAMED) {
    page.paragraph(`and ${formatCount(pressing.length - NAMED)} more: --verbose or --report`, 2);
  }
  const { severity, text: verdict } = describeBatch(report);
  const style = ({ good: 'green', warning: 'yellow', error: 'red' } as const)[severity];
  return page.blank().paragraph(page.style(style, verdict)).toString();
}
