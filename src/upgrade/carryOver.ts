/** Takes everything from an input to an output: tables through the steps of each release, files as they are. */

import { type Progress, ProgressMeter } from '../core/ProgressMeter.js';
import { FileSummary } from '../gogs/FileSummary.js';
import type { Destination } from '../outputs/Destination.js';
import type { Sink } from '../outputs/Sink.js';
import type { TableReport } from '../reports/TableReport.js';
import type { UpgradePlan } from './planUpgrade.js';
import { upgradeTables } from './upgradeTables.js';

export interface CarriedOver {
  readonly tables: readonly TableReport[];
  readonly files: FileSummary;
}

export async function carryOver(
  plan: UpgradePlan,
  destination: Destination,
  options: {
    /** Where the rows go: the destination, or what passes them on to it. */
    readonly sink: Sink;
    readonly onProgress: ((progress: Progress) => void) | undefined;
  },
): Promise<CarriedOver> {
  const { source, notice } = plan;
  const checks = await plan.startChecks(notice);
  const progress = new ProgressMeter(source.bytesToRead, options.onProgress);
  const files = new FileSummary();
  await destination.writeFiles?.({
    onFile: (name, bytes) => files.add(name, bytes),
    onBytes: (bytes) => progress.add('files', bytes),
  });
  const tables = await upgradeTables({ ...plan, sink: options.sink, checks, progress });
  for (const check of checks) check.finish?.();
  return { tables, files };
}
