/** The last step of a row on its way into a backup: the shape that a restore of the target expects. */
import type { Notice } from '../core/findings.js';
import type { RowStep } from '../gogs/Migration.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { derivedValuesOf } from '../gogs/restore/deriveValues.js';
import { membersOf, shaperOf, UnfitValue } from '../gogs/restore/restoreShape.js';
import type { Table } from '../gogs/tables.js';

/** Leaves out, and reports, a row that no restore takes: whoever upgrades refuses then, see refuseUnfitValues.ts. */
export function restoreShapeStep(table: Table, target: Target, notice: (notice: Notice) => void): RowStep {
  const shape = shaperOf(table, membersOf(table, target.firstRelease));
  const derive = derivedValuesOf(table);
  return (row) => {
    try {
      shape(row);
    } catch (error) {
      if (!(error instanceof UnfitValue)) throw error;
      notice(unfitValue(`${table.type} line ${row.line}, ${error.column}`));
      return 'a value is not of the kind of its column';
    }
    derive?.(row);
    return undefined;
  };
}

const unfitValue = (place: string): Notice => ({
  code: 'unfit-value',
  severity: 'error',
  title: 'Values are not of the kind that their column has',
  consequence: 'A restore would stop there, so nothing is upgraded.',
  remedy: 'Mend the value in the input, or leave the row out.',
  needsHand: true,
  source: 'internal/db/backup.go@v0.13.0: the rows are decoded into Go structs',
  place,
});
