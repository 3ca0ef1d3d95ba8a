/** Refuses what the output cannot hold, once all of it is known. */
import { InputError, RefusedError } from '../core/errors.js';
import type { Findings } from '../core/findings.js';
import type { UpgradePlan } from './planUpgrade.js';

/**
 * Throws InputError for values that no restore takes, and RefusedError for those that the engine of an SQL output does not
 * hold, where another engine may.
 */
export function refuseUnfitValues({ source, engine, rows }: UpgradePlan, findings: Findings): void {
  const unfit = findings.list().filter(({ code }) => code === 'unfit-value');
  if (unfit.length === 0) return;
  const count = unfit.reduce((sum, finding) => sum + finding.count, 0);
  const places = unfit.flatMap(({ title, examples }) =>
    rows.tablesGoTo === 'sql' ? [`${title} (${examples.join('; ')})`] : examples,
  );
  const list = places.slice(0, 5).join('; ') + (count > 5 ? '; …' : '');
  if (rows.tablesGoTo === 'sql') {
    throw new RefusedError(
      `Cannot write for ${engine}: ${count} value(s) do not fit its columns: ${list}. ` +
        'Mend them in the input, or choose another engine. Nothing was written.',
    );
  }
  throw new InputError(
    `Cannot carry over ${source.input}: ${count} value(s) are not of the kind of their column, and a restore would stop there: ` +
      `${list}. Mend them in the input, or leave the rows out.`,
  );
}
