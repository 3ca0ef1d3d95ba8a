/** Refuses the upgrade for values that the output cannot hold, once all of them are known. */

import { InputError, RefusedError } from '../core/errors.js';
import type { Findings } from '../core/findings.js';
import { itemized } from '../core/language.js';
import type { UpgradePlan } from './planUpgrade.js';
import { texts } from './texts.js';

/**
 * Throws InputError for values that no restore accepts, and RefusedError for values that only the engine of an SQL output
 * cannot hold.
 */
export function refuseUnfitValues({ source, engine, rows }: UpgradePlan, findings: Findings): void {
  const unfit = findings.list().filter(({ code }) => code === 'unfit-value');
  if (unfit.length === 0) return;
  const count = unfit.reduce((sum, finding) => sum + finding.count, 0);
  const places = unfit.flatMap(({ title, examples }) =>
    rows.tablesGoTo === 'sql' ? [texts().titleAt({ title, places: itemized(examples) })] : examples,
  );
  const named = { count, places: itemized([...places.slice(0, 5), ...(count > 5 ? ['…'] : [])]) };
  if (rows.tablesGoTo === 'sql') throw new RefusedError(texts().unfitForEngine({ engine: String(engine), ...named }));
  throw new InputError(texts().unfitForRestore({ input: source.input, ...named }));
}
