/** Writes the page of an inspection into a file, whole or not at all. */
import { AtomicFile } from './backups/AtomicFile.js';
import type { InspectReport } from './InspectReport.js';
import { inspectionPage } from './inspectionPage.js';

/** Throws OutputError when it cannot be written, or exists and may not be replaced. */
export async function writeInspectionPage(
  report: InspectReport,
  path: string,
  options: { readonly replace?: boolean } = {},
): Promise<void> {
  const file = await AtomicFile.create(path, options);
  try {
    await file.handle.appendFile(inspectionPage(report));
    await file.commit();
  } finally {
    await file.abort();
  }
}
