/**
 * A new SQLite database that is written without SQLite, as long as everything is as Gogs' libraries make it: starting the embedded
 * SQLite takes as long as writing 30 MB of rows, and it creates indexes at a third of the speed. At any time between two tables
 * it can be completed, so that SQLite goes on.
 */
import type { SqlOutputColumn } from '../sql/writing/SqlTableWriter.js';
import { affinityOf } from './affinityOf.js';
import { CellPage, INDEX_LEAF, TABLE_LEAF } from './CellPage.js';
import { newHeader } from './DatabaseHeader.js';
import { encodeRecord } from './encodeRecord.js';
import { IndexKeys, MOST_COLUMNS } from './IndexKeys.js';
import { KeyBudget } from './KeyBudget.js';
import { PageAppender } from './PageAppender.js';
import { type DefaultValue, RecordEncoder } from './RecordEncoder.js';
import type { SorterMemory } from './RecordSorter.js';
import { sameKeyError } from './sameKeyError.js';
import { TableRows } from './TableRows.js';
import { TableTreeWriter } from './TableTreeWriter.js';
import type { UsualDefinition } from './usualDefinition.js';
import { statementsIn, type UsualIndex, type UsualStatement, usualStatement } from './usualStatements.js';

/** A row of sqlite_schema. */
interface SchemaObject {
  readonly type: 'table' | 'index';
  readonly name: string;
  readonly table: string;
  readonly root: number;
  /** Null for an index of a constraint. */
  readonly sql: string | null;
}

interface NewTable {
  readonly definition: UsualDefinition;
  readonly root: number;
  readonly isAutoincrement: boolean;
  /** The indexes of its constraints. */
  readonly own: readonly { readonly root: number; readonly columns: readonly string[] }[];
  /** The keys of indexes that are created after the rows, by name; too many are forgotten. */
  readonly later: Map<string, IndexKeys>;
  hasRows: boolean;
}

export class NewDatabase {
  readonly #pages: PageAppender;
  readonly #budget: KeyBudget;
  readonly #memory: SorterMemory = { bytes: Buffer.alloc(0) };
  readonly #schema: SchemaObject[] = [];
  readonly #tables = new Map<string, NewTable>();
  /** The largest ids by table, and the root of their own table. */
  readonly #lastIds = new Map<string, bigint>();
  #lastIdsRoot: number | undefined;
  #isInTransaction = false;

  private constructor(pages: PageAppender, budget: KeyBudget) {
    this.#pages = pages;
    this.#budget = budget;
    this.#appendRoot(TABLE_LEAF);
  }

  /** `path` must not exist, or must be an empty file. `name` is used in errors. */
  static create(path: string, name: string, budget = new KeyBudget()): NewDatabase {
    return new NewDatabase(PageAppender.create(path, name), budget);
  }

  get isInTransaction(): boolean {
    return this.#isInTransaction;
  }

