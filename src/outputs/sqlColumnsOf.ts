/** Maps the SQL columns of a table to the cells of its rows. */
import type { SqlOutputColumn } from '../formats/sql/writing/SqlTableWriter.js';
import type { SchemaTable } from '../gogs/schemas/Schema.js';
import type { Table } from '../gogs/tables.js';

/** The columns of the target's schema, in its order. */
export function sqlColumnsOf(table: Table, schema: SchemaTable): SqlOutputColumn[] {
  return schema.columns.map((column) => {
    const index = table.columns.findIndex(({ name, derived }) => name === column.name && !derived);
    const known = table.columns[index];
    if (known === undefined) throw new Error(`the list of tables lacks ${table.name}.${column.name}`);
    return { ...column, kind: known.kind, index };
  });
}
