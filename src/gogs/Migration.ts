/** Carries the rows of one table from the schema they have to the target's. */

import type { IdSet } from '../core/IdSet.js';
import type { Row } from '../core/rows.js';
import { integerOf, isEmpty, textOf } from '../core/values.js';
import type { Change, Condition, Release } from './Change.js';
import { RELEASES_0_11 } from './releases/release0_11.js';
import { RELEASES_0_13 } from './releases/release0_13.js';
import { columnIndex, type Table } from './tables.js';

const RELEASES: readonly Release[] = [...RELEASES_0_11, ...RELEASES_0_13];

/** Ids of the rows that a table has, by SQL name of the table. */
export type ReferencedIds = ReadonlyMap<string, IdSet>;

/** Changes one row in place. Returns why the row is to be left out, or undefined to keep it. */
export type RowStep = (row: Row) => string | undefined;

/** The changes that lie between a schema version and the target's. */
export function changesSince(schema: number): Change[] {
  return RELEASES.filter((release) => release.schema > schema).flatMap((release) => release.changes);
}

/** SQL names of the tables whose ids must be known before the changes can be made. */
export function tablesToIndex(changes: readonly Change[]): Set<string> {
  const conditions = changes.flatMap((change) => (change.what === 'delete' ? [change.where] : []));
  return new Set(conditions.flatMap((where) => (where.test === 'dangles' ? [where.target] : [])));
}

/**
 * The steps for one table, in order of release.
 *
 * Values are computed whatever the schema version says, where they are missing: development builds between two releases
 * have the new version and not yet the new value. Rows are only left out when the version is older than the change.
 */
export function stepsFor(table: Table, schema: number, ids: ReferencedIds): RowStep[] {
  const outstanding = new Set(changesSince(schema));
  return RELEASES.flatMap((release) => release.changes)
    .filter((change) => change.table === table.name && (change.what === 'compute' || outstanding.has(change)))
    .map((change) => stepOf(change, table, ids));
}

function stepOf(change: Change, table: Table, ids: ReferencedIds): RowStep {
  if (change.what === 'delete') {
    const holds = conditionOf(change.where, table, ids);
    return (row) => (holds(row) ? change.reason : undefined);
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
    // Like SQL's NOT IN, which holds for no NULL.
    if (id === undefined || known === undefined || known.has(id)) return false;
    return exception === undefined || (integerOf(row.cell(exception)) ?? 0) === 0;
  };
}
