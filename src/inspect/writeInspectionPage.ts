/** Writes the page of an inspection into a file, whole or not at all. */
import { AtomicFile } from '../files/AtomicFile.js';
import type { InspectReport } from '../reports/InspectReport.js';
import { inspectionPage } from '../reports/inspectionPage.js';

export interface InspectionPageOptions {
  readonly path: string;
  /** Replace a page that exists. */
  readonly replace?: boolean | undefined;
}

/**
 * Opens the file, inspects, and writes what was found: a page that cannot be written is told of before the work.
 * Throws OutputError when it cannot be written, or exists and may not be replaced.
 */
export async function writeInspectionPage(
  { path, replace = false }: InspectionPageOptions,
  inspecting: () => Promise<InspectReport>,
): Promise<InspectReport> {
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
