/** Writes what a batch did into a file: CSV for a spreadsheet, JSON for programs, a page of HTML for people. */
import { extname } from 'node:path';
import { UsageError } from '../core/errors.js';
import { writeFileAtomically } from '../files/writeFileAtomically.js';
import type { BatchReport } from '../reports/BatchReport.js';

type Render = (report: BatchReport) => string | Promise<string>;

/** Each is loaded when it is needed. */
const RENDERERS: Readonly<Record<string, () => Promise<Render>>> = {
  '.csv': async () => (await import('../reports/renderCsvReport.js')).renderCsvReport,
  '.html': async () => (await import('../reports/renderHtmlReport.js')).renderHtmlReport,
  '.json': async () => (report) => `${JSON.stringify(report, undefined, 2)}\n`,
};

/** Throws UsageError: before hours of work, not after. */
export function checkReportPath(path: string): void {
  if (rendererOf(path) === undefined) {
    throw new UsageError(`Cannot tell what kind of report ${path} is to be: end it in .csv, .json or .html.`);
  }
}

export async function writeBatchReport(path: string, report: BatchReport): Promise<void> {
  checkReportPath(path);
  const render = await rendererOf(path)?.();
  if (render !== undefined) await writeFileAtomically(path, await render(report));
}

const rendererOf = (path: string): (() => Promise<Render>) | undefined => RENDERERS[extname(path).toLowerCase()];
