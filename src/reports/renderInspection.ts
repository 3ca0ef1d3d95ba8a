/** The report of an inspection for a terminal. The last line is the verdict. */
import { formatBytes, formatCount, plural } from '../core/format.js';
import { printable } from '../core/printable.js';
import type { InspectReport } from './InspectReport.js';
import { describeInspection } from './inspectionVerdict.js';
import { type TextLayout, TextPage } from './TextPage.js';
import { addFindings, addSettings, addSteps, addTables, addVerdict, describeInfos } from './textParts.js';
import { describeInput, isChanged, totalOf } from './wording.js';

const LARGEST = 5;

export function renderInspection(inspected: InspectReport, layout: TextLayout): string {
  const report = printable(inspected);
  const { findings, plan, target } = report;
  const page = new TextPage(layout);
  addHead(page, report);
  if (page.verbose) {
    addLargestTables(page, report);
    addChanges(page, report);
  }
  addFindings(page, findings);
  addSteps(page, 'What to do', plan, page.verbose);
  if (!page.verbose) {
    const more = [describeInfos(findings), 'the largest tables', `what an upgrade to Gogs ${target.name} changes`]
      .filter((text) => text !== '')
      .join(', ');
    page.blank();
    if (plan.length > 0) page.paragraph(`All ${plural(plan.length, 'step')}, as a page: --report FILE.html`);
    page.paragraph(`With --verbose also: ${more}`);
  }
  addVerdict(page, describeInspection(report));
  return page.toString();
}

function addHead(page: TextPage, { input, tables, otherTables, files, repositories }: InspectReport): void {
  const rows = totalOf(tables, ({ rowsIn }) => rowsIn);
  const filled = tables.filter(({ rowsIn }) => rowsIn > 0).length;
  page
    .paragraph(page.style('bold', input.path))
    .paragraph(
      `${describeInput(input)}, ${formatBytes(input.bytes)}${input.date === null ? '' : `, made ${input.date}`}`,
      2,
      2,
    )
    .paragraph(
      `Database: ${input.engine ?? 'unknown engine'}, ${plural(rows, 'row')} in ${plural(filled, 'table')}`,
      2,
      2,
    )
    .paragraph(`Files: ${files.length === 0 ? 'none' : describeFiles(files)}`, 2, 2);
  if (repositories !== null) {
    page.paragraph(
      `Repositories: ${formatCount(repositories.count)}, with ${plural(repositories.files, 'file')} (${formatBytes(repositories.bytes)})`,
      2,
      2,
    );
  }
  if (otherTables.length > 0) {
    const names = otherTables.map(({ name }) => JSON.stringify(name)).join(', ');
    page.paragraph(`Tables that are not those of Gogs: ${names}`, 2, 2);
  }
}

const describeFiles = (files: InspectReport['files']): string =>
  files.map(({ name, count, bytes }) => `${name} ${formatCount(count)} (${formatBytes(bytes)})`).join(', ');

function addLargestTables(page: TextPage, { tables }: InspectReport): void {
  const present = tables.filter(({ rowsIn, bytes }) => rowsIn > 0 || bytes > 0);
  page.heading('Largest tables');
  for (const { type, rowsIn, bytes, meaning } of present.slice(0, LARGEST)) {
    page.entry(
      `${type.padEnd(20)} ${plural(rowsIn, 'row').padStart(14)} ${formatBytes(bytes).padStart(9)}  `,
      meaning,
      2,
    );
  }
  if (present.length > LARGEST) {
    page.paragraph(`and ${formatCount(present.length - LARGEST)} more with rows; all of them: --json, --report`, 2);
  }
}

function addChanges(page: TextPage, { tables, settings, target }: InspectReport): void {
  const changed = tables.filter(isChanged);
  page.heading(`An upgrade to Gogs ${target.name} would change`);
  if (changed.length + settings.length === 0) page.paragraph('nothing', 2);
  addTables(page, changed);
  addSettings(page, settings);
}
