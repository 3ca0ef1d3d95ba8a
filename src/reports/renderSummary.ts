/** The report of an upgrade for a terminal: what was written, what needs a hand, the next steps, the verdict. */
import { formatBytes, formatSeconds, plural } from '../core/format.js';
import { outputFormatName } from '../core/outputFormats.js';
import { printable } from '../core/printable.js';
import { withoutSettings } from './sortFindings.js';
import { type TextLayout, TextPage } from './TextPage.js';
import { addFindings, addSettings, addSteps, addTables, addVerdict, describeInfos } from './textParts.js';
import type { UpgradeReport } from './UpgradeReport.js';
import { describeUpgrade } from './upgradeVerdict.js';
import type { VerifyReport } from './VerifyReport.js';
import { describeInput, isChanged, totalOf } from './wording.js';

export function renderSummary(upgraded: UpgradeReport, layout: TextLayout): string {
  const report = printable(upgraded);
  const { output, tables, settings, nextSteps } = report;
  const page = new TextPage(layout);
  addHead(page, report);
  const leftOut = tables.filter(({ rowsIn, rowsOut }) => rowsIn !== rowsOut);
  if (layout.verbose) {
    const changed = tables.filter(isChanged);
    if (changed.length > 0) page.heading('What changed');
    addTables(page, changed);
    addSettings(page, settings);
  } else if (leftOut.length > 0) {
    page.heading('What was left out');
    addTables(page, leftOut);
  }
  // The changes to app.ini have a section of their own.
  addFindings(page, withoutSettings(report.findings));
  const all = layout.verbose || output.nextSteps === null;
  addSteps(page, 'Next, on the new server', nextSteps, all);
  addWhereTheRestIs(page, report);
  addVerdict(page, describeUpgrade(report));
  return page.toString();
}

function addHead(page: TextPage, { input, output, tables, files, verification, seconds }: UpgradeReport): void {
  const rows = `${plural(
    totalOf(tables, ({ rowsIn }) => rowsIn),
    'row',
  )} in, ${plural(
    totalOf(tables, ({ rowsOut }) => rowsOut),
    'row',
  )} out, in ${plural(tables.length, 'table')}`;
  page
    .paragraph(
      page.style(
        'bold',
        `${output.path}: ${outputFormatName(output.format)} for Gogs ${output.target}, ${formatBytes(output.bytes)}, in ${formatSeconds(seconds)}`,
      ),
    )
    .paragraph(`from ${input.path}: ${describeInput(input)}`, 2, 2)
    .paragraph(`${rows}; ${plural(files.count, 'file')} copied unchanged (${formatBytes(files.bytes)})`, 2, 2);
  if (verification !== null) page.paragraph(describeProof(verification), 2, 2);
}

/** The verification passed, or there would be no report. */
const describeProof = ({ database, seconds }: VerifyReport): string =>
  `verified in ${formatSeconds(seconds)}: every row is there as gogs restore reads it, taken by ${database}; every file is as it was`;

/** Says what a short page leaves out, and where to find it. */
function addWhereTheRestIs(page: TextPage, { findings, settings, nextSteps, output }: UpgradeReport): void {
  if (page.verbose) return;
  page.blank();
  if (output.nextSteps !== null) {
    page.paragraph(`All ${plural(nextSteps.length, 'step')}, with what was found: ${output.nextSteps}`);
  }
  const more = [
    describeInfos(findings),
    settings.length === 0 ? '' : plural(settings.length, 'change to app.ini', 'changes to app.ini'),
  ]
    .filter((text) => text !== '')
    .join(', ');
  if (more !== '') page.paragraph(`With --verbose also: ${more}`);
}
