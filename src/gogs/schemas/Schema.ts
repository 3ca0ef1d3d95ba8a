/**
 * The schema that a release of Gogs creates on an empty database, as data. It provides the statements that create the same
 * schema, and the limits of columns for checks before anything is written.
 *
 * Measured: each schema is the output of the engine's own dump tool after Gogs created it.
 */
import type { TextLimit } from '../../engines/DatabaseEngine.js';
import type { Engine } from '../../engines/Engine.js';
import { engineNamed } from '../../engines/engineNamed.js';

export interface SchemaColumn extends TextLimit {
  readonly name: string;
  /** `bigint(20)`, `character varying(255)` */
  readonly type: string;
  readonly nullable: boolean;
  /** Default in SQL, for rows without a value; not for automatic ids. */
  readonly default?: string;
}

export interface SchemaTable {
  readonly name: string;
  readonly columns: readonly SchemaColumn[];
  readonly primaryKey: readonly string[];
  /** The columns of each unique key except the primary key. */
  readonly uniqueKeys: readonly (readonly string[])[];
  /** The column with automatic ids; on SQLite only if it is tracked in `sqlite_sequence`. */
  readonly autoIncrement?: string;
  /** Statements with line ends, which run before and after the rows. */
  readonly createTable: string;
  readonly createKeys: string;
  /** For users who asked for it. */
  readonly dropTable: string;
}

export interface Schema {
  readonly engine: Engine;
  readonly tables: readonly SchemaTable[];
}

/** Name of a column → its definition: `bigint(20) NOT NULL AUTO_INCREMENT`. */
export type ColumnDefinitions = Readonly<Record<string, string>>;
/** Name of a key → its columns. */
export type Keys = Readonly<Record<string, readonly string[]>>;

/** The library that creates the table. The two libraries write statements differently. */
export type Orm = 'xorm' | 'gorm';

export interface KeyDefinitions {
  /** Empty on SQLite if the column's own definition contains it. */
  readonly primary?: readonly string[];
  /** Named unique constraints, as gorm creates them. */
  readonly constraints?: Keys;
  /** Unique indexes. */
  readonly unique?: Keys;
  readonly indexes?: Keys;
}

/** A table, independent of an engine's SQL. */
export interface TableDefinition {
  readonly orm: Orm;
  readonly name: string;
  readonly columns: ColumnDefinitions;
  readonly keys: Required<KeyDefinitions>;
}

/** A change of a table by a release. The columns it names change in place; each kind of key it names is replaced. */
export interface TableAlteration extends KeyDefinitions {
  readonly orm?: Orm;
  readonly columns?: ColumnDefinitions;
}

export function defineTable(
  orm: Orm,
  name: string,
  columns: ColumnDefinitions,
  { primary = [], constraints = {}, unique = {}, indexes = {} }: KeyDefinitions = {},
): TableDefinition {
  return { orm, name, columns, keys: { primary, constraints, unique, indexes } };
}

export function alterDefinition(table: TableDefinition, alteration: TableAlteration): TableDefinition {
  const { orm = table.orm, columns = {}, ...keys } = alteration;
  const unknown = Object.keys(columns).find((name) => !(name in table.columns));
  if (unknown !== undefined) throw new RangeError(`${table.name} has no column ${unknown} to alter`);
  return { orm, name: table.name, columns: { ...table.columns, ...columns }, keys: { ...table.keys, ...keys } };
}

/** Inserts a column after another one, or removes one along with the keys that name it. */
export function withColumn(table: TableDefinition, name: string, definition: string, after: string): TableDefinition {
  const columns = Object.entries(table.columns).flatMap((entry) =>
    entry[0] === after ? [entry, [name, definition] as const] : [entry],
  );
  return { ...table, columns: Object.fromEntries(columns) };
}

export function withoutColumn(table: TableDefinition, name: string): TableDefinition {
  const columns = Object.entries(table.columns).filter(([column]) => column !== name);
  const rest = (keys: Keys): Keys => Object.fromEntries(Object.entries(keys).filter(([, of]) => !of.includes(name)));
  const { primary, constraints, unique, indexes } = table.keys;
  return {
    ...table,
    columns: Object.fromEntries(columns),
    keys: { primary, constraints: rest(constraints), unique: rest(unique), indexes: rest(indexes) },
  };
}

/** Parses the definitions of the columns of a table when they are first asked for: most checks need only its keys. */
export function describeColumns(engine: Engine, definitions: ColumnDefinitions): () => readonly SchemaColumn[] {
  let columns: readonly SchemaColumn[] | undefined;
  return () => {
    columns ??= Object.entries(definitions).map(([name, definition]) => describeColumn(engine, name, definition));
    return columns;
  };
}

function describeColumn(engine: Engine, name: string, definition: string): SchemaColumn {
  const type = /^.*?(?= (?:NOT NULL|NULL|DEFAULT|PRIMARY KEY|UNIQUE|AUTO_INCREMENT)\b|$)/.exec(definition)?.[0] ?? '';
  const given = /\bDEFAULT ('(?:[^']|'')*'(?:::[\w ]+)?|\S+)/.exec(definition)?.[1];
  return {
    name,
    type,
    nullable: !/\bNOT NULL\b|\bserial\b|\bbigserial\b/.test(definition),
    ...(given === undefined || given === 'NULL' ? {} : { default: given }),
    ...engineNamed(engine).values.textLimit(type),
  };
}
