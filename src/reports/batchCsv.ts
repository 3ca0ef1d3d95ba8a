/** The report of a batch as CSV (RFC 4180): one line per input, and nothing but the table. */
import { writeToString } from 'fast-csv';
import type { BatchReport, BatchResult } from './BatchReport.js';

const COLUMNS: Readonly<Record<string, (result: BatchResult) => string | number | boolean | null | undefined>> = {
  input: ({ input }) => input,
  output: ({ output }) => output,
  status: ({ status }) => status,
  form: ({ summary }) => summary?.form,
  gogs_version: ({ summary }) => summary?.gogsVersion,
  schema_version: ({ summary }) => summary?.schemaVersion,
  target: ({ summary }) => summary?.target,
  is_at_target: ({ summary }) => summary?.isAtTarget,
  rows_in: ({ summary }) => summary?.rowsIn,
  rows_out: ({ summary }) => summary?.rowsOut,
  changes: ({ summary }) => summary?.changes.join('; '),
  findings: ({ summary }) =>
    summary?.findings.map(({ severity, title, count }) => `${severity}: ${title} (${count})`).join('; '),
  seconds: ({ seconds }) => seconds,
  input_bytes: ({ inputBytes }) => inputBytes,
  output_bytes: ({ files }) => files[0]?.bytes,
  input_sha256: ({ inputSha256 }) => inputSha256,
  output_sha256: ({ files }) => files[0]?.sha256,
  error: ({ failure }) => failure?.kind,
  error_message: ({ failure }) => failure?.message,
};

export function batchCsv({ inputs }: BatchReport): Promise<string> {
  const rows = inputs.map((result) => Object.values(COLUMNS).map((value) => safeCell(value(result) ?? '')));
  return writeToString([Object.keys(COLUMNS), ...rows], { includeEndRowDelimiter: true });
}

/**
 * Spreadsheets would run cells that begin like this as formulas, and file names come from outside; a leading apostrophe makes
 * them text (OWASP, CSV Injection). Not for numbers: none here is negative.
 */
const FORMULA = /^[=+\-@\t\r\n]|^[\s\u00a0]+[=+\-@]/;

const safeCell = <T>(value: T): T | string => (typeof value === 'string' && FORMULA.test(value) ? `'${value}` : value);
