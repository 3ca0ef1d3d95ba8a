/** Writes the page of an inspection to a file that appears whole or not at all. */
import type { Readable } from 'node:stream';
import { OutputGate } from '../files/OutputGate.js';
import type { InspectReport } from '../reports/InspectReport.js';
import { inspectionPage } from '../reports/inspectionPage.js';

export interface InspectionPageOptions {
  readonly path: string;
  /** The inspected input; the page never replaces it. */
  readonly inputs: readonly (string | Readable)[];
  /** Replace an existing page. */
  readonly replace?: boolean | undefined;
}

/**
 * Opens the file before inspecting, so that an unwritable page is reported first. Throws OutputError if it cannot be written,
 * or exists and must not be replaced.
 */
export async function writeInspectionPage(
  { path, inputs, replace = false }: InspectionPageOptions,
  inspecting: () => Promise<InspectReport>,
): Promise<InspectReport> {
  const gate = await OutputGate.open({ inputs, replace });
  const file = await gate.file(path);
  try {
    const report = await inspecting();
    file.write(inspectionPage(report));
    await file.commit();
    return report;
  } finally {
    await file.abort();
  }
}
