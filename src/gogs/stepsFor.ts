/** The row changes of the releases between a schema and the target, as steps for the rows of one table. */

import type { IdSet } from '../core/IdSet.js';
import type { Row } from '../core/rows.js';
import { integerOf, isEmpty, textOf } from '../core/values.js';
import type { Target } from './releases/foldReleases.js';
import type { Condition, RowChange } from './releases/Release.js';
import { columnIndex, type Table } from './tables.js';

/** The row ids of tables, by SQL name. */
export type ReferencedIds = ReadonlyMap<string, IdSet>;

/** Changes one row in place. Returns the reason for leaving the row out, or undefined to keep it. */
export type RowStep = (row: Row) => string | undefined;

/** SQL names of the tables whose ids must be known for the steps from this schema version. */
export function tablesToIndex({ rowChanges }: Target, schema: number): Set<string> {
  const conditions = rowChanges.flatMap(({ schema: since, change }) =>
    since > schema && change.what === 'delete' ? [change.where] : [],
  );
  return new Set(conditions.flatMap((where) => (where.test === 'dangles' ? [where.target] : [])));
}

/**
 * The steps for one table, in order of release.
 *
 * Missing values are computed regardless of the schema version: development builds between two releases have the new version
 * but not yet the new value. Rows are only left out if the version is older than the change.
 */
export function stepsFor({ rowChanges }: Target, table: Table, schema: number, ids: ReferencedIds): RowStep[] {
  return rowChanges
    .filter(({ schema: since, change }) => change.table === table.name && (change.what === 'compute' || since > schema))
    .map(({ change }) => stepOf(change, table, ids));
}

function stepOf(change: RowChange, table: Table, ids: ReferencedIds): RowStep {
  if (change.what === 'delete') {
    const holds = conditionOf(change.where, table, ids);
    return (row) => (holds(row) ? change.reason() : undefined);
  }
  const target = columnIndex(table, change.column);
  const source = columnIndex(table, change.from);
  return (row) => {
    const cell = row.cell(target);
    if (isEmpty(cell)) cell.setText(change.by(textOf(row.cell(source)) ?? Buffer.alloc(0)));
    return undefined;
  };
}

function conditionOf(where: Condition, table: Table, ids: ReferencedIds): (row: Row) => boolean {
  const column = columnIndex(table, where.column);
  if (where.test === 'equals') return (row) => integerOf(row.cell(column)) === where.value;
  const known = ids.get(where.target);
  const exception = where.exceptIfSet === undefined ? undefined : columnIndex(table, where.exceptIfSet);
  return (row) => {
    const id = integerOf(row.cell(column));
    // NULL never matches, as with SQL's NOT IN.
    if (id === undefined || known === undefined || known.has(id)) return false;
    return exception === undefined || (integerOf(row.cell(exception)) ?? 0) === 0;
  };
}
