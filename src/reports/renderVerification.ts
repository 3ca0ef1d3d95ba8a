/** The report of a verification for a terminal. The last line is the verdict. */
import { formatBytes, formatSeconds } from '../core/format.js';
import { listed } from '../core/language.js';
import { outputFormatName } from '../core/outputFormats.js';
import { printable } from '../core/printable.js';
import { type TextLayout, TextPage } from './TextPage.js';
import { addInFull, addVerdict } from './textParts.js';
import { texts } from './texts.js';
import type { VerifiedTable, VerifyReport } from './VerifyReport.js';
import { totalOf } from './wording.js';

export function renderVerification(verified: VerifyReport, layout: TextLayout): string {
  const report = printable(verified);
  const { archive, findings, holds, seconds } = report;
  const page = new TextPage(layout);
  const words = texts().verification;
  const head = words.head({
    path: archive.path,
    format: outputFormatName(archive.format),
    release: archive.target,
    size: formatBytes(archive.bytes),
    time: formatSeconds(seconds),
  });
  page.paragraph(page.style('bold', head));
  for (const line of describeProofs(report)) page.paragraph(line, 2, 2);
  if (layout.verbose) addTables(page, report);
  addInFull(
    page,
    words.doesNotHold,
    findings.filter(({ severity }) => severity === 'error'),
  );
  addInFull(
    page,
    texts().goodToKnow,
    findings.filter(({ severity }) => severity !== 'error'),
  );
  addVerdict(page, holds ? { severity: 'good', text: words.holds } : { severity: 'error', text: words.fails });
  return page.toString();
}

function addTables(page: TextPage, { tables }: VerifyReport): void {
  const words = texts().verification;
  page.heading(words.tables);
  for (const { type, rowsRestored, rowsBySql, rowsExpected, tried } of tables) {
    const restored = texts().rows({ count: rowsRestored });
    const withSql = rowsBySql === 0 ? restored : words.bySql({ rows: restored, count: rowsBySql });
    const rows = rowsExpected === null ? withSql : words.expected({ rows: withSql, count: rowsExpected });
    page.paragraph(words.table({ table: type, rows, tried: words.tried[tried] }), 2, 4);
  }
}

/** What was checked, and how thoroughly. */
function describeProofs(report: VerifyReport): string[] {
  return [describeRows(report), ...describeComparison(report), ...describeTrial(report), ...describeFiles(report)];
}

function describeRows({ archive, tables }: VerifyReport): string {
  const count = totalOf(tables, ({ rowsBySql }) => rowsBySql);
  const read = { rows: totalOf(tables, ({ rowsRestored }) => rowsRestored), tables: tables.length };
  const words = texts().verification;
  if (archive.format !== 'zip') return words.inDatabase(read);
  return count === 0
    ? words.read(read)
    : words.readAndLoaded({ ...read, count, path: String(archive.afterRestoreSql) });
}

function describeComparison({ against, tables }: VerifyReport): string[] {
  const compared = tables.filter(isCompared);
  if (compared.length === 0) return [];
  const rows = totalOf(compared, ({ rowsExpected }) => rowsExpected ?? 0);
  return [texts().verification.compared({ rows, input: String(against) })];
}

/** Empty for a database, which is read directly: nothing has to be inserted. */
function describeTrial({ archive, database, tables }: VerifyReport): string[] {
  if (archive.format !== 'zip' || tables.length === 0) return [];
  const tried = tables.filter((table) => table.tried === 'every column').map(({ type }) => type);
  const { triedAll, triedInPart, keysCompared } = texts().verification;
  if (database === null || tried.length === 0) return [keysCompared];
  return [tried.length === tables.length ? triedAll({ database }) : triedInPart({ database, tables: listed(tried) })];
}

function describeFiles({ archive, files }: VerifyReport): string[] {
  if (archive.format !== 'zip' && archive.format !== 'files') return [];
  const words = texts().verification;
  if (files.checked === 'nothing') return [words.filesNotChecked];
  const checked = words.files[files.checked]({ count: files.count });
  const entries = files.repositoryEntries;
  return [entries === null ? checked : words.repositoriesOpen({ files: checked, count: entries })];
}

const isCompared = ({ rowsExpected }: VerifiedTable): boolean => rowsExpected !== null;
