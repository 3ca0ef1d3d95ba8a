/** The report of a verification for a terminal. The last line is the verdict. */
import { formatBytes, formatCount, formatSeconds, plural } from '../core/format.js';
import { outputFormatName } from '../core/outputFormats.js';
import { printable } from '../core/printable.js';
import { type TextLayout, TextPage } from './TextPage.js';
import { addInFull, addVerdict } from './textParts.js';
import type { VerifiedTable, VerifyReport } from './VerifyReport.js';
import { totalOf } from './wording.js';

const FILES_CHECKED: Readonly<Record<VerifyReport['files']['checked'], string>> = {
  nothing: '',
  contents: 'each against its CRC-32',
  input: 'compared with the input byte by byte',
  'contents and input': 'each against its CRC-32, and compared with the input byte by byte',
};

export function renderVerification(verified: VerifyReport, layout: TextLayout): string {
  const report = printable(verified);
  const { archive, findings, holds, seconds } = report;
  const page = new TextPage(layout);
  const head = `${archive.path}: ${outputFormatName(archive.format)} for Gogs ${archive.target}, ${formatBytes(archive.bytes)}, verified in ${formatSeconds(seconds)}`;
  page.paragraph(page.style('bold', head));
  for (const line of describeProofs(report)) page.paragraph(line, 2, 2);
  if (layout.verbose) addTables(page, report);
  addInFull(
    page,
    'What does not hold',
    findings.filter(({ severity }) => severity === 'error'),
  );
  addInFull(
    page,
    'Good to know',
    findings.filter(({ severity }) => severity !== 'error'),
  );
  addVerdict(page, holds ? { severity: 'good', text: 'It holds.' } : { severity: 'error', text: 'It does not hold.' });
  return page.toString();
}

function addTables(page: TextPage, { tables }: VerifyReport): void {
  page.heading('Tables');
  for (const { type, rowsRestored, rowsBySql, rowsExpected, tried } of tables) {
    const bySql = rowsBySql === 0 ? '' : `, ${formatCount(rowsBySql)} more by SQL`;
    const expected = rowsExpected === null ? '' : `, ${formatCount(rowsExpected)} expected`;
    page.paragraph(`${type}: ${plural(rowsRestored, 'row')}${bySql}${expected}; tried ${TRIED[tried]}`, 2, 4);
  }
}

const TRIED: Readonly<Record<VerifiedTable['tried'], string>> = {
  'every column': 'with every column',
  keys: 'with the columns of unique keys',
  ids: 'with nothing but ids',
};

/** What was checked, and how thoroughly. */
function describeProofs(report: VerifyReport): string[] {
  return [describeRows(report), ...describeComparison(report), ...describeTrial(report), ...describeFiles(report)];
}

function describeRows({ archive, tables }: VerifyReport): string {
  const bySql = totalOf(tables, ({ rowsBySql }) => rowsBySql);
  const restored = totalOf(tables, ({ rowsRestored }) => rowsRestored);
  const rows = `${plural(restored, 'row')} in ${plural(tables.length, 'table')}`;
  if (archive.format !== 'zip') return `${rows}, as a database has them`;
  const more = bySql === 0 ? '' : `, ${formatCount(bySql)} more come from ${archive.afterRestoreSql}`;
  return `${rows} ${restored === 1 ? 'is' : 'are'} read by gogs restore${more}`;
}

function describeComparison({ against, tables }: VerifyReport): string[] {
  const compared = tables.filter(isCompared);
  if (compared.length === 0) return [];
  const expected = totalOf(compared, ({ rowsExpected }) => rowsExpected ?? 0);
  return [`${plural(expected, 'row')} expected from ${against}, compared one by one`];
}

/** Empty for a database, which is read directly: nothing has to be inserted. */
function describeTrial({ archive, database, tables }: VerifyReport): string[] {
  if (archive.format !== 'zip') return [];
  const inPart = tables.filter(({ tried }) => tried !== 'every column').map(({ type }) => type);
  const how =
    inPart.length === 0
      ? ', every column'
      : `; of large tables only what has to be unique (${inPart.join(', ')}): --deep tries all`;
  return [`rows tried on ${database}${how}`];
}

function describeFiles({ archive, files }: VerifyReport): string[] {
  if (archive.format !== 'zip' && archive.format !== 'files') return [];
  if (files.checked === 'nothing') return ['its files were not looked at: --against compares them'];
  const entries = files.repositoryEntries;
  const opened = entries === null ? '' : `; repositories.zip opens, ${plural(entries, 'entry', 'entries')}`;
  return [`${plural(files.count, 'file')}, ${FILES_CHECKED[files.checked]}${opened}`];
}

const isCompared = ({ rowsExpected }: VerifiedTable): boolean => rowsExpected !== null;
