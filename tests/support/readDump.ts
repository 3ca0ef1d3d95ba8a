/** Reads whole dumps into objects, for tests. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cell, CellKind, Row } from '../../src/core/rows.js';
import type { SqlDump } from '../../src/formats/sql/dump/SqlDump.js';
import { type IndexOptions, indexSqlDump } from '../../src/formats/sql/indexing/indexSqlDump.js';
import { readSqlRows } from '../../src/formats/sql/rows/readSqlRows.js';

/** A value as text; NULL is null, and a missing one undefined. */
export type Value = string | null | undefined;
export type TableRow = Readonly<Record<string, Value>>;

export function valueOfCell(cell: Cell, encoding: 'utf8' | 'latin1' = 'utf8'): Value {
  switch (cell.kind) {
    case CellKind.Missing:
      return undefined;
    case CellKind.Null:
      return null;
    case CellKind.True:
      return 'TRUE';
    case CellKind.False:
      return 'FALSE';
    default:
      return cell.bytes.toString(encoding, cell.start, cell.end);
  }
}

export interface ReadTable {
  readonly rows: TableRow[];
  /** 1-based line of each row. */
  readonly lines: number[];
}

export async function readTable(
  dump: SqlDump,
  name: string,
  options: { chunkSize?: number; columns?: readonly string[]; encoding?: 'utf8' | 'latin1'; maxRowSize?: number } = {},
): Promise<ReadTable> {
  const { encoding, ...readOptions } = options;
  const table = dump.tables.find((candidate) => candidate.name === name);
  if (table === undefined) throw new Error(`no table ${name}: ${dump.tables.map((each) => each.name).join()}`);
  const names = table.columns?.map((column) => column.name) ?? [...new Set(table.insertColumns.flat())];
  const row = new Row(names.length);
  const found: ReadTable = { rows: [], lines: [] };
  const columnOf = (column: string): number | undefined => {
    const index = names.indexOf(column);
    return index < 0 ? undefined : index;
  };
  const take = (taken: Row): void => {
    const record: Record<string, Value> = {};
    names.forEach((column, index) => {
      record[column] = valueOfCell(taken.cell(index), encoding);
    });
    for (const extra of taken.extras) record[extra.name] = valueOfCell(extra.cell, encoding);
    found.rows.push(record);
    found.lines.push(taken.line);
  };
  await readSqlRows(dump, table, { row, columnOf, consumer: { row: take } }, { name: 'dump.sql', ...readOptions });
  return found;
}

/** Writes a dump to a file for the duration of a function. */
export async function withDump<T>(
  content: string | Buffer,
  use: (path: string) => Promise<T>,
  fileName = 'dump.sql',
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sql-test-'));
  try {
    const path = join(folder, fileName);
    writeFileSync(path, content);
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Indexes a dump given as text. */
export function indexText(content: string | Buffer, options: IndexOptions = {}): Promise<SqlDump> {
  return withDump(content, (path) => indexSqlDump(path, { name: 'dump.sql', ...options }));
}

/** The rows of the only table of a dump given as text. */
export function rowsOf(
  content: string | Buffer,
  options: IndexOptions & { encoding?: 'utf8' | 'latin1'; table?: string } = {},
): Promise<ReadTable> {
  const { encoding, table, ...indexOptions } = options;
  return withDump(content, async (path) => {
    const dump = await indexSqlDump(path, { name: 'dump.sql', ...indexOptions });
    const name = table ?? dump.tables[0]?.name ?? '';
    const { chunkSize } = indexOptions;
    return readTable(dump, name, {
      ...(encoding === undefined ? {} : { encoding }),
      ...(chunkSize === undefined ? {} : { chunkSize }),
    });
  });
}
