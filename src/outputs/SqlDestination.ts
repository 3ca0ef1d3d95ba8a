/** Writes the whole database as SQL: the schema that the target's Gogs creates, the rows, then indexes and sequences. */
import { constants, createGzip } from 'node:zlib';
import { ValueProblem } from '../core/coerce.js';
import type { Notice } from '../core/findings.js';
import { CellKind, type Row, type RowConsumer } from '../core/rows.js';
import { integerTextOf, textOf } from '../core/values.js';
import type { ByteSink } from '../files/ByteSink.js';
import { OutputFile } from '../files/OutputFile.js';
import { JsonTextDecoder } from '../formats/json/JsonTextDecoder.js';
import { checkValue } from '../formats/sql/SqlColumn.js';
import { type SqlOutputColumn, SqlTableWriter } from '../formats/sql/SqlTableWriter.js';
import { sqlBeginRows, sqlClosing, sqlEndRows, sqlNextId, sqlOpening } from '../formats/sql/sqlScript.js';
import type { Engine } from '../gogs/engines.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { schemaTable } from '../gogs/schemas/buildSchema.js';
import type { Schema, SchemaTable } from '../gogs/schemas/Schema.js';
import { columnIndex, type Table } from '../gogs/tables.js';
import type { Source } from '../inputs/Source.js';
import type { Destination, DestinationContext, DestinationPlace, Finished, Written } from './Destination.js';
import { sqlColumnsOf } from './sqlColumns.js';

/** What goes into the script, apart from rows. */
export interface SqlContent {
  /** Says what it knows of ids; tables of other applications go over as they are where it is of the same engine. */
  readonly source: Source;
  readonly target: Target;
  readonly engine: Engine;
  readonly dropExisting: boolean;
}

export class SqlDestination implements Destination {
  readonly #content: SqlContent;
  readonly #notice: (notice: Notice) => void;
  readonly #schema: Schema;
  readonly #file: OutputFile;
  readonly #nextIds: string[] = [];
  #table: TableScript | undefined;

  private constructor(file: OutputFile, content: SqlContent, notice: (notice: Notice) => void) {
    this.#content = content;
    this.#notice = notice;
    this.#schema = content.target.schemaFor(content.engine);
    this.#file = file;
  }

  /** A path that ends in `.gz` is compressed. */
  static async open(
    { output, replace }: DestinationPlace,
    content: SqlContent,
    { temporary, notice, signal }: DestinationContext,
  ): Promise<SqlDestination> {
    const gzip = typeof output === 'string' && output.endsWith('.gz');
    const file = await OutputFile.open(output, {
      replace,
      temporary,
      signal,
      through: gzip ? compress() : undefined,
    });
    const destination = new SqlDestination(file, content, notice);
    try {
      await destination.#begin();
      return destination;
    } catch (error) {
      await destination.abort();
      throw error;
    }
  }

  async #begin(): Promise<void> {
    const { engine, target, dropExisting } = this.#content;
    const drops = dropExisting ? this.#schema.tables.map(({ dropTable }) => dropTable) : [];
    await this.#write(
      `-- The database of a Gogs ${target.name} server, for ${engine}. Load it into an empty database.\n`,
      sqlOpening(engine),
      ...drops,
      ...this.#schema.tables.map(({ createTable }) => createTable),
      sqlBeginRows(engine),
    );
  }

  async #write(...texts: string[]): Promise<void> {
    await this.#file.write(Buffer.from(texts.join('')));
  }

  beginTable(table: Table): RowConsumer {
    const schema = schemaTable(this.#schema, table.name);
    const { engine, source } = this.#content;
    this.#table = new TableScript({
      table,
      schema,
      engine,
      notice: this.#notice,
      sink: this.#file,
      statedNextId: source.tables.find((from) => from.table === table)?.nextId,
    });
    return this.#table;
  }

  async endTable(): Promise<void> {
    if (this.#table === undefined) return;
    await this.#table.finish();
    this.#nextIds.push(this.#table.nextIdStatement());
    this.#table = undefined;
  }

  async #writeEnd(): Promise<void> {
    const { engine, source } = this.#content;
    await this.#write(sqlEndRows(engine), ...this.#schema.tables.map(({ createKeys }) => createKeys), ...this.#nextIds);
    for (const { name, text } of source.engine === engine ? source.foreignTables : []) {
      if (text === undefined) continue;
      await this.#write(`\n-- table ${name.replaceAll(/\s/g, ' ')}, as it was\n`);
      for await (const chunk of text()) await this.#file.write(chunk);
    }
    await this.#write(sqlClosing(engine));
  }

  async finish(): Promise<Finished> {
    await this.#writeEnd();
    await this.#file.finish();
    return { afterRestoreSql: null };
  }

  async commit(): Promise<Written> {
    const bytes = await this.#file.commit();
    return { bytes, files: { count: 0, bytes: 0 } };
  }

  async abort(): Promise<void> {
    await this.#file.abort();
  }
}

