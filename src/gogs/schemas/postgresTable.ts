/** A table of the schema on PostgreSQL. Names are not qualified: the table goes to the first schema of the search path. */
import { describeColumns, type SchemaTable, type TableDefinition } from './Schema.js';

const quote = (name: string): string => `"${name}"`;
const list = (columns: readonly string[]): string => `(${columns.map(quote).join(', ')})`;

export function postgresTable({ name, columns, keys }: TableDefinition): SchemaTable {
  const { primary, constraints, unique, indexes } = keys;
  const lines = Object.entries(columns).map(([column, definition]) => `    ${quote(column)} ${definition}`);
  const add = (constraint: string, what: string): string =>
    `ALTER TABLE ONLY ${quote(name)} ADD CONSTRAINT ${quote(constraint)} ${what};\n`;
  const automatic = Object.keys(columns).find((column) => columns[column]?.startsWith('bigserial'));
  const described = describeColumns('postgres', columns);
  return {
    name,
    get columns() {
      return described();
    },
    primaryKey: primary,
    uniqueKeys: [...Object.values(constraints), ...Object.values(unique)],
    ...(automatic === undefined ? {} : { autoIncrement: automatic }),
    createTable: `CREATE TABLE ${quote(name)} (\n${lines.join(',\n')}\n);\n`,
    createKeys: [
      add(`${name}_pkey`, `PRIMARY KEY ${list(primary)}`),
      ...Object.entries(constraints).map(([key, of]) => add(key, `UNIQUE ${list(of)}`)),
      ...Object.entries(unique).map(
        ([key, of]) => `CREATE UNIQUE INDEX ${quote(key)} ON ${quote(name)} ${list(of)};\n`,
      ),
      ...Object.entries(indexes).map(([key, of]) => `CREATE INDEX ${quote(key)} ON ${quote(name)} ${list(of)};\n`),
    ].join(''),
    dropTable: `DROP TABLE IF EXISTS ${quote(name)};\n`,
  };
}
