/** SQLite databases for tests, created and queried with the embedded SQLite. */
import { readFileSync } from 'node:fs';
import sqlite from 'node-sqlite3-wasm';
import { CellKind, Row } from '../../src/core/rows.js';
import type { SqliteDatabase } from '../../src/formats/sqlite/SqliteDatabase.js';

/** A value that SQLite returns; bytes are those of a text or a blob. */
export type Value = null | string | { readonly bytes: string };

/** Creates a database from SQL, such as that of `sqlite3 .dump`. */
export function makeDatabase(path: string, sql: string): void {
  const database = new sqlite.Database(path);
  database.exec(sql);
  database.close();
}

/** Creates the original database of a native dump among the fixtures. */
export function loadDump(path: string, dump: string): void {
  makeDatabase(path, readFileSync(dump, 'utf8'));
}

/** Runs a function while a connection to the database is open, as on a running server. */
export async function withConnection<T>(path: string, use: (database: Connection) => T | Promise<T>): Promise<T> {
  const database = new sqlite.Database(path);
  try {
    return await use(database);
  } finally {
    database.close();
  }
}

type Connection = InstanceType<typeof sqlite.Database>;

/** The rows of a table as SQLite itself returns them, by column. */
export async function rowsBySqlite(path: string, table: string): Promise<Record<string, Value>[]> {
  return withConnection(path, (database) => {
    const columns = database.all(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => String(name));
    const list = columns.flatMap((name, i) => [
      `typeof("${name}") AS t${i}`,
      `CASE WHEN typeof("${name}") IN ('text', 'blob') THEN CAST("${name}" AS BLOB) ELSE CAST("${name}" AS TEXT) END AS v${i}`,
    ]);
    return database.all(`SELECT ${list.join(', ')} FROM "${table}" ORDER BY rowid`).map((row) =>
      Object.fromEntries(
        columns.map((name, i): [string, Value] => {
          const value = row[`v${i}`];
          if (value === null || value === undefined) return [name, null];
          return [name, value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('hex') } : String(value)];
        }),
      ),
    );
  });
}

/** The rows of a table as our reader returns them, by column. */
export async function rowsByUs(database: SqliteDatabase, name: string): Promise<Record<string, Value>[]> {
  const table = database.tables.find((candidate) => candidate.name === name);
  if (table === undefined) throw new Error(`there is no table ${name}`);
  const columns = table.columns.map((column) => column.name);
  const rows: Record<string, Value>[] = [];
  const consumer = {
    row: (row: Row): void => {
      rows.push(
        Object.fromEntries(
          row.cells.map(({ kind, bytes, start, end }, i): [string, Value] => {
            const column = columns[i] ?? '';
            if (kind === CellKind.Null) return [column, null];
            if (kind === CellKind.Number) return [column, bytes.toString('latin1', start, end)];
            return [column, { bytes: bytes.toString('hex', start, end) }];
          }),
        ),
      );
    },
  };
  await database.readRows(table, {
    row: new Row(columns.length),
    columnOf: (column) => columns.indexOf(column),
    consumer,
  });
  return rows;
}
