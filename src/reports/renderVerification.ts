/** The result of a verification as a page for people. */

import { styleText } from 'node:util';
import { formatBytes, formatCount } from '../core/format.js';
import { groupFindings } from '../core/groupFindings.js';
import { printable } from '../core/printable.js';
import { renderGroup } from './renderSummary.js';
import type { VerifiedTable, VerifyReport } from './VerifyReport.js';

const style = (color: 'bold' | 'green' | 'red', text: string): string =>
  styleText(color, text, { stream: process.stderr });

const FILES_CHECKED: Readonly<Record<VerifyReport['files']['checked'], string>> = {
  contents: 'each against its CRC-32',
  input: 'each the same bytes as in the input',
  'contents and input': 'each against its CRC-32, and the same bytes as in the input',
};

export function renderVerification(report: VerifyReport): string {
  const { archive, against, database, tables, files, findings, holds, seconds } = printable(report);
  const total = (count: (table: VerifiedTable) => number): number =>
    tables.reduce((sum, table) => sum + count(table), 0);
  const restored = total(({ rowsRestored }) => rowsRestored);
  const bySql = total(({ rowsBySql }) => rowsBySql);
  const expected = tables.some(({ rowsExpected }) => rowsExpected !== null)
    ? total((table) => table.rowsExpected ?? 0)
    : null;
  const inPart = tables.filter(({ tried }) => tried !== 'every column').map(({ type }) => type);
  const number = (value: number): string => formatCount(value);
  return `${[
    style(
      'bold',
      `${archive.path}: backup for Gogs ${archive.target}, ${formatBytes(archive.bytes)}, verified in ${seconds} s`,
    ),
    `  ${number(restored)} rows in ${tables.length} tables are read by gogs restore` +
      (bySql === 0 ? '' : `, ${number(bySql)} more come from ${archive.afterRestoreSql}`),
    ...(expected === null ? [] : [`  ${number(expected)} rows are what ${against} leads to, compared one by one`]),
    `  rows tried on ${database}` +
      (inPart.length === 0
        ? ', every column'
        : `; of large tables only what has to be unique (${inPart.join(', ')}): --deep tries all`),
    `  ${number(files.count)} files, ${FILES_CHECKED[files.checked]}` +
      (files.repositoryEntries === null ? '' : `; repositories.zip opens, ${number(files.repositoryEntries)} entries`),
    ...(findings.length === 0 ? [] : ['', ...groupFindings(findings).flatMap(renderGroup)]),
    '',
    holds ? style('green', 'It holds.') : style('red', 'It does not hold.'),
  ].join('\n')}\n`;
}
