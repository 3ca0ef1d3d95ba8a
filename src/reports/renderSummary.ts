/** The summary of an upgrade for people. */

import { styleText } from 'node:util';
import type { Severity } from '../core/findings.js';
import { formatBytes, formatCount } from '../core/format.js';
import { type FindingGroup, groupFindings } from '../core/groupFindings.js';
import { FORMAT_NAMES } from '../core/outputFormats.js';
import { printable } from '../core/printable.js';
import { formatChange } from '../gogs/settings/upgradeSettings.js';
import type { NextStep } from './nextSteps.js';
import type { TableReport } from './TableReport.js';
import type { UpgradeReport } from './UpgradeReport.js';
import type { VerifyReport } from './VerifyReport.js';

const COLOR = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<Severity, string>;
const bold = (text: string): string => styleText('bold', text, { stream: process.stderr });

export function renderSummary(report: UpgradeReport): string {
  const { input, output, tables, settings, files, findings, nextSteps, verification } = printable(report);
  const changed = tables.filter(
    ({ rowsIn, rowsOut, changes }) => rowsIn > 0 && (rowsIn !== rowsOut || changes.length > 0),
  );
  // What became of app.ini has a section of its own.
  const told = findings.filter(({ code }) => code !== 'setting-renamed');
  const rows = (count: (table: TableReport) => number): string =>
    formatCount(tables.reduce((sum, table) => sum + count(table), 0));
  return `${[
    bold(`${input.path}: ${input.form} of Gogs ${input.gogsVersion ?? '(unknown)'}, schema ${input.schemaVersion}`),
    bold(
      `${output.path}: ${FORMAT_NAMES[output.format]} for Gogs ${output.target}, ${formatBytes(output.bytes)}, in ${report.seconds} s`,
    ),
    `  ${rows((table) => table.rowsIn)} rows in, ${rows((table) => table.rowsOut)} rows out, in ${tables.length} tables; ` +
      `${formatCount(files.count)} files carried over as they are (${formatBytes(files.bytes)})`,
    ...(verification === null ? [] : [`  ${renderProof(verification)}`]),
    ...(changed.length === 0 ? [] : ['', bold('What changed'), ...changed.map(renderTable)]),
    ...(settings.length === 0 ? [] : ['', bold('app.ini'), ...settings.map((change) => `  ${formatChange(change)}`)]),
    ...(told.length === 0 ? [] : ['', bold('Findings'), ...groupFindings(told).flatMap(renderGroup)]),
    ...(nextSteps.length === 0 ? [] : ['', bold('Now, on the new server')]),
    ...nextSteps.flatMap(renderStep),
    ...(output.nextSteps === null ? [] : [`  (also in ${output.nextSteps}, with reasons)`]),
  ].join('\n')}\n`;
}

/** It held, or there would be no report. */
const renderProof = ({ database, seconds }: VerifyReport): string =>
  `verified in ${seconds} s: every row is there as gogs restore reads it, taken by ${database}; every file is as it was`;

function renderStep({ title, command }: NextStep, index: number): string[] {
  return [`  ${index + 1}. ${title}`, ...(command === undefined ? [] : [`     ${command}`])];
}

function renderTable({ type, rowsIn, rowsOut, leftOut, changes }: TableReport): string {
  const rows =
    rowsIn === rowsOut ? `${formatCount(rowsIn)} rows` : `${formatCount(rowsIn)} → ${formatCount(rowsOut)} rows`;
  const notes = [
    ...Object.entries(leftOut).map(([reason, count]) => `${formatCount(count)} left out: ${reason}`),
    ...changes,
  ];
  return `  ${type.padEnd(22)} ${rows.padStart(14)}  ${notes.join(', ')}`;
}

export function renderGroup(group: FindingGroup): string[] {
  const [{ severity, consequence, remedy }] = group;
  const label = styleText(COLOR[severity], severity, { stream: process.stderr });
  return [
    ...group.flatMap(({ title, count, examples }) => {
      const more = count > examples.length && examples.length > 0 ? `, and ${count - examples.length} more` : '';
      return [
        `  ${label}: ${title}${count > 1 ? ` (${formatCount(count)})` : ''}`,
        ...(examples.length === 0 ? [] : [`    ${examples.join('; ')}${more}`]),
      ];
    }),
    `    ${consequence} ${remedy}`,
  ];
}
