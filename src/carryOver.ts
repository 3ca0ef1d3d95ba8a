/** Takes everything from an input to an output: tables through the steps of each release, files as they are. */
import type { Destination } from './backups/Destination.js';
import { FileSummary } from './FileSummary.js';
import type { OutputVerification } from './OutputVerification.js';
import { type Progress, ProgressMeter } from './ProgressMeter.js';
import type { UpgradePlan } from './planUpgrade.js';
import type { TableReport } from './UpgradeReport.js';
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
    ? (await import('./OutputVerification.js')).OutputVerification.of(destination, outputName, target)
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
