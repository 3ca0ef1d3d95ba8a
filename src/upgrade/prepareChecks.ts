/** Starts the checks of one run, and says what app.ini alone gives away. */

import type { Check, CheckContext } from '../checks/Check.js';
import { checkSettings } from '../checks/checkSettings.js';
import { startChecks } from '../checks/startChecks.js';
import { CONFIG } from '../gogs/layout.js';
import type { Source } from '../inputs/Source.js';
import type { PreparedFiles } from './prepareFiles.js';

type Context = Pick<CheckContext, 'target' | 'restores' | 'exact' | 'deep' | 'dropOrphans' | 'notice'>;

export async function prepareChecks(source: Source, prepared: PreparedFiles, context: Context): Promise<Check[]> {
  const { facts, engine, settings } = prepared;
  const { target, notice, deep } = context;
  const tables = new Set(source.tables.map(({ table }) => table.name));
  const checks = startChecks({ ...context, engine, facts, tables });
  if (facts !== undefined) {
    const found = checkSettings({ facts, changes: settings, from: source.gogsVersion, to: target.firstRelease });
    for (const danger of found) notice(danger);
  }
  // An archive without app.ini may lack the whole custom folder. Apart from that, names are looked at when there is time.
  if (source.files !== undefined && (deep || source.files.config === undefined)) {
    for await (const { entry, name } of source.files.carried()) {
      for (const check of checks) check.seeFile?.({ name, bytes: entry.uncompressedSize });
    }
    const { config } = source.files;
    if (config !== undefined) {
      for (const check of checks) check.seeFile?.({ name: CONFIG, bytes: config.entry.uncompressedSize });
    }
  }
  return checks;
}
