/** Reads tables from an SQL dump, whichever engine and program wrote it. */
import { InputError } from '../core/errors.js';
import type { Row, RowConsumer } from '../core/rows.js';
import type { SourceForm } from '../core/SourceForm.js';
import { indexSqlDump } from '../formats/sql/indexSqlDump.js';
import type { SqlFile } from '../formats/sql/openSqlFile.js';
import { readSqlRows } from '../formats/sql/readSqlRows.js';
import { readSqlTableText } from '../formats/sql/readSqlTableText.js';
import type { SqlDump, SqlTable } from '../formats/sql/SqlDump.js';
import type { Engine } from '../gogs/engines.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import type { Table } from '../gogs/tables.js';
import type { ArchiveFiles } from './ArchiveFiles.js';
import { columnFinder } from './columnFinder.js';
import type { ForeignTable, Source, SourceTable } from './Source.js';

interface DumpContext {
  /** Names the dump in errors. */
  readonly input: string;
  readonly dump: SqlDump;
  readonly maxRowBytes: number;
}

class DumpTable implements SourceTable {
  readonly place: string;
  readonly bytes: number;
  readonly columns: readonly string[] | undefined;
  readonly nextId: bigint | undefined;

  constructor(
    readonly table: Table,
    readonly from: SqlTable,
    readonly context: DumpContext,
  ) {
    this.place = `table ${from.name}`;
    this.bytes = from.rows.reduce((sum, { start, end }) => sum + end - start, 0);
    this.columns = from.columns?.map(({ name }) => name) ?? from.insertColumns[0];
    this.nextId = from.nextId;
  }

  async readRows(row: Row, consumer: RowConsumer, signal?: AbortSignal): Promise<void> {
    const { input, dump, maxRowBytes } = this.context;
    const options = { name: input, maxRowSize: maxRowBytes, signal };
    await readSqlRows(dump, this.from, columnFinder(this.table), row, consumer, options);
  }
}

export interface SqlDumpSourceParts {
  readonly form: SourceForm;
  /** The input as the user named it. */
  readonly input: string;
  readonly file: SqlFile;
  readonly history: GogsHistory;
  readonly maxRowBytes: number;
  /** What else the input holds. */
  readonly files?: ArchiveFiles;
  readonly filesBytes?: number;
  readonly signal?: AbortSignal | undefined;
  readonly close?: () => Promise<void>;
}

export class SqlDumpSource implements Source {
  readonly form: SourceForm;
  readonly input: string;
  readonly bytes: number;
  readonly bytesToRead: number;
  readonly gogsVersion = undefined;
  readonly madeAt = undefined;
  readonly engine: Engine;
  readonly tables: readonly DumpTable[];
  readonly foreignTables: readonly ForeignTable[];
  readonly files: ArchiveFiles | undefined;
  readonly #parts: SqlDumpSourceParts;

  private constructor(parts: SqlDumpSourceParts, dump: SqlDump) {
    this.#parts = parts;
    this.form = parts.form;
    this.input = parts.input;
    this.files = parts.files;
    this.bytes = dump.size + (parts.filesBytes ?? 0);
    this.bytesToRead = this.bytes;
    this.engine = dump.kind.dialect;
    const { history } = parts;
    const context = { input: parts.input, dump, maxRowBytes: parts.maxRowBytes };
    this.tables = dump.tables.flatMap((from) => {
      const table = history.tableNamed(from.name);
      return table === undefined ? [] : [new DumpTable(table, from, context)];
    });
    this.foreignTables = dump.tables
      .filter(({ name }) => history.tableNamed(name) === undefined && !history.forgottenTables.has(name))
      .map((table) => ({
        name: table.name,
        place: `table ${table.name}`,
        // xorm escapes as no server reads it.
        ...(dump.kind.producer === 'xorm' ? {} : { text: () => readSqlTableText(dump.path, table) }),
      }));
    refuseSeveralDatabases(parts.input, this.tables);
  }

  /** Takes the file over: closing the source disposes of it. */
  static async open(parts: SqlDumpSourceParts): Promise<SqlDumpSource> {
    const { file, input, signal } = parts;
    const dump = await indexSqlDump(file.path, { name: input, signal });
    if (dump.complete === false) {
      throw new InputError(
        `Cannot use ${input}: it lacks the closing line that ${dump.kind.producer} writes, so it was cut off. ` +
          'Make the dump anew, and check that the disk was not full.',
      );
    }
    refuseOtherCharacters(input, dump);
    refuseComputedRows(input, dump);
    return new SqlDumpSource(parts, dump);
  }

  async close(): Promise<void> {
    await this.#parts.file.dispose();
    await this.#parts.close?.();
  }
}

/** Gogs' databases are UTF-8; bytes of another character set would be taken for it, and every umlaut be wrong. */
function refuseOtherCharacters(input: string, { encoding }: SqlDump): void {
  if (encoding === undefined || /^(?:utf-?8(?:mb[34])?|unicode|binary|sql_ascii)$/i.test(encoding)) return;
  throw new InputError(
    `Cannot use ${input}: it says that it is in the character set ${encoding}. ` +
      'Make the dump in UTF-8: mysqldump --default-character-set=utf8mb4, pg_dump --encoding=UTF8.',
  );
}

/** `INSERT … SELECT` and the like. */
function refuseComputedRows(input: string, { others }: SqlDump): void {
  const computed = others.find(({ opening }) => /^(?:INSERT|REPLACE)\b/i.test(opening));
  if (computed === undefined) return;
  throw new InputError(
    `Cannot read ${input}, line ${computed.line} (byte ${computed.start}): an INSERT that does not list its values adds rows that only a ` +
      'database could work out. Load the dump into a database, and dump that.',
  );
}

function refuseSeveralDatabases(input: string, tables: readonly DumpTable[]): void {
  const seen = new Map<Table, DumpTable>();
  for (const table of tables) {
    const other = seen.get(table.table);
    if (other !== undefined) {
      const [a, b] = [other, table].map(({ from }) => from.schema ?? '(unnamed)');
      throw new InputError(
        `Cannot use ${input}: it holds table ${table.from.name} twice, in ${a} and in ${b}. Dump only the database of Gogs.`,
      );
    }
    seen.set(table.table, table);
  }
}
