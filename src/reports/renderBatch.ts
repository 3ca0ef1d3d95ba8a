/** The report of a batch for a terminal. The last line is the verdict. */
import { formatSeconds } from '../core/format.js';
import { itemized, listed } from '../core/language.js';
import { printable } from '../core/printable.js';
import type { BatchReport } from './BatchReport.js';
import { describeBatch, isForeign, needsHand } from './describeBatch.js';
import { type TextLayout, TextPage } from './TextPage.js';
import { addVerdict } from './textParts.js';
import { texts } from './texts.js';

const NAMED = 20;

export function renderBatch(report: BatchReport, layout: TextLayout): string {
  const { totals, outDir, seconds, inputs, passedOver } = printable(report);
  const page = new TextPage(layout);
  const words = texts().batch;
  const counts = (['upgraded', 'kept', 'failed', 'not begun'] as const)
    .filter((state) => totals[state] > 0)
    .map((state) => words.count({ count: totals[state], state: words.states[state] }));
  const what = listed(counts) || words.nothingToDo;
  page.paragraph(words.head({ counts: what, time: formatSeconds(seconds), folder: outDir }));
  addPassedOver(page, passedOver);
  const foreign = inputs.filter(isForeign);
  if (foreign.length > 0) page.heading(words.foreign);
  for (const { input } of layout.verbose ? foreign : foreign.slice(0, NAMED)) page.paragraph(`- ${input}`, 2, 2);
  addRest(page, foreign.length);
  const failed = inputs.filter((result) => result.failure !== null && !isForeign(result));
  // Failures were printed as they happened; do not repeat them while those lines are still visible.
  if (failed.length > 0 && inputs.length > NAMED) {
    page.heading(words.failed);
    for (const { input, failure } of layout.verbose ? failed : failed.slice(0, NAMED)) {
      page.paragraph(`- ${texts().labelled({ label: input, text: String(failure?.message) })}`, 2, 2);
    }
    addRest(page, failed.length);
  }
  const pressing = inputs.filter(needsHand);
  if (pressing.length > 0) page.heading(words.needHand);
  for (const { input, summary } of layout.verbose ? pressing : pressing.slice(0, NAMED)) {
    const titles = summary?.findings.flatMap((finding) => (finding.needsHand ? [finding.title] : [])) ?? [];
    page.paragraph(`- ${texts().labelled({ label: input, text: itemized(titles) })}`, 2, 2);
  }
  addRest(page, pressing.length);
  if (totals.failed > 0 || totals['not begun'] > 0) {
    page.blank().paragraph(words.runAgain);
  }
  addVerdict(page, describeBatch(report));
  return page.toString();
}

function addPassedOver(page: TextPage, passedOver: BatchReport['passedOver']): void {
  if (passedOver.length === 0) return;
  page.heading(texts().batch.passedOver);
  for (const { kind, count, examples } of page.verbose ? passedOver : passedOver.slice(0, NAMED)) {
    const some = listed(count > examples.length ? [...examples, '…'] : examples);
    page.paragraph(`- ${texts().batch.filesOfKind({ kind, count, examples: some })}`, 2, 2);
  }
}

function addRest(page: TextPage, count: number): void {
  if (!page.verbose && count > NAMED) page.paragraph(texts().batch.andMore({ count: count - NAMED }), 2);
}
