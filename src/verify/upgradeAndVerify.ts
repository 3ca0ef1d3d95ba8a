/** The public `upgrade`: an upgrade that can verify its own output. */
import type { Readable, Writable } from 'node:stream';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import type { UpgradeReport } from '../reports/UpgradeReport.js';
import type { UpgradeOptions } from '../upgrade/UpgradeOptions.js';
import { upgrade } from '../upgrade/upgrade.js';
import type { StartVerification } from '../upgrade/Verification.js';

/**
 * Upgrades a backup. `input` is a path or a stream; `output` is a path, or a stream that receives the archive once it is whole.
 * Throws one of the errors of errors.ts; the output then does not exist, or is unchanged.
 */
export async function upgradeAndVerify(
  input: string | Readable,
  output: string | Writable,
  options: UpgradeOptions = {},
): Promise<UpgradeReport> {
  return upgrade(input, output, options, { startVerification });
}

/** For a batch, which knows the folder of temporary files that a killed worker leaves behind. */
export async function upgradeWithin(
  temporary: TemporaryFolder,
  input: string,
  output: string,
  options: UpgradeOptions,
): Promise<UpgradeReport> {
  return upgrade(input, output, options, { startVerification, temporary });
}

const startVerification: StartVerification = async (plan, destination, outputName) => {
  // Loaded on demand: most upgrades are not verified.
  if (destination.unnamed === undefined && destination.unnamedDatabase !== undefined) {
    const { DatabaseVerification } = await import('./database/DatabaseVerification.js');
    return new DatabaseVerification(plan, destination, outputName);
  }
  const { OutputVerification } = await import('./archive/OutputVerification.js');
  return OutputVerification.of(plan, destination, outputName);
};
