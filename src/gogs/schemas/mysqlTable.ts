/** A table of the schema on MySQL and MariaDB. */
import { type ColumnDefinitions, describeColumn, type Keys, type SchemaTable } from './Schema.js';

export interface MySqlKeys {
  readonly primary: readonly string[];
  readonly unique?: Keys;
  readonly indexes?: Keys;
}

const quote = (name: string): string => `\`${name}\``;
const list = (columns: readonly string[]): string => `(${columns.map(quote).join(',')})`;

/** xorm asks for ROW_FORMAT=DYNAMIC, gorm does not. */
export function mysqlTable(
  orm: 'xorm' | 'gorm',
  name: string,
  columns: ColumnDefinitions,
  { primary, unique = {}, indexes = {} }: MySqlKeys,
): SchemaTable {
  const lines = Object.entries(columns).map(([column, definition]) => `  ${quote(column)} ${definition},\n`);
  const options = `ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci${orm === 'xorm' ? ' ROW_FORMAT=DYNAMIC' : ''}`;
  const keys = [
    ...Object.entries(unique).map(([key, of]) => `  ADD UNIQUE KEY ${quote(key)} ${list(of)}`),
    ...Object.entries(indexes).map(([key, of]) => `  ADD KEY ${quote(key)} ${list(of)}`),
  ];
  const automatic = Object.keys(columns).find((column) => columns[column]?.includes('AUTO_INCREMENT'));
  return {
    name,
    columns: Object.entries(columns).map(([column, definition]) => describeColumn('mysql', column, definition)),
    primaryKey: primary,
    uniqueKeys: Object.values(unique),
    ...(automatic === undefined ? {} : { autoIncrement: automatic }),
    createTable: `CREATE TABLE ${quote(name)} (\n${lines.join('')}  PRIMARY KEY ${list(primary)}\n) ${options};\n`,
    createKeys: keys.length === 0 ? '' : `ALTER TABLE ${quote(name)}\n${keys.join(',\n')};\n`,
    dropTable: `DROP TABLE IF EXISTS ${quote(name)};\n`,
  };
}