const compress = (): ReturnType<typeof createGzip> =>
  createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 256 * 1024 });

interface TableScriptParts {
  readonly table: Table;
  readonly schema: SchemaTable;
  readonly engine: Engine;
  readonly sink: ByteSink;
  readonly notice: (notice: Notice) => void;
  readonly statedNextId: bigint | undefined;
}

/** The rows of one table. */
class TableScript implements RowConsumer {
  readonly #parts: TableScriptParts;
  readonly #columns: readonly SqlOutputColumn[];
  readonly #writer: SqlTableWriter;
  readonly #id: number | undefined;
  readonly #texts = new JsonTextDecoder();
  #largestId = 0n;

  constructor(parts: TableScriptParts) {
    this.#parts = parts;
    this.#columns = sqlColumnsOf(parts.table, parts.schema);
    this.#writer = new SqlTableWriter(parts.engine, parts.table.name, this.#columns, parts.sink);
    const { autoIncrement } = parts.schema;
    this.#id = autoIncrement === undefined ? undefined : columnIndex(parts.table, autoIncrement);
  }

  row(row: Row): void {
    let fits = true;
    this.#texts.begin();
    for (const column of this.#columns) {
      if (column.kind === 'text' || column.kind === 'uuid') this.#texts.decode(row.cell(column.index));
      if (!this.#fit(row, column)) fits = false;
    }
    // The upgrade is refused in the end; going on finds the other values that do not fit.
    if (!fits) return;
    this.#writer.row(row);
    if (this.#id !== undefined) {
      const id = BigInt(integerTextOf(row.cell(this.#id)) ?? '0');
      if (id > this.#largestId) this.#largestId = id;
    }
  }

  #fit(row: Row, column: SqlOutputColumn): boolean {
    const { engine, table } = this.#parts;
    const cell = row.cell(column.index);
    const problem = checkValue(cell, column, engine);
    if (problem === undefined) return true;
    if (problem === ValueProblem.Null && column.default !== undefined) {
      // What the engine itself would put there.
      cell.kind = CellKind.Missing;
      return true;
    }
    const place = `${table.name}, line ${row.line}${this.#id === undefined ? '' : `, id ${integerTextOf(row.cell(this.#id)) ?? '?'}`}`;
    if (problem === ValueProblem.NulCharacter) {
      cell.set(CellKind.Text, withoutNul(textOf(cell)));
      this.#parts.notice({
        code: 'nul-character',
        severity: 'warning',
        title: `NUL characters in ${table.name}.${column.name}`,
        consequence: 'PostgreSQL takes no NUL in a text.',
        remedy:
          'They are left out, as Gogs itself does on restore in the tables where it can; the rest of each text stays.',
        needsHand: false,
        source: 'internal/db/backup.go@v0.13.0: importTable strips \\u0000',
        place,
      });
      return this.#fit(row, column);
    }
    this.#parts.notice({
      code: 'unfit-value',
      severity: 'error',
      title: `A value of ${table.name}.${column.name} ${problem}`,
      consequence: `${engine} cannot hold it, so nothing is written.`,
      remedy: 'Mend it in the input, or choose another engine.',
      needsHand: true,
      source: 'the types of the columns that Gogs creates, measured with real servers',
      place,
    });
    return false;
  }

  async drain(): Promise<void> {
    await this.#writer.drain();
  }

  async finish(): Promise<void> {
    await this.#writer.finish();
  }

  /** Engines count on from the largest id by themselves, except PostgreSQL, and except where rows were deleted at the end. */
  nextIdStatement(): string {
    const { schema, engine, table, statedNextId } = this.#parts;
    const next = this.#largestId + 1n;
    const wanted = statedNextId !== undefined && statedNextId > next ? statedNextId : next;
    if (schema.autoIncrement === undefined || (engine !== 'postgres' && wanted === next)) return '';
    return sqlNextId(engine, table.name, schema.autoIncrement, wanted);
  }
}

function withoutNul(text: Buffer | undefined): Buffer {
  return text === undefined ? Buffer.alloc(0) : Buffer.from(text.filter((byte) => byte !== 0));
}
