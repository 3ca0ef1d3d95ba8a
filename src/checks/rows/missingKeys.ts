/** Rows that lack a key which other rows of their table have. */

import { danger } from '../../core/danger.js';
import { type Cell, CellKind } from '../../core/rows.js';
import { membersOf } from '../../gogs/restore/shaperOf.js';
import type { RowStep } from '../../gogs/stepsFor.js';
import type { Table } from '../../gogs/tables.js';
import type { CheckContext, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

export const MISSING_KEY = danger({
  code: 'missing-key',
  severity: 'warning',
  words: () => texts().missingKey,
  needsHand: true,
  source: 'internal/db/backup.go@v0.13.0: importLegacyTables; measured',
});

/** The state of one column so far. `present` is needed because rows before the first one with the key count as well. */
interface Column {
  readonly index: number;
  readonly name: string;
  missing: number;
  present: boolean;
  readonly places: string[];
}

const MOST_PLACES = 5;

export const missingKeys: StartCheck = (context) => {
  const tables: { type: string; columns: readonly Column[] }[] = [];
  return {
    stepFor(table) {
      const columns = columnsOf(table, context);
      tables.push({ type: table.type, columns });
      return stepFor(table, columns, context);
    },
    finish() {
      for (const { type, columns } of tables) {
        for (const { name, missing, places } of columns.filter(({ present }) => present)) {
          const danger = { ...MISSING_KEY, title: texts().missingKey.titleOf({ table: type, column: name }) };
          for (const place of places) context.notice({ ...danger, place });
          const others = missing - places.length;
          if (others > 0) context.notice({ ...danger, times: others });
        }
      }
    },
  };
};

function columnsOf(table: Table, { target }: CheckContext): Column[] {
  return membersOf(table, target.firstRelease).flatMap(({ index }) => {
    const column = table.columns[index];
    if (column === undefined || column.derived) return [];
    return [{ index, name: column.name, missing: 0, present: false, places: [] }];
  });
}

/** Gogs never writes null, and its decoder treats null like a missing key. NULL in SQL is a value. */
const hasValue = ({ kind, lead }: Cell): boolean => kind !== CellKind.Missing && !(kind === CellKind.Null && lead >= 0);

function stepFor(table: Table, columns: readonly Column[], { names }: CheckContext): RowStep {
  const place = placeOf(table, names);
  return (row) => {
    for (const column of columns) {
      if (hasValue(row.cell(column.index))) {
        column.present = true;
      } else {
        column.missing++;
        if (column.places.length < MOST_PLACES) column.places.push(place(row));
      }
    }
    return undefined;
  };
}
