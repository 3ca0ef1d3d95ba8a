/** Rehearses the restore of every table, and compares the result with what is expected. */
import { Names } from '../../checks/Names.js';
import type { VerifiedTable } from '../../reports/VerifyReport.js';
import { TableVerification } from './TableVerification.js';
import type { VerifyTablesOptions } from './VerifyTablesOptions.js';

export async function verifyTables(options: VerifyTablesOptions): Promise<VerifiedTable[]> {
  const { script, insertsAll } = options;
  const waiting: TableVerification[] = [];
  const reports: VerifiedTable[] = [];
  const names = new Names();
  for (const table of options.target.tables) {
    options.signal?.throwIfAborted();
    const entry = options.entries.get(table.type);
    if (entry === undefined) continue;
    const isScripted = script?.concerns(table) === true;
    const verification = new TableVerification(table, entry, insertsAll || isScripted, names, options);
    reports.push(await verification.run());
    if (isScripted) waiting.push(verification);
  }
  // The script may contain rows of several tables, which must all exist first.
  if (script !== undefined && (await script.run())) for (const each of waiting) await each.compareScratch();
  return reports;
}
