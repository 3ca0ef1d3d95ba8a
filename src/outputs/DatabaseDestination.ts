/** Writes the whole database: the schema of the target's Gogs, the rows, then indexes and sequences. */
import { describeProblem, toInteger, ValueProblem } from '../core/coerce.js';
import { type Cell, CellKind, type Row, type RowConsumer } from '../core/rows.js';
import { integerOf, textOf } from '../core/values.js';
import type { Engine } from '../engines/Engine.js';
import { engineNamed } from '../engines/engineNamed.js';
import { ColumnCheck } from '../formats/sql/writing/ColumnCheck.js';
import type { SqlOutputColumn } from '../formats/sql/writing/SqlTableWriter.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { schemaTable } from '../gogs/schemas/buildSchema.js';
import type { Schema, SchemaTable } from '../gogs/schemas/Schema.js';
import { columnIndex, type Table } from '../gogs/tables.js';
import type { ForeignTable, Source } from '../inputs/Source.js';
import type { DatabaseWriter, TableWriter } from './DatabaseWriter.js';
import type { Destination, DestinationContext, Finished, Written } from './Destination.js';
import { sqlColumnsOf } from './sqlColumnsOf.js';
import { texts } from './texts.js';

/** The content of the database, apart from rows. */
export interface DatabaseContent {
  /** Provides the next ids, and, if it is of the same engine, the tables of other applications, which are copied unchanged. */
  readonly source: Source;
  readonly target: Target;
  readonly engine: Engine;
  readonly dropExisting: boolean;
}

/** The next automatic id of a table. */
export interface NextId {
  readonly next: bigint;
  /** It would be, if nothing but the rows counted. */
  readonly afterRows: bigint;
}

export class DatabaseDestination implements Destination {
  readonly #content: DatabaseContent;
  readonly #context: DatabaseContext;
  readonly #schema: Schema;
  readonly #writer: DatabaseWriter;
  readonly #nextIds = new Map<string, NextId>();
  readonly #nextIdStatements: string[] = [];
  #table: DatabaseTable | undefined;

  private constructor(writer: DatabaseWriter, content: DatabaseContent, context: DatabaseContext) {
    this.#content = content;
    this.#context = context;
    this.#schema = content.target.schemaFor(content.engine);
    this.#writer = writer;
  }

  /** Takes ownership of the writer: `abort` closes it. */
  static async open(
    writer: DatabaseWriter,
    content: DatabaseContent,
    context: DatabaseContext,
  ): Promise<DatabaseDestination> {
    const destination = new DatabaseDestination(writer, content, context);
    try {
      await destination.#begin();
      return destination;
    } catch (error) {
      await destination.abort();
      throw error;
    }
  }

  async #begin(): Promise<void> {
    const { engine, dropExisting } = this.#content;
    const { opening, beginRows } = engineNamed(engine).sql;
    const drops = dropExisting ? this.#schema.tables.map(({ dropTable }) => dropTable) : [];
    await this.#writer.execute(
      opening,
      ...drops,
      ...this.#schema.tables.map(({ createTable }) => createTable),
      beginRows,
    );
    this.#writer.awaitKeys?.(this.#schema.tables.map(({ createKeys }) => createKeys));
  }

  beginTable(table: Table): RowConsumer {
    const schema = schemaTable(this.#schema, table.name);
    const { engine, source } = this.#content;
    this.#table = new DatabaseTable({
      table,
      schema,
      engine,
      context: this.#context,
      database: this.#writer,
      statedNextId: source.tables.find((from) => from.table === table)?.nextId,
    });
    return this.#table;
  }

  async endTable(): Promise<void> {
    if (this.#table === undefined) return;
    await this.#table.finish();
    const nextId = this.#table.nextId();
    if (nextId !== undefined) {
      this.#nextIds.set(this.#table.name, nextId);
      this.#nextIdStatements.push(this.#table.nextIdStatement(nextId));
    }
    this.#table = undefined;
  }

  /** By SQL name, of the tables that are written. */
  get nextIds(): ReadonlyMap<string, NextId> {
    return this.#nextIds;
  }

  async #writeEnd(): Promise<void> {
    const { engine, source } = this.#content;
    const { endRows, closing } = engineNamed(engine).sql;
    const keys = this.#schema.tables.map(({ createKeys }) => createKeys);
    await this.#writer.execute(endRows, ...keys, ...this.#nextIdStatements);
    const foreign = source.engine === engine ? source.foreignTables : [];
    for (const table of foreign) await this.#append(table);
    await this.#writer.execute(closing);
    for (const table of foreign) await this.#add(table);
  }

  /** Appends a table to a script. */
  async #append({ name, text, writeStatements }: ForeignTable): Promise<void> {
    const writer = this.#writer;
    if (writer.append === undefined || (text === undefined && writeStatements === undefined)) return;
    await writer.execute(`\n-- table ${name.replaceAll(/\s/g, ' ')}, as it was\n`);
    if (text !== undefined) return writer.append(text());
    const waiting: string[] = [];
    const drain = (): Promise<void> => writer.execute(...waiting.splice(0));
    await writeStatements?.({ write: (statement) => waiting.push(statement), drain });
    await drain();
  }

  /** Adds a table to a database. */
  async #add({ name, writeStatements }: ForeignTable): Promise<void> {
    if (writeStatements === undefined) return;
    const reason = await this.#writer.addTable?.(writeStatements);
    if (reason === undefined) return;
    const words = texts().foreignTable;
    this.#context.notice({
      code: 'foreign-table',
      severity: 'warning',
      title: words.title,
      consequence: words.consequence,
      remedy: words.remedy,
      needsHand: false,
      source: 'tried on the new database',
      place: `${name}: ${reason}`,
    });
  }

  async finish(): Promise<Finished> {
    await this.#writeEnd();
    await this.#writer.finish();
    return { afterRestoreSql: null };
  }

  unnamedDatabase(): string {
    return this.#writer.temporaryPath;
  }

  async commit(): Promise<Written> {
    return { bytes: await this.#writer.commit(), files: { count: 0, bytes: 0 } };
  }

  async abort(): Promise<void> {
    await this.#writer.abort();
  }
}

