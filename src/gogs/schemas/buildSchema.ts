/** Builds the statements of a schema for an engine. */
import type { Engine } from '../../engines/Engine.js';
import { mysqlTable } from './mysqlTable.js';
import { postgresTable } from './postgresTable.js';
import type { Schema, SchemaTable, TableDefinition } from './Schema.js';
import { sqliteTable } from './sqliteTable.js';

const BUILDERS: Readonly<Record<Engine, (table: TableDefinition) => SchemaTable>> = {
  mysql: mysqlTable,
  postgres: postgresTable,
  sqlite3: sqliteTable,
};

export function buildSchema(engine: Engine, tables: readonly TableDefinition[]): Schema {
  return { engine, tables: tables.map(BUILDERS[engine]) };
}

/** A table of the schema. Asking for a missing table is a bug in this program. */
export function schemaTable({ engine, tables }: Schema, name: string): SchemaTable {
  const found = tables.find((table) => table.name === name);
  if (found === undefined) throw new RangeError(`the schema for ${engine} lacks ${name}`);
  return found;
}
