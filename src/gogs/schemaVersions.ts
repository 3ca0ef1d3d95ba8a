/** Which schema version (table `version`) a release has. Measured on the releases. */
import { CellKind, type Row } from '../core/rows.js';
import { integerOf } from '../core/values.js';
import { columnIndex, type Table } from './tables.js';
import { compareVersions } from './versions.js';

const SCHEMA_SINCE: readonly (readonly [release: string, schema: number])[] = [
  ['0.9.141', 14],
  ['0.10.18', 16],
  ['0.11.4', 17],
  ['0.11.66', 19],
  ['0.13.0', 22],
];

/** The schema version of a release; the oldest known one for anything older. */
export function schemaOfRelease(release: string): number {
  return SCHEMA_SINCE.findLast(([since]) => compareVersions(since, release) <= 0)?.[1] ?? 14;
}

/** Columns that came with a schema version, newest first. Some came in between two: the older one is taken then. */
const TELLING_COLUMNS: readonly (readonly [column: string, schema: number])[] = [
  ['access_token.sha256', 22],
  ['login_source.is_default', 19],
  ['repository.use_custom_avatar', 19],
  ['repository.allow_public_wiki', 17],
  ['repository.size', 16],
];

/** The schema version that the columns (`table.column`) of a database without table `version` speak for. */
export function schemaOfColumns(columns: ReadonlySet<string>): number {
  return TELLING_COLUMNS.find(([column]) => columns.has(column))?.[1] ?? 14;
}

/** Makes the row of table `version` say that every change of the target is done. */
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
