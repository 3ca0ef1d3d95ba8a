/** Table `version`, whose single row holds the schema version of a database. */
import { CellKind, type Row } from '../core/rows.js';
import { integerOf } from '../core/values.js';
import { columnIndex, type Table } from './tables.js';

/** Sets the row of table `version` to the target's schema version. */
export function schemaVersionSetter(table: Table, schema: number): ((row: Row) => undefined) | undefined {
  if (table.name !== 'version') return undefined;
  const [id, version] = [columnIndex(table, 'id'), columnIndex(table, 'version')];
  const digits = Buffer.from(String(schema));
  return (row) => {
    const cell = row.cell(version);
    if (integerOf(row.cell(id)) === 1 && integerOf(cell) !== schema) cell.set(CellKind.Number, digits);
    return undefined;
  };
}
