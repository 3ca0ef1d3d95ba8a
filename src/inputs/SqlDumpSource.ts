/** Reads tables from an SQL dump, whichever engine and program wrote it. */
import { InputError } from '../core/errors.js';
import type { Row, RowConsumer } from '../core/rows.js';
import type { SourceForm } from '../core/SourceForm.js';
import type { SqlFile } from '../formats/sql/openSqlFile.js';
import { indexSqlDump, readSqlRows, readSqlTableText, type SqlDump, type SqlTable } from '../formats/sql/SqlDump.js';
import type { Engine } from '../gogs/engines.js';
import { RETIRED_TABLES, type Table, tableNamed } from '../gogs/tables.js';
import type { ArchiveFiles } from './ArchiveFiles.js';
import type { ForeignTable, Source, SourceTable } from './Source.js';

interface DumpTable extends SourceTable {
  readonly from: SqlTable;
}

export interface SqlDumpSourceParts {
  readonly form: SourceForm;
  /** The input as the user named it. */
  readonly input: string;
  readonly file: SqlFile;
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
  readonly engine: Engine;
  readonly tables: readonly DumpTable[];
  readonly foreignTables: readonly ForeignTable[];
  readonly files: ArchiveFiles | undefined;
  readonly #dump: SqlDump;
  readonly #parts: SqlDumpSourceParts;

  private constructor(parts: SqlDumpSourceParts, dump: SqlDump) {
    this.#parts = parts;
    this.#dump = dump;
    this.form = parts.form;
    this.input = parts.input;
    this.files = parts.files;
    this.bytes = dump.size + (parts.filesBytes ?? 0);
    this.bytesToRead = this.bytes;
    this.engine = dump.kind.dialect;
    this.tables = dump.tables.flatMap((from) => sourceTable(from));
    this.foreignTables = dump.tables
      .filter(({ name }) => tableNamed(name) === undefined && !RETIRED_TABLES.has(name))
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
    const dump = await indexSqlDump(file.path, { name: input, ...(signal === undefined ? {} : { signal }) });
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

  async readRows(source: SourceTable, row: Row, consumer: RowConsumer, signal?: AbortSignal): Promise<void> {
    const { from, table } = source as DumpTable;
    const indexes = new Map(
      table.columns.flatMap(({ name, derived }, index) => (derived ? [] : [[name.toLowerCase(), index] as const])),
    );
    await readSqlRows(this.#dump, from, (name) => indexes.get(name.toLowerCase()), row, consumer, {
      name: this.input,
      maxRowSize: this.#parts.maxRowBytes,
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async close(): Promise<void> {
    await this.#parts.file.dispose();
    await this.#parts.close?.();
  }
}

function sourceTable(from: SqlTable): DumpTable[] {
  const table: Table | undefined = tableNamed(from.name);
  if (table === undefined) return [];
  const bytes = from.rows.reduce((sum, { start, end }) => sum + end - start, 0);
  const columns = from.columns?.map(({ name }) => name) ?? from.insertColumns[0];
  return [{ table, from, bytes, columns, nextId: from.nextId, place: `table ${from.name}` }];
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
