/** The tables of a dump, found by their names in statements as an engine would find them. */

import type { SqlChange, SqlRowRange, SqlView } from '../dump/SqlDump.js';
import type { SqlPlace, SqlStatement } from '../statements/SqlStatement.js';
import type { Dialect } from '../syntax/Dialect.js';
import type { QualifiedName } from '../syntax/SqlNames.js';
import type { SqlSession } from './SqlSession.js';

/** A table while the dump is being read. */
export interface CatalogTable {
  readonly name: string;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly temporary: boolean;
  definition: SqlPlace | undefined;
  /** By the names of its columns. */
  insertColumns: Map<string, readonly string[]>;
  rows: { -readonly [K in keyof SqlRowRange]: SqlRowRange[K] }[];
  statements: number;
  nextId: bigint | undefined;
  related: SqlStatement[];
  changes: SqlChange[];
  keys: (readonly string[])[];
  /** Columns whose default is set by an ALTER TABLE. */
  defaults: Set<string>;
  /** Definitions in ALTER TABLE, which must not change a type. */
  modified: { readonly column: string; readonly type: string; readonly statement: SqlStatement }[];
  hasTrigger: boolean;
  /** MySQL: the character set of its database when it was created, if the dump names one. */
  databaseCharset: string | undefined;
  /** A statement sets or resets the next automatic id. */
  setsNextId: boolean;
  /** How often it was dropped with rows and created again. */
  restarts: number;
  dropped: boolean;
}

interface CatalogView extends SqlView {
  readonly temporary: boolean;
}

type TableContents = Omit<CatalogTable, 'name' | 'database' | 'schema' | 'temporary' | 'restarts'>;

/** A table before the statements about it. */
const emptyContents = (): TableContents => ({
  definition: undefined,
  insertColumns: new Map(),
  rows: [],
  statements: 0,
  nextId: undefined,
  related: [],
  changes: [],
  keys: [],
  defaults: new Set(),
  modified: [],
  hasTrigger: false,
  databaseCharset: undefined,
  setsNextId: false,
  dropped: false,
});

/** Schemas whose tables disappear at the end of the session. */
const TEMPORARY_SCHEMAS: Partial<Record<Dialect, RegExp>> = { postgres: /^pg_temp(?:_\d+)?$/, sqlite3: /^temp$/i };

export class Catalog {
  /** Whether any statement so far added rows to any table. */
  hasRows = false;

  readonly #dialect: Dialect;
  readonly #session: SqlSession;
  readonly #tables = new Map<string, CatalogTable>();
  readonly #temporary: CatalogTable[] = [];
  readonly #views = new Map<string, CatalogView>();
  /** SQLite's attached databases. */
  readonly #attached = new Set<string>();

  constructor(dialect: Dialect, session: SqlSession) {
    this.#dialect = dialect;
    this.#session = session;
  }

  get tables(): Iterable<CatalogTable> {
    return this.#tables.values();
  }

  attach(schema: string): void {
    this.#attached.add(schema.toLowerCase());
  }

  detach(schema: string): void {
    this.#attached.delete(schema.toLowerCase());
  }

  /** The table that a statement refers to; undefined if it does not exist yet. */
  find(name: QualifiedName): CatalogTable | undefined {
    for (const key of this.#keys(name)) {
      const table = this.#tables.get(key);
      if (table !== undefined && !table.dropped) return table;
    }
    return undefined;
  }

