/** The report of an inspection for a terminal. The last line is the verdict. */

import { padStart } from '../core/displayWidth.js';
import { formatBytes } from '../core/format.js';
import { listed } from '../core/language.js';
import { printable } from '../core/printable.js';
import { describeInspection } from './describeInspection.js';
import type { InspectReport } from './InspectReport.js';
import { type TextLayout, TextPage } from './TextPage.js';
import { addFindings, addSettings, addSteps, addTables, addVerdict, describeInfos } from './textParts.js';
import { texts } from './texts.js';
import { describeInput, fileGroupName, isChanged, totalOf } from './wording.js';

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
  addSteps(page, texts().inspection.whatToDo, plan, page.verbose);
  if (!page.verbose) {
    const { theLargestTables, whatChanges } = texts().inspection;
    const more = [describeInfos(findings), theLargestTables, whatChanges({ release: target.name })];
    page.blank();
    if (plan.length > 0) page.paragraph(texts().stepsAsPage({ count: plan.length }));
    page.paragraph(texts().withVerbose({ what: listed(more.filter((text) => text !== '')) }));
  }
  addVerdict(page, describeInspection(report));
  return page.toString();
}

function addHead(page: TextPage, { input, tables, otherTables, files, repositories }: InspectReport): void {
  const rows = totalOf(tables, ({ rowsIn }) => rowsIn);
  const filled = tables.filter(({ rowsIn }) => rowsIn > 0).length;
  const words = texts().inspection;
  const described = { input: describeInput(input), size: formatBytes(input.bytes) };
  page
    .paragraph(page.style('bold', input.path))
    .paragraph(input.date === null ? words.undated(described) : words.madeOn({ ...described, date: input.date }), 2, 2)
    .paragraph(words.database({ engine: input.engine ?? words.unknownEngine, rows, tables: filled }), 2, 2)
    .paragraph(words.files({ files: files.length === 0 ? words.none : describeFiles(files) }), 2, 2);
  if (repositories !== null) {
    const { count, files: inside, bytes } = repositories;
    page.paragraph(words.repositories({ count, files: inside, size: formatBytes(bytes) }), 2, 2);
  }
  if (otherTables.length > 0) {
    page.paragraph(words.otherTables({ names: listed(otherTables.map(({ name }) => JSON.stringify(name))) }), 2, 2);
  }
}

const describeFiles = (files: InspectReport['files']): string =>
  listed(
    files.map(({ name, count, bytes }) =>
      texts().inspection.fileGroup({ name: fileGroupName(name), count, size: formatBytes(bytes) }),
    ),
  );

function addLargestTables(page: TextPage, { tables }: InspectReport): void {
  const present = tables.filter(({ rowsIn, bytes }) => rowsIn > 0 || bytes > 0);
  page.heading(texts().inspection.largestTables);
  for (const { type, rowsIn, bytes, meaning } of present.slice(0, LARGEST)) {
    const label = `${type.padEnd(20)} ${padStart(texts().rows({ count: rowsIn }), 14)} ${padStart(formatBytes(bytes), 9)}  `;
    page.entry(label, meaning, 2);
  }
  if (present.length > LARGEST) {
    page.paragraph(texts().inspection.moreTables({ count: present.length - LARGEST }), 2);
  }
}

function addChanges(page: TextPage, { tables, settings, target }: InspectReport): void {
  const changed = tables.filter(isChanged);
  page.heading(texts().inspection.wouldChange({ release: target.name }));
  if (changed.length + settings.length === 0) page.paragraph(texts().inspection.nothing, 2);
  addTables(page, changed);
  addSettings(page, settings);
}
