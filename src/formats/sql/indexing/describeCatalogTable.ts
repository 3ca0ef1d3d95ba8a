/** Describes a table of a dump once all statements are known: reads its definition, and applies what altered it. */

import type { FileHandle } from 'node:fs/promises';
import { readFully } from '../../../files/readFully.js';
import { keepsValues, withDomain } from '../definitions/parseDefinition.js';
import { readDefinition } from '../definitions/readDefinition.js';
import type { TableDefinition } from '../definitions/TableDefinition.js';
import type { SqlTable } from '../dump/SqlDump.js';
import type { SqlStatement } from '../statements/SqlStatement.js';
import type { Dialect } from '../syntax/Dialect.js';
import { texts } from '../texts.js';
import type { CatalogTable } from './Catalog.js';
import type { DumpChanges } from './DumpChanges.js';

export interface DumpContents {
  readonly file: FileHandle;
  readonly dialect: Dialect;
  readonly changes: DumpChanges;
  /** Types that PostgreSQL's domains stand for, by name. */
  readonly domains: ReadonlyMap<string, string>;
}

export async function describeCatalogTable(table: CatalogTable, contents: DumpContents): Promise<SqlTable> {
  const definition = await define(table, contents);
  const nextId = table.nextId ?? definition?.nextId;
  const isUncounted = (table.setsNextId && contents.dialect !== 'sqlite3') || definition?.countsInGroups === true;
  return {
    name: table.name,
    database: table.database,
    schema: table.schema,
    temporary: table.temporary,
    definition: table.definition,
    comparison: definition?.comparison ?? (contents.dialect === 'mysql' ? 'folded' : 'bytes'),
    resolvesConflicts: definition?.resolvesConflicts ?? false,
    columns: definition === undefined || definition.columns.length === 0 ? undefined : definition.columns,
    keys: [...(definition?.keys ?? []), ...table.keys].map((key) =>
      contents.dialect === 'postgres' && hasOddEquality(key, definition?.columns ?? []) ? [] : key,
    ),
    insertColumns: [...table.insertColumns.values()],
    rows: table.rows,
    statements: table.statements,
    related: table.related,
    restarts: table.restarts,
    dropped: table.dropped,
    nextId,
    firstId: isUncounted ? undefined : (definition?.nextId ?? 1n),
    changes: table.changes.toSorted((a, b) => a.start - b.start),
  };
}

/** PostgreSQL's types of which two different texts may be equal: 1 and 1.0. */
const ODD_EQUALITY = /^(?:numeric|decimal|bpchar|citext|interval|jsonb)\b/i;

const hasOddEquality = (key: readonly string[], columns: TableDefinition['columns']): boolean =>
  columns.some(
    ({ name, type }) => ODD_EQUALITY.test(type) && key.some((each) => each.toLowerCase() === name.toLowerCase()),
  );

async function define(
  table: CatalogTable,
  { file, dialect, changes, domains }: DumpContents,
): Promise<TableDefinition | undefined> {
  if (table.definition === undefined) return undefined;
  const text = (await readFully(file, table.definition.start, table.definition.end)).toString('utf8');
  const definition = await readDefinition(text, dialect);
  const statement: SqlStatement = { ...table.definition, opening: `CREATE TABLE ${table.name}` };
  if (definition.isComputed) changes.addTo(table, statement, texts().effects.takesFromOther);
  const given = definition.columns.map((column) => ({
    ...(domains.size === 0 ? column : withDomain(column, domains)),
    charset: column.charset ?? table.databaseCharset,
  }));
  for (const { column, type, statement: modifying } of table.modified) {
    const defined = given.find(({ name }) => name.toLowerCase() === column.toLowerCase());
    const attributes = defined === undefined ? undefined : attributesAfter(type, defined.type);
    if (defined !== undefined && attributes !== undefined && keepsValues(attributes, defined)) continue;
    changes.addTo(table, modifying, texts().effects.changesType({ column }));
  }
  const columns = given.map((column) => {
    const name = column.name.toLowerCase();
    const types = table.modified.filter((each) => each.column.toLowerCase() === name).map(({ type }) => type);
    if (types.length === 0 && !table.defaults.has(name)) return column;
    const counts = types.some((type) => /\b(?:AUTO_INCREMENT|SERIAL)\b/i.test(type));
    return { ...column, hasUnknownDefault: true, ...(counts ? { isAutomatic: true, nullable: false } : {}) };
  });
  return { ...definition, columns };
}

/** What follows a type with which the definition of a column begins; undefined if it begins with another one. */
function attributesAfter(definition: string, type: string): string | undefined {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/ ?([(),]) ?/g, '$1');
  const [whole, first] = [plain(definition), plain(type)];
  const after = whole.slice(first.length);
  return whole.startsWith(first) && (after === '' || /^ |\)$/.test(`${after[0]}${first.at(-1)}`)) ? after : undefined;
}