  /** Like `find`, for a statement that changes a table: a dump without USE may be loaded into a database of any name. */
  findChanged(name: QualifiedName): CatalogTable | undefined {
    const found = this.find(name);
    if (found !== undefined || this.#dialect !== 'mysql') return found;
    if (this.#session.database === undefined) return this.find({ name: name.name });
    const unnamed = this.#tables.get(this.#keyOf(undefined, undefined, name.name));
    return unnamed?.dropped === false ? unnamed : undefined;
  }

  /** Like `find`, but also finds dropped tables. */
  findDropped(name: QualifiedName): CatalogTable | undefined {
    return this.find(name) ?? this.#keys(name).flatMap((key) => this.#tables.get(key) ?? [])[0];
  }

  /** Whether the name itself says that the table is a temporary one. */
  namesTemporary({ qualifier }: QualifiedName): boolean {
    return qualifier !== undefined && TEMPORARY_SCHEMAS[this.#dialect]?.test(qualifier) === true;
  }

  /** MySQL: whether the name refers to a temporary table depends on the database into which the dump is loaded. */
  mayBeTemporary(name: QualifiedName): boolean {
    if (this.#dialect !== 'mysql') return false;
    const { database } = this.#place(name);
    return this.#temporary.some(
      (table) =>
        table.name === name.name && !table.dropped && (table.database === undefined) !== (database === undefined),
    );
  }

  /** The table that a statement refers to; created if necessary. */
  take(name: QualifiedName): CatalogTable {
    return this.find(name) ?? this.takeOwn(name, this.namesTemporary(name));
  }

  /** The table of that name in the place in which a definition creates it, even if it is dropped; created if necessary. */
  takeOwn(name: QualifiedName, temporary: boolean): CatalogTable {
    const key = this.#ownKey(name, temporary);
    const found = this.#tables.get(key);
    if (found !== undefined) return found;
    const table = { name: name.name, ...this.#place(name), temporary, restarts: 0, ...emptyContents() };
    this.#tables.set(key, table);
    if (temporary) this.#temporary.push(table);
    return table;
  }

  /** Makes a dropped table a new one of the same name. */
  recreate(table: CatalogTable): void {
    if (table.rows.length > 0) table.restarts++;
    Object.assign(table, emptyContents());
  }

  /** A table whose name differs only in case: whether the two are the same depends on the server. */
  namesake(table: CatalogTable): CatalogTable | undefined {
    if (this.#dialect !== 'mysql') return undefined;
    const name = table.name.toLowerCase();
    for (const other of this.#tables.values()) {
      if (other !== table && other.database === table.database && other.name.toLowerCase() === name) return other;
    }
    return undefined;
  }

  /** The views that remain after the session. */
  get views(): readonly SqlView[] {
    return [...this.#views.values()].filter(({ temporary }) => !temporary);
  }

  /** Has no effect in place of a table: CREATE VIEW IF NOT EXISTS. */
  addView(name: QualifiedName, isTemporary: boolean, change: SqlChange): void {
    const temporary = isTemporary || this.namesTemporary(name);
    const key = this.#ownKey(name, temporary);
    if (this.#tables.get(key)?.dropped === false) return;
    this.#views.set(key, { ...change, name: name.name, ...this.#place(name), temporary });
  }

  /** The view in the place in which a definition creates a table. */
  viewInPlaceOf(name: QualifiedName, temporary: boolean): SqlView | undefined {
    return this.#views.get(this.#ownKey(name, temporary));
  }

  /** False if there is none. */
  dropView(name: QualifiedName): boolean {
    const key = this.#viewKey(name);
    return key !== undefined && this.#views.delete(key);
  }

  dropViews(isMeant: (view: SqlView) => boolean): void {
    for (const [key, view] of this.#views) if (!view.temporary && isMeant(view)) this.#views.delete(key);
  }

  isView(name: QualifiedName): boolean {
    return this.#viewKey(name) !== undefined;
  }

  /** Undefined if the name is that of a table, or of nothing. */
  #viewKey(name: QualifiedName): string | undefined {
    if (this.#views.size === 0) return undefined;
    const key = this.#keys(name).find((each) => this.#views.has(each) || this.#tables.get(each)?.dropped === false);
    return key !== undefined && this.#views.has(key) ? key : undefined;
  }

  /** The key under which tables and sequences of that name are stored. */
  keyOf(name: QualifiedName): string {
    return this.#firstKey(name);
  }

  /** The key of the place in which a definition creates something. */
  #ownKey(name: QualifiedName, temporary: boolean): string {
    return temporary ? this.#temporaryKey(name) : this.#firstKey(name);
  }

  #firstKey(name: QualifiedName): string {
    const { database, schema } = this.#place(name);
    return this.#keyOf(database, schema, name.name);
  }

  /** The place in which a new name is created. */
  #place({ qualifier }: QualifiedName): Pick<CatalogTable, 'database' | 'schema'> {
    const { database, schema } = this.#session;
    if (this.#dialect === 'mysql') return { database: qualifier ?? database, schema: undefined };
    if (this.#dialect === 'sqlite3') return { database: undefined, schema: qualifier?.toLowerCase() ?? 'main' };
    return { database, schema: qualifier ?? schema };
  }

  /** Every place in which a name is looked up, in order. */
  #keys(name: QualifiedName): string[] {
    if (this.namesTemporary(name)) return [this.#temporaryKey(name)];
    const { database, schema } = this.#place(name);
    const keys = [this.#keyOf(database, schema, name.name)];
    // MySQL's temporary tables are in databases, where they hide the others.
    if (this.#dialect === 'mysql') return [this.#temporaryKey(name), ...keys];
    if (name.qualifier !== undefined) return keys;
    const others = this.#dialect === 'postgres' ? this.#session.searchPath : [...this.#attached];
    keys.push(...others.map((other) => this.#keyOf(database, other, name.name)));
    return [this.#temporaryKey(name), ...keys];
  }

  #temporaryKey(name: QualifiedName): string {
    return this.#keyOf(this.#dialect === 'mysql' ? this.#place(name).database : undefined, '\ntemporary', name.name);
  }

  #keyOf(database: string | undefined, schema: string | undefined, name: string): string {
    return `${database ?? ''}\n${schema ?? ''}\n${this.#dialect === 'sqlite3' ? name.toLowerCase() : name}`;
  }
}
