/** Writes the report of a batch to a file: CSV for a spreadsheet, JSON for programs, HTML for people. */

import { dirname, extname, relative, resolve, sep } from 'node:path';
import { UsageError } from '../core/errors.js';
import { printableJson } from '../core/printable.js';
import { outputError } from '../core/systemErrors.js';
import type { OutputGate } from '../files/OutputGate.js';
import type { BatchReport } from '../reports/BatchReport.js';
import { texts } from './texts.js';

/** `linkTo`: the address of a file of the output folder, relative to the report. */
type Render = (report: BatchReport, linkTo: (path: string) => string) => string | Promise<string>;

/** Each is loaded on demand. */
const RENDERERS: Readonly<Record<string, () => Promise<Render>>> = {
  '.csv': async () => (await import('../reports/batchCsv.js')).batchCsv,
  '.html': async () => (await import('../reports/batchPage.js')).batchPage,
  '.json': async () => (report) => `${printableJson(report)}\n`,
};

/** Throws UsageError before the work begins, not after hours of it. */
export function checkReportPath(path: string): void {
  if (rendererOf(path) === undefined) {
    throw new UsageError(texts().unknownReport({ path }));
  }
}

/** Replaces an earlier report; the caller has checked that it is one. */
export async function writeBatchReport(path: string, report: BatchReport, gate: OutputGate): Promise<void> {
  checkReportPath(path);
  const render = await rendererOf(path)?.();
  if (render === undefined) return;
  const folder = relative(dirname(resolve(path)), resolve(report.outDir)).replaceAll(sep, '/');
  const linkTo = (file: string): string =>
    [...folder.split('/'), ...file.split('/')]
      .filter((part) => part !== '')
      .map(encodeURIComponent)
      .join('/');
  const file = await gate.file(path, { replace: true });
  try {
    file.write(await render(report, linkTo));
    await file.commit();
  } catch (error) {
    await file.abort();
    throw outputError(path, error);
  }
}

const rendererOf = (path: string): (() => Promise<Render>) | undefined => RENDERERS[extname(path).toLowerCase()];
