/** Writes the types of the rows that the library hands out, of what the releases of Gogs declare: `npm run tables`. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ColumnKind } from '../src/core/rows.js';
import { GOGS } from '../src/gogs/gogsHistory.js';
import { tableMeaning } from '../src/gogs/tableMeaning.js';
import type { Column, Table } from '../src/gogs/tables.js';
import { repository } from './repository.js';

export const TABLE_ROWS = join(repository, 'src', 'read', 'TableRows.ts');

const TYPES: Readonly<Record<ColumnKind, string>> = {
  integer: 'Integer',
  boolean: 'boolean',
  text: 'string',
  uuid: 'string',
  time: 'string',
};

export function tableRows(tables: readonly Table[] = GOGS.tables): string {
  return `/**
 * The rows of every table that Gogs ever had, as \`openBackup\` hands them out. Made by \`npm run tables\` of what the releases in
 * src/gogs/releases/ declare: change it there.
 *
 * A value is null where it is NULL, and where the row has no such column.
 */

/** A whole number of up to 64 bits: a bigint where a number would not be exact. */
export type Integer = number | bigint;

/** Rows by the SQL name of their table. */
export interface TableRows {
${tables.map(({ name, type }) => `  readonly ${name}: ${type}Row;`).join('\n')}
}

/** SQL name of a table. */
export type TableName = keyof TableRows;

${tables.map(interfaceOf).join('\n\n')}
`;
}

function interfaceOf(table: Table): string {
  const meaning = capitalized(tableMeaning(table.name));
  const columns = table.columns.filter(({ derived }) => !derived);
  return `/** ${[meaning, lifetimeOf(table)].filter((part) => part).join('. ')}. */
export interface ${table.type}Row {
${columns.map(propertyOf).join('\n')}
}`;
}

function propertyOf(column: Column): string {
  const lifetime = lifetimeOf(column);
  const comments = [lifetime, column.kind === 'time' ? 'RFC 3339' : ''].filter((part) => part !== '');
  const comment = comments.length === 0 ? '' : `  /** ${comments.join('. ')}. */\n`;
  return `${comment}  readonly ${column.name}: ${TYPES[column.kind]} | null;`;
}

function lifetimeOf({ since, until }: Pick<Table, 'since' | 'until'>): string {
  const from = since === undefined ? '' : `from ${since} on`;
  const to = until === undefined ? '' : `up to the release before ${until}`;
  const both = [from, to].filter((part) => part !== '').join(', ');
  return capitalized(both);
}

const capitalized = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  writeFileSync(TABLE_ROWS, tableRows());
}
