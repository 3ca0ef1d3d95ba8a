/** Values of another type than their column, and blobs in SQLite, which no release of Gogs writes. */
import { isPlainInteger } from '../../core/coerce.js';
import { danger } from '../../core/danger.js';
import { clauses } from '../../core/language.js';
import { type Cell, CellKind, type ColumnKind } from '../../core/rows.js';
import { fitsGoField } from '../../gogs/restore/fitsGoField.js';
import { coerceForRestore, membersOf } from '../../gogs/restore/shaperOf.js';
import type { Column, Table } from '../../gogs/tables.js';
import type { CheckContext, StartCheck } from '../Check.js';
import { placeOf } from '../placeOf.js';
import { texts } from './texts.js';

export const OTHER_TYPE = danger({
  code: 'other-type',
  severity: 'warning',
  words: () => texts().otherType,
  needsHand: true,
  source: 'measured: github.com/json-iterator/go@v1.1.12 and encoding/json return an error for each of them',
});

export const BLOB = danger({
  code: 'other-type',
  severity: 'warning',
  words: () => texts().blob,
  needsHand: true,
  source: 'https://www.sqlite.org/datatype3.html, section 4.1; Gogs has no column of bytes: internal/db@v0.14.3',
});

/** Whether the value of a JSON source is of another type than its column. */
export function isOfOtherType(cell: Cell, table: string, { name, kind }: Pick<Column, 'name' | 'kind'>): boolean {
  if (!isFromJson(cell) || fitsGoField(cell, kind)) return false;
  return !(cell.kind === CellKind.Json && table === 'login_source' && name === 'cfg' && CONFIG_KEYS.includes(cell.key));
}

/** Up to 0.11, and in development builds of 0.12, `login_source.cfg` was the object that the text now contains. */
const CONFIG_KEYS: readonly string[] = ['Cfg', 'Config'];

const hasValue = ({ kind }: Cell): boolean => kind !== CellKind.Missing && kind !== CellKind.Null;
const isFromJson = (cell: Cell): boolean => cell.lead >= 0 && hasValue(cell);

/** The same for other sources, whose notations of one value differ. */
function isUnfit(cell: Cell, kind: ColumnKind): boolean {
  const isShortNumber = isPlainInteger(cell) && cell.end - cell.start < 19;
  return (
    kind !== 'text' && hasValue(cell) && !(kind === 'integer' && isShortNumber) && !coerceForRestore(cell.copy(), kind)
  );
}

/** Converts them, so that everything after it sees one value in any output. */
export const otherTypes: StartCheck = (context) => ({
  stepFor(table) {
    const columns = columnsOf(table, context);
    const goesToCsv = context.tablesGoTo === 'csv';
    const place = placeOf(table, context.names);
    return (row) => {
      for (const index of row.blobs) {
        const name = table.columns[index]?.name ?? '';
        context.notice({ ...BLOB, place: clauses([place(row), name]) });
      }
      for (const column of columns) {
        const cell = row.cell(column.index);
        // CSV holds any text. Every other output names what it cannot hold, and refuses it: `unfit-value`.
        if (isOfOtherType(cell, table.name, column)) {
          if (!coerceForRestore(cell, column.kind) && !goesToCsv) continue;
        } else if (!goesToCsv || isFromJson(cell) || !isUnfit(cell, column.kind)) continue;
        context.notice({ ...OTHER_TYPE, place: clauses([place(row), column.name]) });
      }
      return undefined;
    };
  },
});

function columnsOf(table: Table, { target, tablesGoTo }: CheckContext) {
  return membersOf(table, target.firstRelease).flatMap(({ index }) => {
    const column = table.columns[index];
    if (column === undefined || column.derived) return [];
    const { name, kind } = column;
    // A restore accepts no other notation of a time, so a backup refuses it.
    return kind === 'time' && tablesGoTo === 'zip' ? [] : [{ index, name, kind }];
  });
}
