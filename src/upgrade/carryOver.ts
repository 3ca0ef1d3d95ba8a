/** Takes everything from an input to an output: tables through the steps of each release, files as they are. */

import { type Progress, ProgressMeter } from '../core/ProgressMeter.js';
import { FileSummary } from '../gogs/FileSummary.js';
import type { Destination } from '../outputs/Destination.js';
import type { TableReport } from '../reports/TableReport.js';
import type { OutputVerification } from '../verify/OutputVerification.js';
import type { UpgradePlan } from './planUpgrade.js';
import { upgradeTables } from './upgradeTables.js';

export interface CarriedOver {
  readonly tables: readonly TableReport[];
  readonly files: FileSummary;
  /** Knows what the output has to hold; undefined when nobody asked. */
  readonly verification: OutputVerification | undefined;
}

export async function carryOver(
  plan: UpgradePlan,
  destination: Destination,
  options: { readonly verify: boolean; readonly onProgress: ((progress: Progress) => void) | undefined },
): Promise<CarriedOver> {
  const { source, outputName, target, notice } = plan;
  const checks = await plan.startChecks(notice);
  const progress = new ProgressMeter(source.bytesToRead, options.onProgress);
  // Most upgrades do without.
  const verification = options.verify
    ? (await import('../verify/OutputVerification.js')).OutputVerification.of(destination, outputName, target)
    : undefined;
  const files = new FileSummary();
  await destination.writeFiles?.({
    onFile: (name, bytes) => files.add(name, bytes),
    onBytes: (bytes) => progress.add('files', bytes),
  });
  const tables = await upgradeTables({ ...plan, sink: verification?.sink ?? destination, checks, progress });
  for (const check of checks) check.finish?.();
  return { tables, files, verification };
}
