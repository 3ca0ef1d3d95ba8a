/** What an inspection found, for people at a terminal. */

import { styleText } from 'node:util';
import type { Severity } from '../core/findings.js';
import { formatBytes, formatCount } from '../core/format.js';
import { type FindingGroup, groupFindings } from '../core/groupFindings.js';
import { printable } from '../core/printable.js';
import { formatChange } from '../gogs/settings/upgradeSettings.js';
import type { InspectedTable, InspectReport } from './InspectReport.js';
import type { NextStep } from './nextSteps.js';

const COLOR = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<Severity, string>;
const LARGEST = 5;
const INDENT = '    ';

/** @param width columns of the terminal */
export function renderInspection(inspected: InspectReport, width: number): string {
  const report = printable(inspected);
  const { tables, settings, findings, plan } = report;
  const present = tables.filter(({ rowsIn, bytes }) => rowsIn > 0 || bytes > 0);
  const changed = present.filter(({ rowsIn, rowsOut, changes }) => rowsIn !== rowsOut || changes.length > 0);
  return `${[
    ...renderHead(report),
    '',
    bold('Largest tables'),
    ...present.slice(0, LARGEST).map(renderTable),
    ...(present.length > LARGEST
      ? [`  and ${present.length - LARGEST} more with rows; all of them: --json, --report`]
      : []),
    '',
    bold(`An upgrade to Gogs ${report.target.name} would change`),
    ...(changed.length + settings.length === 0 ? ['  nothing'] : []),
    ...changed.map(renderChange),
    ...settings.map((change) => `  app.ini: ${formatChange(change)}`),
    '',
    bold('Findings'),
    ...(findings.length === 0 ? ['  none'] : groupFindings(findings).flatMap((group) => renderGroup(group, width))),
    '',
    bold('What to do, in this order'),
    ...plan.flatMap((step, index) => renderStep(step, index, width)),
  ].join('\n')}\n`;
}

const bold = (text: string): string => styleText('bold', text, { stream: process.stdout });
const count = (value: number): string => formatCount(value);

function renderHead({
  input,
  target,
  tables,
  otherTables,
  files,
  repositories,
  canUpgrade,
  findings,
}: InspectReport): string[] {
  const rows = tables.reduce((sum, { rowsIn }) => sum + rowsIn, 0);
  const pressing = findings.filter(({ needsHand }) => needsHand).length;
  const verdict = canUpgrade
    ? `${pressing === 0 ? 'Ready' : `${pressing} ${pressing === 1 ? 'finding needs' : 'findings need'} a hand`}: can be upgraded to Gogs ${target.name}`
    : `Cannot be upgraded to Gogs ${target.name}`;
  return [
    bold(input.path),
    `  ${input.form} of Gogs ${input.gogsVersion ?? '(unknown)'}, schema ${input.schemaVersion}, ` +
      `${formatBytes(input.bytes)}${input.date === null ? '' : `, made ${input.date}`}`,
    `  Database: ${input.engine ?? 'unknown engine'}; ${count(rows)} rows in ${tables.filter(({ rowsIn }) => rowsIn > 0).length} tables`,
    ...(files.length === 0
      ? ['  Files: none']
      : [
          `  Files: ${files.map(({ name, count: number, bytes }) => `${name} ${count(number)} (${formatBytes(bytes)})`).join(', ')}`,
        ]),
    ...(repositories === null
      ? []
      : [
          `  Repositories: ${count(repositories.count)}, with ${count(repositories.files)} files (${formatBytes(repositories.bytes)})`,
        ]),
    ...(otherTables.length === 0
      ? []
      : [`  Not of Gogs, and not carried over: ${otherTables.map(({ name }) => JSON.stringify(name)).join(', ')}`]),
    `  ${styleText(canUpgrade && pressing === 0 ? 'green' : 'yellow', verdict, { stream: process.stdout })}`,
  ];
}

const renderTable = ({ type, rowsIn, bytes, meaning }: InspectedTable): string =>
  `  ${type.padEnd(22)} ${`${count(rowsIn)} rows`.padStart(16)} ${formatBytes(bytes).padStart(10)}  ${meaning}`;

function renderChange({ type, rowsIn, rowsOut, leftOut, changes }: InspectedTable): string {
  const notes = [
    ...Object.entries(leftOut).map(([reason, number]) => `${count(number)} left out: ${reason}`),
    ...changes,
  ];
  const rows = rowsIn === rowsOut ? `${count(rowsIn)} rows` : `${count(rowsIn)} → ${count(rowsOut)} rows`;
  return `  ${type.padEnd(22)} ${rows.padStart(16)}  ${notes.join(', ')}`;
}

function renderGroup(group: FindingGroup, width: number): string[] {
  const [{ severity, consequence, remedy }] = group;
  const label = styleText(COLOR[severity], severity, { stream: process.stdout });
  return [
    ...group.flatMap(({ title, count: number, examples }) => {
      const more =
        number > examples.length && examples.length > 0 ? `, and ${count(number - examples.length)} more` : '';
      return [
        `  ${label}: ${title}${number > 1 ? ` (${count(number)})` : ''}`,
        ...(examples.length === 0 ? [] : wrap(`${examples.join('; ')}${more}`, width)),
      ];
    }),
    ...wrap(`${consequence} ${remedy}`, width),
  ];
}

function renderStep({ title, command, why }: NextStep, index: number, width: number): string[] {
  return [
    `  ${index + 1}. ${title}`,
    ...(command === undefined ? [] : [`${INDENT} ${bold(command)}`]),
    ...wrap(why, width),
  ];
}

/** Breaks at spaces. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && INDENT.length + line.length + 1 + word.length > width) {
      lines.push(INDENT + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, INDENT + line];
}
