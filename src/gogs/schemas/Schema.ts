/**
 * The schema that a release of Gogs creates on an empty database, as data. From it come the statements that make the same
 * schema, and what a column holds for checks that ask before anything is written.
 *
 * Measured: each schema is what the engine's own dump tool says after Gogs has created it.
 */
import type { Engine } from '../engines.js';

export interface SchemaColumn {
  readonly name: string;
  /** `bigint(20)`, `character varying(255)` */
  readonly type: string;
  readonly nullable: boolean;
  /** What a row gets that says nothing, as SQL; not for automatic ids. */
  readonly default?: string;
  readonly maxCharacters?: number;
  readonly maxBytes?: number;
}

export interface SchemaTable {
  readonly name: string;
  readonly columns: readonly SchemaColumn[];
  readonly primaryKey: readonly string[];
  /** Columns of each unique key but the primary one. */
  readonly uniqueKeys: readonly (readonly string[])[];
  /** The column whose value the engine counts up; on SQLite only where it keeps the last one in `sqlite_sequence`. */
  readonly autoIncrement?: string;
  /** Statements, each with its line end: before the rows, and behind them. */
  readonly createTable: string;
  readonly createKeys: string;
  /** For those who asked for it. */
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

// Sizes of MySQL's text types: https://dev.mysql.com/doc/refman/8.0/en/storage-requirements.html#data-types-storage-reqs-strings
const MAX_BYTES: Readonly<Record<string, number>> = { tinytext: 255, text: 65_535, mediumtext: 16_777_215 };

/** Takes a definition apart. SQLite does not enforce lengths, so there are none. */
export function describeColumn(engine: Engine, name: string, definition: string): SchemaColumn {
  const type = /^.*?(?= (?:NOT NULL|NULL|DEFAULT|PRIMARY KEY|UNIQUE|AUTO_INCREMENT)\b|$)/.exec(definition)?.[0] ?? '';
  const given = /\bDEFAULT ('(?:[^']|'')*'(?:::[\w ]+)?|\S+)/.exec(definition)?.[1];
  const characters = engine === 'sqlite3' ? undefined : /^(?:varchar|character varying)\((\d+)\)$/i.exec(type)?.[1];
  const maxBytes = engine === 'mysql' ? MAX_BYTES[type] : undefined;
  return {
    name,
    type,
    nullable: !/\bNOT NULL\b|\bserial\b|\bbigserial\b/.test(definition),
    ...(given === undefined || given === 'NULL' ? {} : { default: given }),
    ...(characters === undefined ? {} : { maxCharacters: Number(characters) }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
  };
}

/** The same schema with some tables changed or added. */
export function withTables(schema: Schema, changed: readonly SchemaTable[]): Schema {
  const byName = new Map(schema.tables.map((table) => [table.name, table]));
  for (const table of changed) byName.set(table.name, table);
  return { engine: schema.engine, tables: [...byName.values()] };
}
