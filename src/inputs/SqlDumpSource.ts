/** Reads tables from an SQL dump of any supported engine and program. */
import type { Notice } from '../core/findings.js';
import type { ColumnKind, Row, RowConsumer } from '../core/rows.js';
import type { SourceForm } from '../core/SourceForm.js';
import type { Engine } from '../engines/Engine.js';
import { engineNamed } from '../engines/engineNamed.js';
import { readDefinitions } from '../formats/sql/dump/readDefinitions.js';
import { readOtherStatements } from '../formats/sql/dump/readOtherStatements.js';
import { readSqlTableText, writeTableStatements } from '../formats/sql/dump/readSqlTableText.js';
import type { SqlDump, SqlTable } from '../formats/sql/dump/SqlDump.js';
import { indexSqlDump } from '../formats/sql/indexing/indexSqlDump.js';
import type { SqlFile } from '../formats/sql/opening/openSqlFile.js';
import { readSqlRows } from '../formats/sql/rows/readSqlRows.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import type { Table } from '../gogs/tables.js';
import type { ArchiveFiles } from './ArchiveFiles.js';
import { type ChosenDatabase, chooseDatabase, type DumpedDatabase } from './chooseDatabase.js';
import { columnFinder } from './columnFinder.js';
import { LOST_AND_FOUND, LOST_ROWS, otherDatabases, SEVERAL_DUMPS } from './dumpNotices.js';
import { refuseChanges, refuseIncomplete, refuseUnclearRows } from './dumpRefusals.js';
import { readOpening } from './readOpening.js';
import { columnsOf, recognizeSqlTable } from './recognizeSqlTable.js';
import { recognizeTable } from './recognizeTable.js';
import { refuseOtherText, refuseStrangers } from './refuseStrangers.js';
import type { ForeignTable, Source, SourceTable, StatedStatement, StatementSink } from './Source.js';
import { texts } from './texts.js';

interface DumpContext {
  /** The name of the dump for errors. */
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
    this.place = texts().table({ name: from.name });
    this.bytes = from.rows.reduce((sum, { start, end }) => sum + end - start, 0);
    this.columns = columnsOf(from);
    this.nextId = from.nextId;
  }

  definitions(): Promise<readonly string[]> {
    return readDefinitions(this.context.dump.path, this.from);
  }

  async readRows(row: Row, consumer: RowConsumer, signal?: AbortSignal): Promise<void> {
    const { input, dump, maxRowBytes } = this.context;
    const kinds = new Map(this.table.columns.map(({ name, kind }) => [name, kind]));
    const kindOf = (name: string): ColumnKind | undefined => kinds.get(name.toLowerCase());
    const options = { name: input, maxRowSize: maxRowBytes, kindOf, signal };
    const columnOf = columnFinder(this.table);
    await readSqlRows(dump, this.from, { row, columnOf, consumer }, options);
  }
}

export interface SqlDumpSourceParts {
  readonly form: SourceForm;
  /** The input as given by the user. */
  readonly input: string;
  readonly file: SqlFile;
  readonly history: GogsHistory;
  readonly maxRowBytes: number;
  /** The database to use, if the dump contains several. */
  readonly databaseName?: string | undefined;
  /** The other contents of the input. */
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
  readonly notices: readonly Notice[];
  readonly #parts: SqlDumpSourceParts;
  readonly #dump: SqlDump;

