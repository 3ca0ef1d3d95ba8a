/**
 * Reads the tables of an SQLite database directly from its pages. SQLite's interface is not used, because the embedded SQLite
 * locks by creating a folder beside the file, truncates texts at their first NUL, ignores a hot journal, and takes three times
 * as long.
 */
import { Cell, CellKind, Row, type RowReceiver } from '../../core/rows.js';
import { Definitions } from './Definitions.js';
import { insertStatements } from './insertStatements.js';
import { PagedFile } from './PagedFile.js';
import {
  fillCell,
  isBlob,
  isText,
  LONGEST_NUMBER,
  RecordProblem,
  readVarint,
  type Scratch,
  setInteger,
  setReal,
  type Varint,
} from './records.js';
import type { DefaultValue, SqliteColumn, TableShape } from './TableShape.js';
import { type StoredRow, TableTree } from './TableTree.js';
import { texts } from './texts.js';
import { usualShape } from './usualShape.js';

export interface SqliteTable extends TableShape {
  readonly name: string;
  /** Its CREATE TABLE. */
  readonly sql: string;
  /** CREATE INDEX and CREATE TRIGGER statements about it. */
  readonly related: readonly string[];
  /** The root page of its rows. */
  readonly root: number;
  /** Approximate size of its rows in bytes. */
  readonly bytes: number;
  /** The next automatic id, if the database tracks it. */
  readonly nextId: bigint | undefined;
}

export interface ReadTableOptions {
  /** Longest accepted row, in bytes. Default 256 MiB. */
  readonly maxRowBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface WriteStatementsOptions extends ReadTableOptions {
  /** Called and awaited after some statements. */
  readonly drain: () => Promise<void> | undefined;
}

const MAX_ROW_BYTES = 256 * 1024 * 1024;
/** Bytes of rows after which the consumer is asked to write. */
const BATCH_BYTES = 256 * 1024;

/** A row of sqlite_schema. */
interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly root: number;
  readonly sql: string;
}

export class SqliteDatabase {
  readonly tables: readonly SqliteTable[];
  /** Tables whose rows cannot be read here, and the reasons. */
  readonly unreadable: readonly { readonly name: string; readonly why: string }[];
  readonly #path: string;
  readonly #pages: PagedFile;
  /** Undefined if every definition is of the usual form. */
  readonly #definitions: Definitions | undefined;

  private constructor(
    path: string,
    pages: PagedFile,
    definitions: Definitions | undefined,
    tables: readonly SqliteTable[],
    unreadable: readonly { name: string; why: string }[],
  ) {
    this.#path = path;
    this.#pages = pages;
    this.#definitions = definitions;
    this.tables = tables;
    this.unreadable = unreadable;
  }

  /** The file must be complete: see `openSqliteFile` for files beside it. `name` is used in errors. */
  static async open(path: string, name: string, signal?: AbortSignal): Promise<SqliteDatabase> {
    const pages = await PagedFile.open(path, name);
    let definitions: Definitions | undefined;
    try {
      const schema = await readSchema(pages, signal);
      const nextIds = await readSequences(pages, schema, signal);
      const tables: SqliteTable[] = [];
      const unreadable: { name: string; why: string }[] = [];
      for (const { name: table, root, sql } of schema.filter(isTable)) {
        let shape: TableShape | string | undefined = usualShape(table, sql);
        if (shape === undefined) {
          definitions ??= await Definitions.open();
          shape = definitions.shapeOf(table, sql);
        }
        if (typeof shape === 'string' || shape === undefined) {
          unreadable.push({ name: table, why: shape ?? texts().withoutRowId });
          continue;
        }
        const tree = new TableTree(pages, root, { table, maxRecordBytes: MAX_ROW_BYTES, signal });
        tables.push({
          name: table,
          root,
          sql,
          ...shape,
          related: schema.filter((other) => other.table === table && other.type !== 'table').map((other) => other.sql),
          bytes: await tree.leafBytes(),
          nextId: nextIds.get(table),
        });
      }
      return new SqliteDatabase(path, pages, definitions, tables, unreadable);
    } catch (error) {
      const explained = await pages.explain(error);
      await pages.close();
      // The embedded SQLite can open only a limited number of databases at a time.
      definitions?.close();
      throw explained;
    }
  }

