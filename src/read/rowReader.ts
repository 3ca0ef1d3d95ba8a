/** Converts the cells of a row to an object that programs can keep. */
import { isOfOtherType } from '../checks/rows/otherTypes.js';
import { describeProblem, formatRfc3339, toBoolean, toInteger, toTime, ValueProblem } from '../core/coerce.js';
import { InputError } from '../core/errors.js';
import { type Cell, CellKind, type ColumnKind, type Row } from '../core/rows.js';
import { textOf } from '../core/values.js';
import type { Table } from '../gogs/tables.js';
import type { Integer } from './TableRows.js';
import { texts } from './texts.js';

type Value = Integer | boolean | string | null;

/** Undefined for a value that does not fit its column. Bytes that are not UTF-8 become U+FFFD. */
const READ: Readonly<Record<ColumnKind, (cell: Cell) => Value | undefined>> = {
  integer: (cell) => {
    const digits = toInteger(cell);
    if (digits === undefined) return undefined;
    const number = Number(digits);
    return Number.isSafeInteger(number) ? number : BigInt(digits);
  },
  boolean: toBoolean,
  text: (cell) => textOf(cell)?.toString('utf8'),
  uuid: (cell) => textOf(cell)?.toString('utf8'),
  time: (cell) => {
    const time = toTime(cell);
    return time === undefined ? undefined : formatRfc3339(time);
  },
};

const PROBLEMS: Readonly<Record<ColumnKind, ValueProblem>> = {
  integer: ValueProblem.NotInteger,
  boolean: ValueProblem.NotBoolean,
  text: ValueProblem.NotUtf8,
  uuid: ValueProblem.NotUuid,
  time: ValueProblem.NotTime,
};

/**
 * `place`: where the table is read from. The returned function converts values of another JSON type, and reports them; it throws
 * InputError for a value that does not fit its column.
 */
export function rowReader(
  { name: table, columns }: Table,
  place: string,
  onOtherType: (line: number, column: string) => void,
): (row: Row) => Readonly<Record<string, Value>> {
  const wanted = columns.flatMap(({ name, kind, derived }, index) => (derived ? [] : [{ name, kind, index }]));
  return (row) => {
    const values: Record<string, Value> = {};
    for (const { name, kind, index } of wanted) {
      const cell = row.cell(index);
      const isNothing = cell.kind === CellKind.Missing || cell.kind === CellKind.Null;
      const value = isNothing ? null : READ[kind](cell);
      if (value === undefined) {
        throw new InputError(
          texts().unfitValue({ place, line: row.line, column: name, problem: describeProblem(PROBLEMS[kind]) }),
        );
      }
      if (isOfOtherType(cell, table, { name, kind })) {
        onOtherType(row.line, name);
      }
      values[name] = value;
    }
    return values;
  };
}
