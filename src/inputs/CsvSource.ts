/** Reads a folder, or a zip, of CSV files: one a table, named after it, with SQL column names in the first line. */
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { InputError } from '../core/errors.js';
import type { Row, RowConsumer } from '../core/rows.js';
import { type CsvFile, openCsv, readCsvRows } from '../formats/csv/CsvReader.js';
import { indexSqlDump } from '../formats/sql/indexSqlDump.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import type { Table } from '../gogs/tables.js';
import { columnFinder } from './columnFinder.js';
import { isCsvName } from './isCsvName.js';
import type { ForeignTable, Source, SourceTable } from './Source.js';

class CsvTable implements SourceTable {
  readonly place: string;
  readonly bytes: number;

  constructor(
    readonly table: Table,
    readonly csv: CsvFile,
    readonly columns: readonly string[] | undefined,
    readonly maxRowBytes: number,
  ) {
    this.place = csv.name;
    this.bytes = csv.size;
  }

  async readRows(row: Row, consumer: RowConsumer, signal?: AbortSignal): Promise<void> {
    await readCsvRows(this.csv, columnFinder(this.table), row, consumer, {
      maxRowSize: this.maxRowBytes,
      columns: this.columns,
      signal,
    });
  }
}

export interface CsvSourceOptions {
  readonly history: GogsHistory;
  readonly maxRowBytes: number;
}

export class CsvSource implements Source {
  readonly form = 'CSV files';
  readonly gogsVersion = undefined;
  readonly madeAt = undefined;
  readonly engine = undefined;
  readonly files = undefined;
  readonly input: string;
  readonly bytes: number;
  readonly bytesToRead: number;
  readonly tables: readonly CsvTable[];
  readonly foreignTables: readonly ForeignTable[];

  private constructor(input: string, tables: CsvTable[], foreignTables: ForeignTable[]) {
    this.input = input;
    this.tables = tables;
    this.foreignTables = foreignTables;
    this.bytes = tables.reduce((sum, { bytes }) => sum + bytes, 0);
    this.bytesToRead = this.bytes;
  }

  /** `folder` is where the files are; `input` is what the user called them. */
  static async open(input: string, folder: string, { history, maxRowBytes }: CsvSourceOptions): Promise<CsvSource> {
    const names = (await readdir(folder)).filter(isCsvName).sort();
    const tables: CsvTable[] = [];
    const foreignTables: ForeignTable[] = [];
    for (const name of names) {
      const table = history.tableNamed(basename(name, extname(name)));
      if (table === undefined) foreignTables.push({ name, place: name });
      else tables.push(await openTable(table, folder, name, maxRowBytes));
    }
    if (tables.length === 0) {
      throw new InputError(
        `Cannot use ${input}: none of its files is a table of Gogs. Name each after its table, as in access_token.csv.`,
      );
    }
    return new CsvSource(input, tables, foreignTables);
  }

  async close(): Promise<void> {}
}

async function openTable(table: Table, folder: string, name: string, maxRowBytes: number): Promise<CsvTable> {
  const names = new Set(table.columns.map((column) => column.name));
  const csv = await openCsv(join(folder, name), { name, isColumn: (column) => names.has(column.toLowerCase()) });
  const columns = csv.header ?? (await definedColumns(join(folder, `${table.name}.sql`), table.name));
  return new CsvTable(table, csv, columns, maxRowBytes);
}

/** The columns in the definition that `mysqldump --tab` writes beside the rows. */
async function definedColumns(path: string, table: string): Promise<string[] | undefined> {
  if (!(await stat(path).catch(() => undefined))?.isFile()) return undefined;
  const dump = await indexSqlDump(path);
  return dump.tables.find(({ name }) => name === table)?.columns?.map(({ name }) => name);
}
