/** Parts that text pages share: findings, steps, changes. */

import { padStart } from '../core/displayWidth.js';
import type { Finding, Severity } from '../core/findings.js';
import { groupFindings } from '../core/groupFindings.js';
import { sentences } from '../core/language.js';
import { formatChange, type SettingChange } from '../gogs/settings/upgradeSettings.js';
import { sortFindings } from './sortFindings.js';
import type { NextStep } from './steps/NextStep.js';
import type { TableReport } from './TableReport.js';
import type { Style, TextPage } from './TextPage.js';
import { texts } from './texts.js';
import type { Verdict } from './Verdict.js';
import { describeChanges, describePlaces, describeRows, titleWithCount } from './wording.js';

const COLORS: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' };
/** The number of steps with a command that a short page shows. */
const STEPS_SHOWN = 3;

/** Findings that need a hand in full, then warnings by kind; a verbose page shows everything. */
export function addFindings(page: TextPage, findings: readonly Finding[]): void {
  const { pressing, warnings, infos } = sortFindings(findings);
  addInFull(page, texts().needsHand, pressing);
  if (page.verbose) {
    addInFull(page, texts().warnings, warnings);
    addInFull(page, texts().goodToKnow, infos);
  } else {
    addByKind(page, texts().warnings, warnings);
  }
}

/** Each finding with its places. Findings with the same consequence and remedy share one explanation. */
export function addInFull(page: TextPage, heading: string, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  page.heading(heading);
  for (const group of groupFindings(findings)) {
    const [{ severity, consequence, remedy }] = group;
    for (const finding of group) {
      const label = page.style(COLORS[severity], texts().severities[severity]);
      page.paragraph(texts().labelled({ label, text: titleWithCount(finding) }), 2, 2);
      if (finding.examples.length > 0) page.paragraph(describePlaces(finding), 4);
    }
    page.paragraph(sentences(consequence, remedy), 4);
  }
}

/** One line per code. */
function addByKind(page: TextPage, heading: string, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  page.heading(heading);
  const kinds = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const kind = kinds.get(finding.code);
    if (kind === undefined) kinds.set(finding.code, [finding]);
    else kind.push(finding);
  }
  for (const [first, ...others] of kinds.values()) {
    const places = describePlaces(first);
    const title = titleWithCount(first);
    const text = places === '' ? title : texts().labelled({ label: title, text: places });
    const whole = others.length === 0 ? text : texts().moreOfThisKind({ text, count: others.length });
    page.paragraph(`${page.style(COLORS[first.severity], '-')} ${whole}`, 2, 2);
  }
}

/** All steps, or the first ones that have a command. Numbers are those of the whole list. */
export function addSteps(page: TextPage, heading: string, steps: readonly NextStep[], all: boolean): void {
  const numbered = steps.map((step, index) => ({ ...step, number: index + 1 }));
  const shown = all ? numbered : numbered.filter(({ command }) => command !== undefined).slice(0, STEPS_SHOWN);
  if (shown.length === 0) return;
  page.heading(heading);
  const width = Math.max(...shown.map(({ number }) => String(number).length)) + 2;
  for (const { number, title, command, why } of shown) {
    page.paragraph(`${`${number}.`.padEnd(width)}${title}`, 2, width);
    if (command !== undefined) page.verbatim(page.style('bold', command), 2 + width);
    page.paragraph(why, 2 + width);
  }
}

export function addTables(page: TextPage, tables: readonly TableReport[]): void {
  for (const table of tables) {
    page.entry(`${table.type.padEnd(20)} ${padStart(describeRows(table), 14)}  `, describeChanges(table), 2);
  }
}

export function addSettings(page: TextPage, settings: readonly SettingChange[]): void {
  if (settings.length === 0) return;
  page.heading('app.ini');
  for (const change of settings) page.paragraph(formatChange(change), 2, 2);
}

/** `9 findings that are good to know`; empty if there are none. */
export function describeInfos(findings: readonly Finding[]): string {
  const infos = sortFindings(findings).infos.length;
  if (infos === 0) return '';
  return texts().infos({ count: infos });
}

const VERDICT_STYLES: Readonly<Record<Verdict['severity'], Style>> = { good: 'green', warning: 'yellow', error: 'red' };

/** Adds the last line. */
export function addVerdict(page: TextPage, { severity, text }: Verdict): void {
  page.blank().paragraph(page.style(VERDICT_STYLES[severity], text));
}
