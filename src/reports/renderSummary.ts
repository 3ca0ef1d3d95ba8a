/** What an upgrade did, for people at a terminal: what was written, what needs a hand, what to do next, the verdict. */
import type { Finding } from '../core/findings.js';
import { formatBytes, formatSeconds, plural } from '../core/format.js';
import { outputFormatName } from '../core/outputFormats.js';
import { printable } from '../core/printable.js';
import { type TextLayout, TextPage } from './TextPage.js';
import { addFindings, addSettings, addSteps, addTables, describeInfos } from './textParts.js';
import type { UpgradeReport } from './UpgradeReport.js';
import type { VerifyReport } from './VerifyReport.js';
import { describeInput, describePressing, isChanged, totalOf } from './wording.js';

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
  // What became of app.ini has a section of its own.
  addFindings(
    page,
    report.findings.filter(({ code }) => code !== 'setting-renamed'),
  );
  const all = layout.verbose || output.nextSteps === null;
  addSteps(page, 'Next, on the new server', nextSteps, all);
  addWhereTheRestIs(page, report);
  const { style, text } = verdictOf(report);
  page.blank().paragraph(page.style(style, text));
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

/** It held, or there would be no report. */
const describeProof = ({ database, seconds }: VerifyReport): string =>
  `verified in ${formatSeconds(seconds)}: every row is there as gogs restore reads it, taken by ${database}; every file is as it was`;

/** What a short page leaves out, and where it is. */
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

/** The last line: whether the output is ready. */
export function verdictOf({ output, findings }: UpgradeReport): { style: 'green' | 'yellow'; text: string } {
  const pressing = findings.filter(({ needsHand }) => needsHand).length;
  const where = output.nextSteps ?? 'the steps above';
  if (pressing > 0) {
    return {
      style: 'yellow',
      text: `Written, but ${describePressing(pressing)}: see above, then follow ${where}.`,
    };
  }
  const what = isRehearsal(findings)
    ? `Ready for a test server with Gogs ${output.target}`
    : `Ready for Gogs ${output.target}`;
  return { style: 'green', text: `${what}: follow ${where}.` };
}

const isRehearsal = (findings: readonly Finding[]): boolean => findings.some(({ code }) => code === 'rehearsal');