  #appendRoot(type: number): number {
    return this.#pages.append(new CellPage(this.#pages, type).finish());
  }

  /** Executes statements; returns those from the first one on that only SQLite can execute. */
  execute(sql: string): string {
    for (const { text, start } of statementsIn(sql)) {
      const usual = usualStatement(text);
      if (usual === undefined || !this.#executeUsual(usual)) return sql.slice(start);
    }
    return '';
  }

  #executeUsual(statement: UsualStatement): boolean {
    switch (statement.kind) {
      case 'nothing':
        return true;
      case 'transaction':
        if (statement.begins === this.#isInTransaction) return false;
        this.#isInTransaction = statement.begins;
        return true;
      case 'table':
        return this.#createTable(statement.sql, statement.definition);
      case 'index':
        return this.#createIndex(statement.sql, statement.index);
      case 'last-id':
        if (this.#lastIdsRoot === undefined) return false;
        this.#lastIds.delete(statement.table);
        if (statement.lastId !== undefined) this.#lastIds.set(statement.table, statement.lastId);
        return true;
    }
  }

  #isTaken(name: string): boolean {
    return /^sqlite_/i.test(name) || this.#schema.some((other) => other.name.toLowerCase() === name.toLowerCase());
  }

  #createTable(sql: string, definition: UsualDefinition): boolean {
    const { table, columns, keys, rowIdColumn } = definition;
    const constraints = keys.filter(({ isPrimary }) => !(isPrimary && rowIdColumn >= 0));
    const lists = constraints.map((key) => key.columns);
    const isAutoincrement = columns.some((column) => column.isAutoincrement);
    if (
      this.#isTaken(table) ||
      !areDistinct(columns.map(({ name }) => name)) ||
      keys.filter(({ isPrimary }) => isPrimary).length > 1 ||
      columns.some((column, index) => column.isAutoincrement && index !== rowIdColumn) ||
      !areDistinct(lists.map((list) => list.join())) ||
      lists.some((list) => indexedColumns(definition, list) === undefined)
    ) {
      return false;
    }
    const root = this.#appendRoot(TABLE_LEAF);
    this.#schema.push({ type: 'table', name: table, table, root, sql });
    const own = lists.map((list, index) => {
      const name = `sqlite_autoindex_${table}_${index + 1}`;
      const indexRoot = this.#appendRoot(INDEX_LEAF);
      this.#schema.push({ type: 'index', name, table, root: indexRoot, sql: null });
      return { root: indexRoot, columns: list };
    });
    if (isAutoincrement && this.#lastIdsRoot === undefined) {
      this.#lastIdsRoot = this.#appendRoot(TABLE_LEAF);
      const name = 'sqlite_sequence';
      const sequence = { name, table: name, root: this.#lastIdsRoot, sql: `CREATE TABLE ${name}(name,seq)` };
      this.#schema.push({ type: 'table', ...sequence });
    }
    this.#tables.set(table, { definition, root, isAutoincrement, own, later: new Map(), hasRows: false });
    return true;
  }

  /** Prepares for indexes that are created after the rows: their keys are collected meanwhile. The tables exist. */
  awaitIndexes(sql: string): void {
    for (const { text } of statementsIn(sql)) {
      const usual = usualStatement(text);
      if (usual?.kind !== 'index') continue;
      const table = this.#tables.get(usual.index.table);
      const columns = table === undefined ? undefined : indexedColumns(table.definition, usual.index.columns);
      if (columns !== undefined) table?.later.set(usual.index.name, new IndexKeys(columns, this.#budget));
    }
  }

  #createIndex(sql: string, { name, table: tableName, columns, isUnique }: UsualIndex): boolean {
    const table = this.#tables.get(tableName);
    const keys = table?.later.get(name);
    if (keys === undefined || this.#isTaken(name)) return false;
    const root = this.#appendRoot(INDEX_LEAF);
    if (!keys.write(this.#pages, root, isUnique)) throw sameKeyError(namesOf(tableName, columns));
    table?.later.delete(name);
    this.#schema.push({ type: 'index', name, table: tableName, root, sql });
    return true;
  }

  /** The values for columns that a row omits. */
  defaultsOf(name: string, columns: readonly SqlOutputColumn[]): DefaultValue[] {
    const defined = this.#tables.get(name)?.definition.columns ?? [];
    return columns.map((column) => {
      const value = defined.find((other) => other.name === column.name)?.defaultValue ?? null;
      return value instanceof Uint8Array ? Buffer.from(value).toString() : value;
    });
  }

  /** Begins the rows of an existing table without rows; undefined if only SQLite can write them. */
  beginRows(name: string, columns: readonly SqlOutputColumn[]): TableRows | undefined {
    const table = this.#tables.get(name);
    if (table === undefined || table.hasRows || !isRecordOf(table.definition, columns)) return undefined;
    table.hasRows = true;
    const { definition, root, isAutoincrement } = table;
    const { rowIdColumn } = definition;
    const own = table.own.map((index) => ({
      ...index,
      keys: new IndexKeys(indexedColumns(definition, index.columns) ?? [], this.#budget),
    }));
    const complete = (lastId: number): void => {
      for (const { keys, root: indexRoot, columns: indexed } of own) {
        if (!keys.write(this.#pages, indexRoot, true)) throw sameKeyError(namesOf(name, indexed));
      }
      if (isAutoincrement && lastId >= 0) this.#lastIds.set(name, BigInt(lastId));
    };
    const notNull = new Set(definition.columns.flatMap((column) => (column.isNotNull ? [column.name] : [])));
    return new TableRows({
      tree: new TableTreeWriter(this.#pages, root),
      encoder: new RecordEncoder(columns, {
        defaults: this.defaultsOf(name, columns),
        idColumn: rowIdColumn,
        notNull,
      }),
      idColumn: rowIdColumn < 0 ? undefined : namesOf(name, [columns[rowIdColumn]?.name ?? '']),
      indexes: { own: own.map(({ keys }) => keys), later: table.later, budget: this.#budget },
      memory: this.#memory,
      complete,
    });
  }

  /** Completes and closes the file. */
  complete(): void {
    try {
      if (this.#lastIdsRoot !== undefined) this.#writeTable(this.#lastIdsRoot, [...this.#lastIds]);
      const schema = this.#schema.map(({ type, name, table, root, sql }) => [type, name, table, root, sql]);
      this.#writeTable(1, schema);
    } catch (error) {
      this.abandon();
      throw error;
    }
    this.#pages.close(newHeader(this.#schema.length));
  }

  #writeTable(root: number, rows: readonly (readonly (string | number | bigint | null)[])[]): void {
    const tree = new TableTreeWriter(this.#pages, root);
    for (const [index, row] of rows.entries()) {
      const record = encodeRecord(row);
      tree.add(index + 1, record, 0, record.length);
    }
    tree.finish();
  }

  /** Closes a file that is not needed any more. */
  abandon(): void {
    this.#pages.abandon();
  }
}

function areDistinct(names: readonly string[]): boolean {
  return new Set(names.map((name) => name.toLowerCase())).size === names.length;
}

const namesOf = (table: string, columns: readonly string[]): string =>
  columns.map((column) => `${table}.${column}`).join(', ');

/** The columns of an index among those of its table; undefined if only SQLite can create it. */
function indexedColumns({ columns, rowIdColumn }: UsualDefinition, list: readonly string[]): number[] | undefined {
  const indexes = list.map((name) => columns.findIndex((column) => column.name === name));
  const isUsual = indexes.every((index) => index >= 0 && index !== rowIdColumn) && areDistinct(list);
  return isUsual && list.length <= MOST_COLUMNS ? indexes : undefined;
}

/** Whether records of these columns are those of the table. */
function isRecordOf({ columns: defined }: UsualDefinition, columns: readonly SqlOutputColumn[]): boolean {
  const isSame = ({ name, type }: SqlOutputColumn, index: number): boolean =>
    name === defined[index]?.name && affinityOf(type) === affinityOf(defined[index].type);
  return columns.length === defined.length && columns.every(isSame) && RecordEncoder.canEncode(columns);
}
