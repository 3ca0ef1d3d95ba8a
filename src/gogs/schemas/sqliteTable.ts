/**
 * A table of the schema on SQLite, which stores the text of each definition. The two libraries with which Gogs creates tables
 * space definitions differently, and so does this file.
 */
import { describeColumns, type SchemaTable, type TableDefinition } from './Schema.js';

const quote = (name: string): string => `\`${name}\``;
const list = (columns: readonly string[]): string => `(${columns.map(quote).join(',')})`;

export function sqliteTable({ orm, name, columns, keys }: TableDefinition): SchemaTable {
  const { primary, constraints, unique, indexes } = keys;
  const definitions = Object.entries(columns);
  const parts = definitions.map(([column, definition]) => `${quote(column)} ${definition}`);
  if (primary.length > 0) parts.push(`PRIMARY KEY ${list(primary)}`);
  for (const [key, of] of Object.entries(constraints)) parts.push(`CONSTRAINT ${quote(key)} UNIQUE ${list(of)}`);
  const target = `${quote(name)}${orm === 'xorm' ? ' ' : ''}`;
  const inline = (words: string): string[] =>
    definitions.filter(([, text]) => text.includes(words)).map(([column]) => column);
  const [automatic] = inline('AUTOINCREMENT');
  const described = describeColumns('sqlite3', columns);
  return {
    name,
    get columns() {
      return described();
    },
    primaryKey: primary.length > 0 ? primary : inline('PRIMARY KEY'),
    uniqueKeys: [
      ...inline('UNIQUE').map((column) => [column]),
      ...Object.values(constraints),
      ...Object.values(unique),
    ],
    ...(automatic === undefined ? {} : { autoIncrement: automatic }),
    createTable: `CREATE TABLE ${quote(name)} (${parts.join(orm === 'xorm' ? ', ' : ',')});\n`,
    createKeys: [
      ...Object.entries(unique).map(([key, of]) => `CREATE UNIQUE INDEX ${quote(key)} ON ${target}${list(of)};\n`),
      ...Object.entries(indexes).map(([key, of]) => `CREATE INDEX ${quote(key)} ON ${target}${list(of)};\n`),
    ].join(''),
    dropTable: `DROP TABLE IF EXISTS ${quote(name)};\n`,
  };
}
