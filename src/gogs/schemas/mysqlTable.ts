/** A table of the schema on MySQL and MariaDB. */
import { describeColumns, type SchemaTable, type TableDefinition } from './Schema.js';

const quote = (name: string): string => `\`${name}\``;
const list = (columns: readonly string[]): string => `(${columns.map(quote).join(',')})`;

/** xorm sets ROW_FORMAT=DYNAMIC, gorm does not. */
export function mysqlTable({ orm, name, columns, keys: { primary, unique, indexes } }: TableDefinition): SchemaTable {
  const lines = Object.entries(columns).map(([column, definition]) => `  ${quote(column)} ${definition},\n`);
  const options = `ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci${orm === 'xorm' ? ' ROW_FORMAT=DYNAMIC' : ''}`;
  const additions = [
    ...Object.entries(unique).map(([key, of]) => `  ADD UNIQUE KEY ${quote(key)} ${list(of)}`),
    ...Object.entries(indexes).map(([key, of]) => `  ADD KEY ${quote(key)} ${list(of)}`),
  ];
  const automatic = Object.keys(columns).find((column) => columns[column]?.includes('AUTO_INCREMENT'));
  const described = describeColumns('mysql', columns);
  return {
    name,
    get columns() {
      return described();
    },
    primaryKey: primary,
    uniqueKeys: Object.values(unique),
    ...(automatic === undefined ? {} : { autoIncrement: automatic }),
    createTable: `CREATE TABLE ${quote(name)} (\n${lines.join('')}  PRIMARY KEY ${list(primary)}\n) ${options};\n`,
    createKeys: additions.length === 0 ? '' : `ALTER TABLE ${quote(name)}\n${additions.join(',\n')};\n`,
    dropTable: `DROP TABLE IF EXISTS ${quote(name)};\n`,
  };
}
