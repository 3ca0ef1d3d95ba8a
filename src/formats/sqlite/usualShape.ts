/**
 * The shape of a table with a definition as Gogs' libraries write it, because starting the embedded SQLite takes as long as
 * reading hundreds of megabytes of rows.
 */
import { affinityOf } from './affinityOf.js';
import type { TableShape } from './TableShape.js';
import { usualDefinition } from './usualDefinition.js';

/** Undefined if only SQLite understands the definition. */
export function usualShape(table: string, sql: string): TableShape | undefined {
  const definition = usualDefinition(sql);
  if (definition?.table !== table) return undefined;
  const { columns, rowIdColumn } = definition;
  return {
    columns: columns.map(({ name, type, defaultValue }) => ({
      name,
      isReal: affinityOf(type) === 'real',
      isGenerated: false,
      oldValue: () => defaultValue,
    })),
    rowIdColumn: rowIdColumn < 0 ? undefined : rowIdColumn,
  };
}
