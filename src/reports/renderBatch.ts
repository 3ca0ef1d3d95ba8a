/** The report of a batch for a terminal. The last line is the verdict. */
import { formatCount, formatSeconds, plural } from '../core/format.js';
import { printable } from '../core/printable.js';
import type { BatchReport } from './BatchReport.js';
import { describeBatch, isForeign, needsHand } from './batchVerdict.js';
import { type TextLayout, TextPage } from './TextPage.js';
import { addVerdict } from './textParts.js';

const NAMED = 20;

export function renderBatch(report: BatchReport, layout: TextLayout): string {
  const { totals, outDir, seconds, inputs, passedOver } = printable(report);
  const page = new TextPage(layout);
  const counts = Object.entries(totals).filter(([, count]) => count > 0);
  const text = counts.map(([status, count]) => `${formatCount(count)} ${status}`).join(', ') || 'nothing to do';
  page.paragraph(`${text}, in ${formatSeconds(seconds)}; outputs in ${outDir}`);
  addPassedOver(page, passedOver);
  const foreign = inputs.filter(isForeign);
  if (foreign.length > 0) page.heading('Not of Gogs');
  for (const { input } of layout.verbose ? foreign : foreign.slice(0, NAMED)) page.paragraph(`- ${input}`, 2, 2);
  addRest(page, foreign.length);
  const failed = inputs.filter((result) => result.failure !== null && !isForeign(result));
  // Failures were printed as they happened; do not repeat them while those lines are still visible.
  if (failed.length > 0 && inputs.length > NAMED) {
    page.heading('Failed');
    for (const { input, failure } of layout.verbose ? failed : failed.slice(0, NAMED)) {
      page.paragraph(`- ${input}: ${failure?.message}`, 2, 2);
    }
    addRest(page, failed.length);
  }
  const pressing = inputs.filter(needsHand);
  if (pressing.length > 0) page.heading('Need a hand');
  for (const { input, summary } of layout.verbose ? pressing : pressing.slice(0, NAMED)) {
    const titles = summary?.findings.flatMap((finding) => (finding.needsHand ? [finding.title] : [])) ?? [];
    page.paragraph(`- ${input}: ${titles.join('; ')}`, 2, 2);
  }
  addRest(page, pressing.length);
  if (totals.failed > 0 || totals['not begun'] > 0) {
    page
      .blank()
      .paragraph('Run the same command again to go on: what is done is kept, and what failed is tried again.');
  }
  addVerdict(page, describeBatch(report));
  return page.toString();
}

function addPassedOver(page: TextPage, passedOver: BatchReport['passedOver']): void {
  if (passedOver.length === 0) return;
  page.heading('Passed over');
  for (const { kind, count, examples } of page.verbose ? passedOver : passedOver.slice(0, NAMED)) {
    const more = count > examples.length ? ', …' : '';
    page.paragraph(`- ${kind}: ${plural(count, 'file')} (${examples.join(', ')}${more})`, 2, 2);
  }
}

function addRest(page: TextPage, count: number): void {
  if (!page.verbose && count > NAMED)
    page.paragraph(`and ${formatCount(count - NAMED)} more: --verbose or --report`, 2);
}