export type DatabaseContext = Pick<DestinationContext, 'notice' | 'placeOf'>;

interface DatabaseTableParts {
  readonly table: Table;
  readonly schema: SchemaTable;
  readonly engine: Engine;
  readonly database: DatabaseWriter;
  readonly context: DatabaseContext;
  readonly statedNextId: bigint | undefined;
}

/** The rows of one table. */
class DatabaseTable implements RowConsumer {
  readonly #parts: DatabaseTableParts;
  readonly #columns: readonly SqlOutputColumn[];
  readonly #checks: readonly ColumnCheck[];
  readonly #writer: TableWriter;
  readonly #id: number | undefined;
  /** The largest id that a number can hold exactly, and the largest beyond. */
  #largestId = 0;
  #largestLongId = 0n;

  constructor(parts: DatabaseTableParts) {
    this.#parts = parts;
    this.#columns = sqlColumnsOf(parts.table, parts.schema);
    this.#checks = this.#columns.map((column) => new ColumnCheck(column, parts.engine));
    this.#writer = parts.database.tableWriter(parts.table.name, this.#columns);
    const { autoIncrement } = parts.schema;
    this.#id = autoIncrement === undefined ? undefined : columnIndex(parts.table, autoIncrement);
  }

  row(row: Row): void {
    let fits = true;
    for (let i = 0; i < this.#columns.length; i++) if (!this.#fit(row, i)) fits = false;
    // The upgrade will be refused, but going on finds the other unfit values.
    if (!fits) return;
    this.#writer.row(row);
    if (this.#id !== undefined) this.#seeId(row.cell(this.#id));
  }

  #seeId(cell: Cell): void {
    const id = integerOf(cell) ?? 0;
    if (id <= this.#largestId) return;
    if (Number.isSafeInteger(id)) this.#largestId = id;
    else {
      const longId = BigInt(toInteger(cell) ?? '0');
      if (longId > this.#largestLongId) this.#largestLongId = longId;
    }
  }

  #fit(row: Row, index: number): boolean {
    const column = this.#columns[index] as SqlOutputColumn;
    const cell = row.cell(column.index);
    const problem = (this.#checks[index] as ColumnCheck).problemIn(cell);
    return problem === undefined || this.#mend(row, index, problem);
  }

  /** Whether a value that does not fit could be replaced by one that does. */
  #mend(row: Row, index: number, problem: ValueProblem): boolean {
    const { engine, table, context } = this.#parts;
    const column = this.#columns[index] as SqlOutputColumn;
    const cell = row.cell(column.index);
    if (problem === ValueProblem.Null && column.default !== undefined) {
      // The value that the engine would insert.
      cell.kind = CellKind.Missing;
      return true;
    }
    const place = context.placeOf(table, row);
    if (problem === ValueProblem.NulCharacter) {
      cell.set(CellKind.Text, withoutNul(textOf(cell)));
      const words = texts().nulInColumn;
      context.notice({
        code: 'nul-character',
        severity: 'warning',
        title: words.title({ column: `${table.name}.${column.name}` }),
        consequence: words.consequence,
        remedy: words.remedy,
        needsHand: false,
        source: 'internal/db/backup.go@v0.13.0: importTable strips \\u0000',
        place,
      });
      return this.#fit(row, index);
    }
    const words = texts().unfitValue;
    context.notice({
      code: 'unfit-value',
      severity: 'error',
      title: words.title({ column: `${table.name}.${column.name}`, problem: describeProblem(problem) }),
      consequence: words.consequence({ engine }),
      remedy: words.remedy,
      needsHand: true,
      source: 'the types of the columns that Gogs creates, measured with real servers',
      place,
    });
    return false;
  }

  async drain(): Promise<void> {
    await this.#writer.drain?.();
  }

  async finish(): Promise<void> {
    await this.#writer.finish();
  }

  get name(): string {
    return this.#parts.table.name;
  }

  /** Undefined for a table without automatic ids. */
  nextId(): NextId | undefined {
    const { schema, statedNextId = 0n } = this.#parts;
    if (schema.autoIncrement === undefined) return undefined;
    const largest = BigInt(this.#largestId);
    const afterRows = (this.#largestLongId > largest ? this.#largestLongId : largest) + 1n;
    return { next: statedNextId > afterRows ? statedNextId : afterRows, afterRows };
  }

  /** Engines continue after the largest id by themselves, except PostgreSQL, and except if the last rows were deleted. */
  nextIdStatement({ next, afterRows }: NextId): string {
    const { schema, engine, table } = this.#parts;
    const { sql } = engineNamed(engine);
    if (schema.autoIncrement === undefined || (sql.countsGivenIds && next === afterRows)) return '';
    return sql.nextId(table.name, schema.autoIncrement, next);
  }
}

function withoutNul(text: Buffer | undefined): Buffer {
  return text === undefined ? Buffer.alloc(0) : Buffer.from(text.filter((byte) => byte !== 0));
}
