/** Writes the page of an inspection into a file, whole or not at all. */
import type { Readable } from 'node:stream';
import { AtomicFile } from '../files/AtomicFile.js';
import { InputState } from '../inputs/InputState.js';
import type { InspectReport } from '../reports/InspectReport.js';
import { inspectionPage } from '../reports/inspectionPage.js';

export interface InspectionPageOptions {
  readonly path: string;
  /** What is inspected; the page never takes its place. */
  readonly input: string | Readable;
  /** Replace a page that exists. */
  readonly replace?: boolean | undefined;
}

/**
 * Opens the file, inspects, and writes what was found: a page that cannot be written is told of before the work.
 * Throws OutputError when it cannot be written, or exists and may not be replaced.
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
