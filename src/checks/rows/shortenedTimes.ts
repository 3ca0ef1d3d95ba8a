/**
 * Times with more digits of a second than the column keeps, which its database would round or cut: Gogs writes microseconds, and
 * its tables on MySQL keep milliseconds.
 */

import { danger } from '../../core/danger.js';
import { clauses } from '../../core/language.js';
import { type Cell, CellKind } from '../../core/rows.js';
import type { Engine } from '../../engines/Engine.js';
import { engineNamed } from '../../engines/engineNamed.js';
import type { RowStep } from '../../gogs/stepsFor.js';
import { columnIndex, type Table } from '../../gogs/tables.js';
import type { CheckContext, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

export const TIME_SHORTENED = danger({
  code: 'time-shortened',
  severity: 'info',
  words: () => texts().timeShortened,
  needsHand: false,
  source: 'the schemas that 0.13.0 and 0.14.3 create; measured on 0.13.4, PostgreSQL 15 and MariaDB 10.11',
});

/** A restore hands all digits to the database, as Gogs itself does. */
export const shortenedTimes: StartCheck = (context) => {
  const { engine, tablesGoTo } = context;
  return engine !== undefined && tablesGoTo === 'sql'
    ? { stepFor: (table) => stepFor(table, engine, context) }
    : undefined;
};

function stepFor(table: Table, engine: Engine, { target, names, notice }: CheckContext): RowStep | undefined {
  const { values } = engineNamed(engine);
  const schema = target.schemaFor(engine).tables.find(({ name }) => name === table.name);
  const limits = (schema?.columns ?? []).flatMap(({ name, type }) => {
    const digits = values.timeDigits(type);
    return digits === undefined ? [] : [{ index: columnIndex(table, name), name, digits }];
  });
  if (limits.length === 0) return undefined;
  const place = placeOf(table, names);
  return (row) => {
    for (const { index, name, digits } of limits) {
      if (shorten(row.cell(index), digits)) notice({ ...TIME_SHORTENED, place: clauses([place(row), name]) });
    }
    return undefined;
  };
}

/** Cuts, as MariaDB does by default, rather than round into the next second. */
function shorten(cell: Cell, digits: number): boolean {
  if (cell.kind !== CellKind.Text && cell.kind !== CellKind.JsonText) return false;
  const text = cell.bytes.toString('latin1', cell.start, cell.end);
  const fraction = /(?<=:\d\d)\.(\d+)/.exec(text);
  if (!/[1-9]/.test(fraction?.[1]?.slice(digits) ?? '')) return false;
  const kept = text.replace(/(?<=:\d\d)\.\d+/, (written) => written.slice(0, 1 + digits).replace(/^\.$/, ''));
  cell.set(cell.kind, Buffer.from(kept, 'latin1'));
  return true;
}
