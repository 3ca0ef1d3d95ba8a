/** The last step for a row of a backup: gives it the shape that a restore of the target expects. */

import { danger } from '../core/danger.js';
import type { Notice } from '../core/findings.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { derivedValuesOf } from '../gogs/restore/derivedValuesOf.js';
import { shaperOf, UnfitValue } from '../gogs/restore/shaperOf.js';
import type { RowStep } from '../gogs/stepsFor.js';
import type { Table } from '../gogs/tables.js';
import { texts } from './texts.js';

/** Leaves out and reports rows that no restore accepts; refuseUnfitValues.ts then refuses the upgrade. */
export function restoreShapeStep(table: Table, target: Target, notice: (notice: Notice) => void): RowStep {
  const shape = shaperOf(table, target.firstRelease);
  const derive = derivedValuesOf(table);
  return (row) => {
    try {
      shape(row);
    } catch (error) {
      if (!(error instanceof UnfitValue)) throw error;
      const place = texts().unfitPlace({ table: table.type, line: row.line, column: error.column });
      notice({ ...UNFIT_VALUE, place });
      return texts().valueIsUnfit;
    }
    derive?.(row);
    return undefined;
  };
}

const UNFIT_VALUE = danger({
  code: 'unfit-value',
  severity: 'error',
  words: () => texts().unfitValue,
  needsHand: true,
  source: 'internal/db/backup.go@v0.13.0: the rows are decoded into Go structs',
});
