/** Gives rows the shape that a restore expects: every key present, every value of the type of its Go field. */

import { formatRfc3339, toBoolean, toInteger, toTime } from '../../core/coerce.js';
import { type Cell, CellKind, type ColumnKind, type Row } from '../../core/rows.js';
import { isInt64, textOf } from '../../core/values.js';
import { keptByTable, keyInRelease } from '../tables.js';
import { isGoTime } from './isGoTime.js';

/** A key of a row, and the column whose value it has. */
export interface Member {
  readonly key: string;
  /** Index of the column in its table. */
  readonly index: number;
}

/** The members of a table's rows in a release, in the order in which Gogs writes them. */
export const membersOf = keptByTable((table, release: string): readonly Member[] =>
  table.columns.flatMap((column, index) => {
    const key = keyInRelease(column, release);
    return key === undefined ? [] : [{ key, index }];
  }),
);

/** Go's zero values. */
const ZERO: Readonly<Record<ColumnKind, { kind: CellKind; bytes: Buffer }>> = {
  integer: { kind: CellKind.Number, bytes: Buffer.from('0') },
  boolean: { kind: CellKind.False, bytes: Buffer.alloc(0) },
  text: { kind: CellKind.JsonText, bytes: Buffer.from('""') },
  uuid: { kind: CellKind.JsonText, bytes: Buffer.from('""') },
  time: { kind: CellKind.JsonText, bytes: Buffer.from('"0001-01-01T00:00:00Z"') },
};

/** A value that the Go type of its column cannot hold: a restore would stop there. */
export class UnfitValue extends Error {
  constructor(readonly column: string) {
    super(`unfit value in ${column}`);
  }
}

/**
 * Makes every cell a value that JSON can represent for its Go field. A missing key or null gets Go's zero value, because it
 * would otherwise take the value of the previous row: Gogs reads all rows of most tables into one struct
 * (internal/db/backup.go@v0.13.0). Throws UnfitValue.
 */
export const shaperOf = keptByTable((table, release: string): ((row: Row) => void) => {
  const columns = membersOf(table, release).flatMap(({ index }) => {
    const column = table.columns[index];
    if (column === undefined || column.derived) return [];
    const { name, kind } = column;
    return [{ index, name, kind, fitting: FITTING[kind], whole: kind === 'integer', isTime: kind === 'time' }];
  });
  return (row) => {
    for (const { index, name, kind, fitting, whole, isTime } of columns) {
      const cell = row.cell(index);
      if ((fitting & (1 << cell.kind)) !== 0 && !(whole && !isInt64(cell.bytes, cell.start, cell.end))) {
        if (isTime && !isGoTime(cell.bytes.toString('latin1', cell.start, cell.end))) throw new UnfitValue(name);
        continue;
      }
      if (!coerceForRestore(cell, kind)) throw new UnfitValue(name);
    }
  };
});

/** The cell kinds that fit each column kind, one bit each; numbers must also be whole and fit 64 bits. */
const FITTING: Readonly<Record<ColumnKind, number>> = {
  integer: 1 << CellKind.Number,
  boolean: (1 << CellKind.True) | (1 << CellKind.False),
  text: (1 << CellKind.JsonText) | (1 << CellKind.Text),
  uuid: (1 << CellKind.JsonText) | (1 << CellKind.Text),
  time: 1 << CellKind.JsonText,
};

/** Converts a value to one of its Go field. False if that is impossible without loss. */
export function coerceForRestore(cell: Cell, kind: ColumnKind): boolean {
  if (cell.kind === CellKind.Missing || cell.kind === CellKind.Null) {
    cell.set(ZERO[kind].kind, ZERO[kind].bytes);
    return true;
  }
  switch (kind) {
    case 'integer':
      return setIfDefined(cell, CellKind.Number, toInt64(cell));
    case 'boolean': {
      const value = toBoolean(cell);
      if (value === undefined) return false;
      cell.set(value ? CellKind.True : CellKind.False);
      return true;
    }
    case 'text':
    case 'uuid':
      // Up to 0.11, `login_source.cfg` was the object that the text now contains.
      cell.set(CellKind.Text, textOf(cell) ?? Buffer.alloc(0));
      return true;
    case 'time': {
      const time = toTime(cell);
      return setIfDefined(cell, CellKind.JsonText, time && `"${formatRfc3339(time)}"`);
    }
  }
}

/** Undefined for anything but a 64-bit whole number: Gogs' decoder stops there. */
function toInt64(cell: Cell): string | undefined {
  const text = toInteger(cell);
  return text !== undefined && isInt64(Buffer.from(text), 0, text.length) ? text : undefined;
}

function setIfDefined(cell: Cell, kind: CellKind, text: string | undefined): boolean {
  if (text !== undefined) cell.set(kind, Buffer.from(text));
  return text !== undefined;
}
