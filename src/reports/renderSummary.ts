/** The report of an upgrade for a terminal: what was written, what needs a hand, the next steps, the verdict. */
import { formatBytes, formatSeconds } from '../core/format.js';
import { itemized, listed } from '../core/language.js';
import { outputFormatName } from '../core/outputFormats.js';
import { printable } from '../core/printable.js';
import { describeUpgrade } from './describeUpgrade.js';
import { withoutSettings } from './sortFindings.js';
import { type TextLayout, TextPage } from './TextPage.js';
import { addFindings, addSettings, addSteps, addTables, addVerdict, describeInfos } from './textParts.js';
import { texts } from './texts.js';
import type { UpgradeReport } from './UpgradeReport.js';
import type { VerifyReport } from './VerifyReport.js';
import { describeInput, isChanged, totalOf } from './wording.js';

export function renderSummary(upgraded: UpgradeReport, layout: TextLayout): string {
  const report = printable(upgraded);
  const { output, tables, settings, nextSteps } = report;
  const page = new TextPage(layout);
  addHead(page, report);
  const otherCounts = tables.filter(({ rowsIn, rowsOut }) => rowsIn !== rowsOut);
  if (layout.verbose) {
    const changed = tables.filter(isChanged);
    if (changed.length > 0) page.heading(texts().upgrade.whatChanged);
    addTables(page, changed);
    addSettings(page, settings);
  } else if (otherCounts.length > 0) {
    page.heading(texts().upgrade.leftOutOrAdded);
    addTables(page, otherCounts);
  }
  // The changes to app.ini have a section of their own.
  addFindings(page, withoutSettings(report.findings));
  const all = layout.verbose || output.nextSteps === null;
  addSteps(page, texts().upgrade.next, nextSteps, all);
  addOmissions(page, report);
  addVerdict(page, describeUpgrade(report));
  return page.toString();
}

function addHead(page: TextPage, { input, output, tables, files, verification, seconds }: UpgradeReport): void {
  const words = texts().upgrade;
  const head = words.head({
    path: output.path,
    format: outputFormatName(output.format),
    release: output.target,
    size: formatBytes(output.bytes),
    time: formatSeconds(seconds),
  });
  const rows = words.rows({
    rowsIn: totalOf(tables, ({ rowsIn }) => rowsIn),
    rowsOut: totalOf(tables, ({ rowsOut }) => rowsOut),
    tables: tables.length,
  });
  const copied = words.files({ files: files.count, size: formatBytes(files.bytes) });
  page
    .paragraph(page.style('bold', head))
    .paragraph(words.from({ path: input.path, input: describeInput(input) }), 2, 2)
    .paragraph(itemized(files.count === 0 ? [rows] : [rows, copied]), 2, 2);
  if (verification !== null) page.paragraph(describeProof(verification), 2, 2);
}

/** The verification passed, or there would be no report. */
function describeProof({ archive, seconds }: VerifyReport): string {
  const { verified, verifiedDatabase, verifiedFolder } = texts().upgrade;
  const time = formatSeconds(seconds);
  if (archive.format === 'zip') return verified({ time });
  return archive.format === 'files' ? verifiedFolder({ time }) : verifiedDatabase({ time });
}

/** Says what a short page leaves out, and where to find it. */
function addOmissions(page: TextPage, { findings, settings, nextSteps, output }: UpgradeReport): void {
  if (page.verbose) return;
  page.blank();
  if (output.nextSteps !== null) {
    page.paragraph(texts().stepsIn({ count: nextSteps.length, page: output.nextSteps }));
  }
  const more = [
    describeInfos(findings),
    settings.length === 0 ? '' : texts().upgrade.settings({ count: settings.length }),
  ].filter((text) => text !== '');
  if (more.length > 0) page.paragraph(texts().withVerbose({ what: listed(more) }));
}
