import type { UpdateFrom } from './DatabaseEngine.js';

/** `UPDATE … FROM`, as in PostgreSQL, and in SQLite since 3.33. */
export const updateFromStage = ({ table, stage, sameRow, columns }: UpdateFrom): string =>
  `UPDATE ${table} SET ${columns.map((name) => `${name} = stage.${name}`).join(', ')} FROM ${stage} AS stage ` +
  `WHERE ${sameRow};\n`;