  private constructor(parts: SqlDumpSourceParts, dump: SqlDump, database: ChosenDatabase) {
    this.#parts = parts;
    this.#dump = dump;
    this.form = parts.form;
    this.input = parts.input;
    this.files = parts.files;
    this.bytes = dump.size + (parts.filesBytes ?? 0);
    this.bytesToRead = this.bytes;
    this.engine = dump.kind.dialect;
    const { history } = parts;
    const context = { input: parts.input, dump, maxRowBytes: parts.maxRowBytes };
    const recognized = database.chosen.tables.map((from) => ({ from, ...recognizeSqlTable(history, dump, from) }));
    this.tables = recognized.flatMap(({ from, table }) =>
      table === undefined ? [] : [new DumpTable(table, from, context)],
    );
    this.foreignTables = recognized
      .filter(
        ({ from: { name, dropped }, table }) => table === undefined && !history.forgottenTables.has(name) && !dropped,
      )
      .map(({ from: table, lacks }) => ({
        name: table.name,
        place: texts().table({ name: table.name }),
        lacks,
        // xorm's escaping is not valid SQL, so its text cannot be replayed.
        ...(dump.kind.producer === 'xorm' ? {} : { text: () => readSqlTableText(dump.path, table) }),
        ...(dump.kind.dialect === 'sqlite3' && dump.kind.producer !== 'xorm'
          ? { writeStatements: (sink: StatementSink) => writeTableStatements(dump.path, table, sink) }
          : {}),
      }));
    this.notices = noticesOf(database, this.tables);
  }

  async statements(): Promise<readonly StatedStatement[]> {
    const foreign = new Map<number, string>();
    for (const { name, definition, related } of this.#dump.tables) {
      if (!this.foreignTables.some((table) => table.name === name)) continue;
      for (const { start } of [...related, ...(definition === undefined ? [] : [definition])]) foreign.set(start, name);
    }
    const statements = await readOtherStatements(this.#dump);
    return statements.map(({ start, ...statement }) => ({ ...statement, foreignTable: foreign.get(start) }));
  }

  /** Takes ownership of the file: closing the source disposes of it. */
  static async open(parts: SqlDumpSourceParts): Promise<SqlDumpSource> {
    const { file, history, input, signal } = parts;
    refuseOtherText(input, await readOpening(file.path));
    const dump = await indexSqlDump(file.path, { name: input, signal });
    refuseIncomplete(input, dump);
    const database = chooseDatabase(input, dump, { history, name: parts.databaseName });
    const source = new SqlDumpSource(parts, dump, database);
    // If the dump is not from Gogs at all, report that instead of its statements.
    await refuseStrangers(source, { history, filesOnly: false });
    const tables = source.tables.map(({ from }) => from);
    const general = dump.changes.filter(
      (change) =>
        engineNamed(dump.kind.dialect).sql.reachesOtherDatabases || change.database === database.chosen.database,
    );
    // Its statements may be what makes a table of Gogs look like another one.
    const namesakes = database.chosen.tables.filter(
      (table) => recognizeSqlTable(history, dump, table).lacks.length > 0,
    );
    const views = dump.views.filter(
      (view) =>
        recognizeTable(history, view.name, undefined).table !== undefined &&
        database.chosen.tables.some((table) => table.database === view.database && table.schema === view.schema),
    );
    refuseChanges(input, [...general, ...[...tables, ...namesakes].flatMap(({ changes }) => changes), ...views]);
    refuseUnclearRows(input, tables, file.convertedFrom !== undefined);
    return source;
  }

  opening(): Promise<string> {
    return readOpening(this.#parts.file.path);
  }

  async close(): Promise<void> {
    await this.#parts.file.dispose();
    await this.#parts.close?.();
  }
}

/** Findings that follow from the dump's tables. */
function noticesOf({ chosen, others }: ChosenDatabase, tables: readonly DumpTable[]): Notice[] {
  const anew = tables.filter(({ from }) => from.restarts > 0);
  const leftOver = chosen.tables.filter(({ name, statements }) => LOST_AND_FOUND.test(name) && statements > 0);
  return [
    ...(others.some(({ tables: left }) => left.some(({ statements }) => statements > 0))
      ? [
          {
            ...otherDatabases(chosen.label),
            times: others.length,
            place: labels(others),
          },
        ]
      : []),
    ...anew.map(({ place }) => ({ ...SEVERAL_DUMPS, place })),
    ...leftOver.map(({ name, statements }) => ({ ...LOST_ROWS, place: texts().table({ name }), times: statements })),
  ];
}

const labels = (databases: readonly DumpedDatabase[]): string => databases.map(({ label }) => label).join(', ');
