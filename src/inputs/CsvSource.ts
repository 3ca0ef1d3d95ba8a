/** Reads a folder or zip of CSV files: one per table, named after it, with SQL column names in the first line. */
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { InputError } from '../core/errors.js';
import type { Notice } from '../core/findings.js';
import type { Row, RowConsumer } from '../core/rows.js';
import { spoolStream } from '../files/spoolStream.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { TranscodeToUtf8 } from '../files/TranscodeToUtf8.js';
import type { CsvFormat } from '../formats/csv/CsvFormat.js';
import { type CsvFile, openCsv, readCsvRows } from '../formats/csv/readCsvRows.js';
import { indexSqlDump } from '../formats/sql/indexing/indexSqlDump.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import type { Table } from '../gogs/tables.js';
import { columnFinder } from './columnFinder.js';
import { csvNotices } from './csvNotices.js';
import { isCsvName } from './isCsvName.js';
import { recognizeTable } from './recognizeTable.js';
import type { ForeignTable, Source, SourceTable } from './Source.js';
import { tableOfCsv } from './tableOfCsv.js';
import { texts } from './texts.js';

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
    const columnOf = columnFinder(this.table);
    await readCsvRows(
      this.csv,
      { row, columnOf, consumer },
      {
        maxRowSize: this.maxRowBytes,
        columns: this.columns,
        signal,
      },
    );
  }
}

const MYSQLDUMP_TAB: CsvFormat = { separator: '\t', style: 'text', nullWord: false };

export interface CsvSourceOptions {
  readonly history: GogsHistory;
  readonly maxRowBytes: number;
  /** The label of the files' character set, if it is not UTF-8. */
  readonly encoding?: string | undefined;
  /** Folder for the converted files. */
  readonly temporary: TemporaryFolder;
  readonly signal?: AbortSignal | undefined;
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
  readonly notices: readonly Notice[];

  private constructor(input: string, tables: CsvTable[], foreignTables: ForeignTable[]) {
    this.input = input;
    this.tables = tables;
    this.foreignTables = foreignTables;
    this.bytes = tables.reduce((sum, { bytes }) => sum + bytes, 0);
    this.bytesToRead = this.bytes;
    this.notices = tables.flatMap(({ csv }) => csvNotices(csv));
  }

  /** `folder` is the path of the files; `input` is the name the user gave. */
  static async open(input: string, folder: string, options: CsvSourceOptions): Promise<CsvSource> {
    const { history } = options;
    const names = (await readdir(folder)).filter(isCsvName).sort();
    const tables: CsvTable[] = [];
    const foreignTables: ForeignTable[] = [];
    for (const name of names) {
      const table = tableOfCsv(history, name);
      if (table === undefined) {
        foreignTables.push({ name, place: name });
        continue;
      }
      const other = tables.find((known) => known.table === table);
      if (other !== undefined) {
        throw new InputError(texts().csv.tableTwice({ input, one: other.place, two: name, table: table.name }));
      }
      const opened = await openTable(input, table, folder, name, options);
      const { lacks } = recognizeTable(history, table.name, opened.columns);
      if (lacks.length > 0) foreignTables.push({ name, place: name, lacks });
      else tables.push(opened);
    }
    if (tables.length === 0 && foreignTables.every(({ lacks = [] }) => lacks.length === 0)) {
      throw new InputError(texts().csv.noTables({ input }));
    }
    return new CsvSource(input, tables, foreignTables);
  }

  async close(): Promise<void> {}
}

async function openTable(
  input: string,
  table: Table,
  folder: string,
  name: string,
  options: CsvSourceOptions,
): Promise<CsvTable> {
  const path = join(folder, name);
  // A link may lead anywhere, and reading a pipe could block forever.
  if (!(await lstat(path)).isFile()) {
    throw new InputError(texts().csv.notAFile({ input, name }));
  }
  const names = new Set(table.columns.map((column) => column.name));
  const defined = await definedColumns(join(folder, `${basename(name, extname(name))}.sql`), table.name);
  // The output of `mysqldump --tab` is unambiguous: a .txt file beside the definition.
  const isTab = extname(name).toLowerCase() === '.txt' && defined !== undefined;
  const csv = await openCsv(await inUtf8(path, name, options), {
    name,
    columns: defined,
    maxRowSize: options.maxRowBytes,
    signal: options.signal,
    ...(isTab ? { format: MYSQLDUMP_TAB, isColumn: () => false } : {}),
    ...(isTab ? {} : { isColumn: (column: string) => names.has(column.toLowerCase()) }),
  });
  return new CsvTable(table, csv, csv.header ?? defined, options.maxRowBytes);
}

/** The path of the file in UTF-8: the original, or a converted copy. */
async function inUtf8(path: string, name: string, { encoding, temporary, signal }: CsvSourceOptions): Promise<string> {
  if (encoding === undefined) return path;
  const converted = new TranscodeToUtf8(name, () => encoding);
  // Its failure reaches the reader of the stream.
  pipeline(createReadStream(path), converted, () => {});
  return spoolStream(name, converted, await temporary.newPath('table.csv'), signal);
}

/** The columns in the definition that `mysqldump --tab` writes beside the rows. */
async function definedColumns(path: string, table: string): Promise<string[] | undefined> {
  if (!(await lstat(path).catch(() => undefined))?.isFile()) return undefined;
  const dump = await indexSqlDump(path);
  return dump.tables.find(({ name }) => name === table)?.columns?.map(({ name }) => name);
}
