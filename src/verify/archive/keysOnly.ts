import type { SchemaTable } from '../../gogs/schemas/Schema.js';

/** The table with only its id and the columns that must be unique. */
export function keysOnly(schema: SchemaTable): SchemaTable {
  const names = new Set([...schema.primaryKey, ...schema.uniqueKeys.flat()]);
  const columns = schema.columns.filter(({ name }) => names.has(name));
  const list = (keys: readonly string[]): string => keys.map((key) => `"${key}"`).join(',');
  const parts = [
    ...columns.map(({ name, type }) => `"${name}" ${type}`),
    `PRIMARY KEY (${list(schema.primaryKey)})`,
    ...schema.uniqueKeys.map((keys) => `UNIQUE (${list(keys)})`),
  ];
  return { ...schema, columns, createTable: `CREATE TABLE "${schema.name}" (${parts.join(',')});`, createKeys: '' };
}
