/** Starts the checks of rows and files for one pass over the rows. */
import type { Check } from '../checks/Check.js';
import { Names } from '../checks/Names.js';
import { startChecks } from '../checks/startChecks.js';
import type { Notice } from '../core/findings.js';
import { FileSummary } from '../gogs/FileSummary.js';
import type { UpgradePlan } from './planUpgrade.js';

/** Checks remember what they have seen, so start new ones for each pass. */
export function startPlannedChecks(
  plan: UpgradePlan,
  notice: (notice: Notice) => void,
  names = new Names(),
  files = new FileSummary(),
): Check[] {
  const { source, target, engine, config, rows } = plan;
  return startChecks({
    target,
    engine,
    format: rows.format,
    tablesGoTo: rows.tablesGoTo,
    exact: rows.exact,
    deep: rows.deep,
    dropOrphans: rows.dropOrphans,
    tables: new Set(source.tables.map(({ table }) => table.name)),
    facts: config.facts,
    names,
    files,
    notice,
  });
}