  /** Reads the rows of a table in the order of their ids. */
  async readRows(
    table: SqliteTable,
    { row, columnOf, consumer }: RowReceiver,
    { maxRowBytes = MAX_ROW_BYTES, signal }: ReadTableOptions = {},
  ): Promise<void> {
    const filler = new RowFiller(table, columnOf, row, decoderOf(this.#pages.header.encoding));
    const tree = new TableTree(this.#pages, table.root, { table: table.name, maxRecordBytes: maxRowBytes, signal });
    let batch = 0;
    let number = 0;
    const read = tree.read(
      (stored) => {
        filler.fill(stored);
        row.line = ++number;
        row.size = stored.end - stored.start;
        batch += row.size;
        consumer.row(row);
      },
      () => {
        if (batch < BATCH_BYTES) return undefined;
        batch = 0;
        return consumer.drain?.();
      },
    );
    await read.catch(async (error: unknown) => {
      throw await this.#pages.explain(error);
    });
    await consumer.drain?.();
  }

  /**
   * Writes everything about a table as SQL: its definition, its rows, its indexes and triggers. Calls `write` with one
   * statement after the other, and awaits `drain` from time to time.
   */
  async writeStatements(
    table: SqliteTable,
    write: (statement: string) => void,
    { drain, maxRowBytes = MAX_ROW_BYTES, signal }: WriteStatementsOptions,
  ): Promise<void> {
    write(`${table.sql};\n`);
    const statementOf = insertStatements(table, decoderOf(this.#pages.header.encoding));
    const tree = new TableTree(this.#pages, table.root, { table: table.name, maxRecordBytes: maxRowBytes, signal });
    await tree
      .read((stored) => write(statementOf(stored)), drain)
      .catch(async (error: unknown) => {
        throw await this.#pages.explain(error);
      });
    for (const sql of table.related) if (sql !== '') write(`${sql};\n`);
  }

  /** What SQLite finds wrong in the whole file, indexes included; undefined if nothing. */
  async integrityProblem(newPath: (name: string) => Promise<string>): Promise<string | undefined> {
    const { integrityProblem } = await import('./integrityProblem.js');
    return integrityProblem(this.#path, newPath);
  }

  async close(): Promise<void> {
    this.#definitions?.close();
    await this.#pages.close();
  }
}

/** Virtual tables have no rows of their own. */
const isTable = ({ type, root, name }: SchemaRow): boolean =>
  type === 'table' && root > 0 && !name.startsWith('sqlite_');

const SCHEMA: TableShape = {
  columns: ['type', 'name', 'tbl_name', 'rootpage', 'sql'].map(plainColumn),
  rowIdColumn: undefined,
};

const SEQUENCES: TableShape = { columns: ['name', 'seq'].map(plainColumn), rowIdColumn: undefined };

function plainColumn(name: string): SqliteColumn {
  return { name, isReal: false, isGenerated: false, oldValue: () => null };
}

async function readSchema(pages: PagedFile, signal: AbortSignal | undefined): Promise<SchemaRow[]> {
  const rows = await readSmallTable(pages, 'sqlite_schema', 1, SCHEMA, signal);
  return rows.map(([type = '', name = '', table = '', root = '', sql = '']) => ({
    type,
    name,
    table,
    sql,
    root: Number(root),
  }));
}

/** The next automatic ids, by table. */
async function readSequences(
  pages: PagedFile,
  schema: readonly SchemaRow[],
  signal: AbortSignal | undefined,
): Promise<Map<string, bigint>> {
  const sequences = schema.find(({ name }) => name === 'sqlite_sequence');
  if (sequences === undefined) return new Map();
  const rows = await readSmallTable(pages, 'sqlite_sequence', sequences.root, SEQUENCES, signal);
  return new Map(
    rows.flatMap(([name = '', last = '']) => (/^\d+$/.test(last) ? [[name, BigInt(last) + 1n] as const] : [])),
  );
}

/** Every row of one of SQLite's own tables, as texts; NULL is empty. */
async function readSmallTable(
  pages: PagedFile,
  table: string,
  root: number,
  shape: TableShape,
  signal: AbortSignal | undefined,
): Promise<string[][]> {
  const rows: string[][] = [];
  const row = new Row(shape.columns.length);
  const columns = shape.columns.map(({ name }) => name);
  const decode = decoderOf(pages.header.encoding);
  const filler = new RowFiller({ name: table, ...shape }, (name) => columns.indexOf(name), row, decode);
  await new TableTree(pages, root, { table, maxRecordBytes: 1024 * 1024, signal }).read(
    (stored) => {
      filler.fill(stored);
      // NULL leaves a cell's bytes as they were. The SQL of an index that SQLite creates for a constraint is NULL.
      rows.push(
        row.cells.map(({ kind, bytes, start, end }) =>
          kind === CellKind.Null ? '' : bytes.toString('utf8', start, end),
        ),
      );
    },
    () => undefined,
  );
  return rows;
}

/** Points the cells of a row at the values of a record. */
class RowFiller {
  readonly #cells: readonly Cell[];
  /** Indexes in the row; undefined for extras. */
  readonly #indexes: readonly (number | undefined)[];
  readonly #scratches: readonly Scratch[];
  readonly #extras: Row['extras'][number][] = [];
  readonly #varint: Varint = { value: 0, next: 0 };
  readonly #defaults: (DefaultValue | undefined)[] = [];

  constructor(
    private readonly table: TableShape & { readonly name: string },
    columnOf: (name: string) => number | undefined,
    private readonly row: Row,
    private readonly decode: Decode | undefined,
  ) {
    const bytes = Buffer.alloc(LONGEST_NUMBER * table.columns.length);
    this.#scratches = table.columns.map(({ isReal }, index) => ({ bytes, end: (index + 1) * LONGEST_NUMBER, isReal }));
    this.#indexes = table.columns.map(({ name }) => columnOf(name));
    this.#cells = table.columns.map(({ name }, index) => {
      const column = this.#indexes[index];
      const cell = column === undefined ? new Cell() : row.cell(column);
      if (column === undefined) this.#extras.push({ name, cell });
      return cell;
    });
  }

  fill({ rowId, bytes, start, end }: StoredRow): void {
    const { row, table, decode } = this;
    const cells = this.#cells;
    const scratches = this.#scratches;
    const varint = this.#varint;
    row.clear();
    for (const extra of this.#extras) row.extras.push(extra);
    readVarint(bytes, start, varint);
    const headerEnd = start + varint.value;
    if (headerEnd > end) throw new RecordProblem(texts().found.rowCutOff({ row: String(rowId) }));
    let at = varint.next;
    let value = headerEnd;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] as Cell;
      const scratch = scratches[i] as Scratch;
      if (at >= headerEnd) {
        this.#fillDefault(i, cell, scratch);
        continue;
      }
      let type = bytes[at] as number;
      if (type < 0x80) {
        at++;
      } else {
        readVarint(bytes, at, varint);
        type = varint.value;
        at = varint.next;
      }
      value = fillCell(cell, type, bytes, value, scratch);
      if (isBlob(type)) this.#noteBlob(i);
      else if (decode !== undefined && isText(type)) decode(cell);
    }
    if (value > end) throw new RecordProblem(texts().found.rowCutOff({ row: String(rowId) }));
    if (at < headerEnd) throw new RecordProblem(texts().found.tooManyValues({ row: String(rowId) }));
    const { rowIdColumn } = table;
    if (rowIdColumn !== undefined) setInteger(cells[rowIdColumn] as Cell, rowId, scratches[rowIdColumn] as Scratch);
  }

  #noteBlob(index: number): void {
    const column = this.#indexes[index];
    if (column !== undefined) this.row.blobs.push(column);
  }

  /** The column was added after the row was written. */
  #fillDefault(index: number, cell: Cell, scratch: Scratch): void {
    const column = this.table.columns[index];
    if (column === undefined) return;
    if (this.#defaults[index] === undefined) this.#defaults[index] = column.oldValue();
    const value = this.#defaults[index];
    if (value === undefined || value === null) cell.set(CellKind.Null);
    else if (value instanceof Uint8Array) cell.set(CellKind.Text, Buffer.from(value));
    else if (typeof value === 'number' && !Number.isInteger(value)) setReal(cell, value, scratch);
    else setInteger(cell, value, scratch);
  }
}

type Decode = (cell: Cell) => void;

/** Databases of Gogs are UTF-8, but other programs may have converted them. */
function decoderOf(encoding: PagedFile['header']['encoding']): Decode | undefined {
  if (encoding === 'utf-8') return undefined;
  const decoder = new TextDecoder(encoding);
  return (cell) => {
    cell.set(CellKind.Text, Buffer.from(decoder.decode(cell.bytes.subarray(cell.start, cell.end))));
  };
}
