/** Writes the page of an inspection to a file that appears whole or not at all. */
import type { Readable } from 'node:stream';
import { AtomicFile } from '../files/AtomicFile.js';
import { InputState } from '../inputs/InputState.js';
import type { InspectReport } from '../reports/InspectReport.js';
import { inspectionPage } from '../reports/inspectionPage.js';

export interface InspectionPageOptions {
  readonly path: string;
  /** The inspected input; the page never replaces it. */
  readonly input: string | Readable;
  /** Replace an existing page. */
  readonly replace?: boolean | undefined;
}

/**
 * Opens the file before inspecting, so that an unwritable page is reported first. Throws OutputError if it cannot be written,
 * or exists and must not be replaced.
 */
export async function writeInspectionPage(
  { path, input, replace = false }: InspectionPageOptions,
  inspecting: () => Promise<InspectReport>,
): Promise<InspectReport> {
  if (typeof input === 'string') await (await InputState.of(input)).refuseAsOutput(path);
  const file = await AtomicFile.create(path, { replace });
  try {
    const report = await inspecting();
    await file.handle.appendFile(inspectionPage(report));
    await file.commit();
    return report;
  } finally {
    await file.abort();
  }
}
