/**
 * Whether Go decodes a JSON value into the field of a column. It converts nothing: `"5"`, `1.0` and true are no int64 (measured with
 * json-iterator v1.1.12 and encoding/json), and a restore stops there.
 */
import { type Cell, CellKind, type ColumnKind } from '../../core/rows.js';
import { isInt64 } from '../../core/values.js';
import { isGoTime } from './isGoTime.js';

export function fitsGoField(cell: Cell, kind: ColumnKind): boolean {
  switch (cell.kind) {
    case CellKind.Number:
      return kind === 'integer' && isInt64(cell.bytes, cell.start, cell.end);
    case CellKind.JsonText:
      if (kind === 'time') return isGoTime(cell.bytes.toString('latin1', cell.start, cell.end));
      return kind === 'text' || kind === 'uuid';
    case CellKind.True:
    case CellKind.False:
      return kind === 'boolean';
    default:
      return false;
  }
}
