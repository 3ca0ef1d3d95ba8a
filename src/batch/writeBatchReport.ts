/** Writes the report of a batch to a file: CSV for a spreadsheet, JSON for programs, HTML for people. */
import { dirname, extname, relative, resolve, sep } from 'node:path';
import { UsageError } from '../core/errors.js';
import { writeFileAtomically } from '../files/writeFileAtomically.js';
import type { BatchReport } from '../reports/BatchReport.js';
import { texts } from './texts.js';

/** `linkTo`: the address of a file of the output folder, relative to the report. */
type Render = (report: BatchReport, linkTo: (path: string) => string) => string | Promise<string>;

/** Each is loaded on demand. */
const RENDERERS: Readonly<Record<string, () => Promise<Render>>> = {
  '.csv': async () => (await import('../reports/batchCsv.js')).batchCsv,
  '.html': async () => (await import('../reports/batchPage.js')).batchPage,
  '.json': async () => (report) => `${JSON.stringify(report, undefined, 2)}\n`,
};

/** Throws UsageError before the work begins, not after hours of it. */
export function checkReportPath(path: string): void {
  if (rendererOf(path) === undefined) {
    throw new UsageError(texts().unknownReport({ path }));
  }
}

export async function writeBatchReport(path: string, report: BatchReport): Promise<void> {
  checkReportPath(path);
  const render = await rendererOf(path)?.();
  if (render === undefined) return;
  const folder = relative(dirname(resolve(path)), resolve(report.outDir)).replaceAll(sep, '/');
  const linkTo = (file: string): string =>
    [...folder.split('/'), ...file.split('/')]
      .filter((part) => part !== '')
      .map(encodeURIComponent)
      .join('/');
  await writeFileAtomically(path, await render(report, linkTo));
}

const rendererOf = (path: string): (() => Promise<Render>) | undefined => RENDERERS[extname(path).toLowerCase()];
