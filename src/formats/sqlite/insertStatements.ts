/** Converts stored SQLite rows to INSERT statements that store exactly the same: every type, NUL characters, invalid UTF-8. */
import { isUtf8 } from 'node:buffer';
import { Cell, CellKind } from '../../core/rows.js';
import { quoteName } from '../../engines/engineNamed.js';
import { fillCell, isText, LONGEST_NUMBER, RecordProblem, readVarint, type Varint } from './records.js';
import type { TableShape } from './TableShape.js';
import type { StoredRow } from './TableTree.js';
import { texts } from './texts.js';

/** Returns a function that builds the statement of a row. `decode` converts text that is not UTF-8. */
export function insertStatements(
  table: TableShape & { readonly name: string },
  decode: ((cell: Cell) => void) | undefined,
): (row: StoredRow) => string {
  // Generated columns are not inserted.
  const names = table.columns.map(({ name }) => quoteName(name, 'sqlite3'));
  const inserted = table.columns.flatMap(({ isGenerated }, index) => (isGenerated ? [] : [index]));
  const start = `INSERT INTO ${quoteName(table.name, 'sqlite3')} (${inserted.map((index) => names[index]).join(',')}) VALUES (`;
  const cell = new Cell();
  const scratch = { bytes: Buffer.alloc(LONGEST_NUMBER), end: LONGEST_NUMBER, isReal: false };
  const varint: Varint = { value: 0, next: 0 };
  return ({ rowId, bytes, start: from, end }) => {
    readVarint(bytes, from, varint);
    const headerEnd = from + varint.value;
    let at = varint.next;
    let value = headerEnd;
    const values: (string | undefined)[] = [];
    while (at < headerEnd) {
      readVarint(bytes, at, varint);
      at = varint.next;
      const type = varint.value;
      value = fillCell(cell, type, bytes, value, { ...scratch, isReal: table.columns[values.length]?.isReal ?? false });
      if (decode !== undefined && isText(type)) decode(cell);
      values.push(literalOf(cell, isText(type)));
    }
    if (headerEnd > end || value > end) throw new RecordProblem(texts().found.rowCutOff({ row: String(rowId) }));
    const { rowIdColumn } = table;
    if (rowIdColumn !== undefined) values[rowIdColumn] = String(rowId);
    // A row from before a column was added has no value for it.
    const present = inserted.filter((index) => index < values.length);
    if (present.length === inserted.length) return `${start}${present.map((index) => values[index]).join(',')});\n`;
    const some = present.map((index) => names[index]).join(',');
    return `INSERT INTO ${quoteName(table.name, 'sqlite3')} (${some}) VALUES (${present.map((index) => values[index]).join(',')});\n`;
  };
}

function literalOf({ kind, bytes, start, end }: Cell, isTextual: boolean): string {
  if (kind === CellKind.Null) return 'NULL';
  if (kind === CellKind.Number) return bytes.toString('latin1', start, end);
  const value = bytes.subarray(start, end);
  if (!isTextual) return `X'${value.toString('hex')}'`;
  // SQLite reads statements as UTF-8, and only up to the first NUL.
  if (value.includes(0) || !isUtf8(value)) return `CAST(X'${value.toString('hex')}' AS TEXT)`;
  return `'${value.toString().replaceAll("'", "''")}'`;
}
