/**
 * The vocabulary in which a release of Gogs declares its changes. All knowledge about a release is in one such object;
 * foldReleases.ts turns the list of them into a history.
 */
import type { Notice } from '../../core/findings.js';
import type { ColumnKind, ColumnShape } from '../../core/rows.js';
import type { Engine } from '../../engines/Engine.js';
import type { TableAlteration, TableDefinition } from '../schemas/Schema.js';

export interface Release {
  /** `0.13.0`; a prerelease marks a development build: `0.12.0-dev.1`. */
  readonly version: string;
  /** The source of its changes, unless a change names its own: `internal/db@v0.13.0`. */
  readonly source: string;
  /** Present if the release can be a target. */
  readonly target?: {
    /** The value for `--to`: `0.13`. */
    readonly name: string;
    readonly isDefault?: boolean;
    /** For an unreleased version: the month in which it was examined, `2026-07`. */
    readonly preview?: string;
  };
  /** Row of table `version`, if it changed. */
  readonly schema?: number;
  readonly tables?: readonly TableChange[];
  /**
   * The whole schema that it creates, for the first release that can be written. Later releases only alter it. Functions,
   * because a process mostly needs one engine's.
   */
  readonly schemas?: Readonly<Record<Engine, () => readonly TableDefinition[]>>;
  readonly rows?: readonly RowChange[];
  readonly settings?: SettingsChanges;
  readonly restore?: RestoreChanges;
  readonly program?: Partial<ProgramRules>;
  /** Manual steps for a database from before this release, if its schema version is lower. */
  readonly byHand?: readonly Notice[];
  /** True for the first release that has `gogs backup`. */
  readonly writesBackups?: boolean;
}

// Tables

export interface NewColumn extends ColumnShape {
  readonly key: string;
  /** True for a value that is not in an SQL column. */
  readonly derived: boolean;
}

export interface NewTable {
  /** Go type. */
  readonly type: string;
  /** SQL name. */
  readonly name: string;
  readonly columns: readonly NewColumn[];
  /** Redundant keys beside those of the columns. */
  readonly droppedKeys: readonly string[];
}

export type TableChange =
  | {
      readonly what: 'create table';
      readonly table: NewTable;
      /** SQL name of the table that precedes it in a backup. */
      readonly after: string | undefined;
      readonly schema: Readonly<Record<Engine, TableDefinition>> | undefined;
    }
  | { readonly what: 'drop table'; readonly table: string }
  /** A table of older releases whose rows are meaningless now; its columns are unknown. */
  | { readonly what: 'forget table'; readonly table: string }
  | {
      readonly what: 'add column';
      readonly table: string;
      readonly column: NewColumn;
      /** SQL name of the column before it. */
      readonly after: string;
      readonly schema: Readonly<Record<Engine, string>> | undefined;
    }
  | { readonly what: 'drop column'; readonly table: string; readonly column: string }
  | { readonly what: 'rename key'; readonly table: string; readonly column: string; readonly key: string }
  | {
      readonly what: 'alter table';
      readonly table: string;
      readonly engines: Readonly<Partial<Record<Engine, TableAlteration>>>;
    };

function column(kind: ColumnKind, name: string, key: string): NewColumn {
  return { name, kind, key, derived: false };
}

export const integer = column.bind(undefined, 'integer');
export const boolean = column.bind(undefined, 'boolean');
export const text = column.bind(undefined, 'text');
export const uuid = column.bind(undefined, 'uuid');
export const time = column.bind(undefined, 'time');
export const derived = (key: string, name = key): NewColumn => ({ ...text(name, key), derived: true });

export function newTable(type: string, name: string, columns: NewColumn[], droppedKeys: string[] = []): NewTable {
  return { type, name, columns, droppedKeys };
}

/** `schema` may be omitted only for releases before the first schema that can be written. */
export function createTable(
  table: NewTable,
  { after, schema }: { after?: string; schema?: Record<Engine, TableDefinition> } = {},
): TableChange {
  return { what: 'create table', table, after, schema };
}

export const dropTable = (table: string): TableChange => ({ what: 'drop table', table });
export const forgetTable = (table: string): TableChange => ({ what: 'forget table', table });

/** `schema` may be omitted only for releases before the first schema that can be written. */
export function addColumn(
  table: string,
  added: NewColumn,
  { after, schema }: { after: string; schema?: Record<Engine, string> },
): TableChange {
  return { what: 'add column', table, column: added, after, schema };
}

export const dropColumn = (table: string, name: string): TableChange => ({ what: 'drop column', table, column: name });

/** `renameKey('star.uid', 'UserID')` */
export function renameKey(place: string, key: string): TableChange {
  const [table = '', name = ''] = place.split('.');
  return { what: 'rename key', table, column: name, key };
}

export function alterTable(table: string, engines: Partial<Record<Engine, TableAlteration>>): TableChange {
  return { what: 'alter table', table, engines };
}

// Rows

export type RowChange = Compute | Delete;

/** Computes the value of an empty column from another column. */
export interface Compute {
  readonly what: 'compute';
  readonly table: string;
  readonly column: string;
  readonly from: string;
  readonly by: (value: Buffer) => string;
}

/** Leaves out the rows that match a condition. */
export interface Delete {
  readonly what: 'delete';
  readonly table: string;
  readonly where: Condition;
  /** Why such a row is left out, as one clause. */
  readonly reason: () => string;
}

export type Condition =
  | { readonly test: 'equals'; readonly column: string; readonly value: number }
  /** The column's value is not an id in table `target`, and `exceptIfSet` is 0 or absent. */
  | { readonly test: 'dangles'; readonly column: string; readonly target: string; readonly exceptIfSet?: string };

/** `compute('access_token.sha256', { from: 'sha1', by: sha256Hex })` */
export function compute(place: string, how: { from: string; by: (value: Buffer) => string }): Compute {
  const [table = '', name = ''] = place.split('.');
  return { what: 'compute', table, column: name, ...how };
}

export function deleteRows(table: string, where: Condition, reason: () => string): Delete {
  return { what: 'delete', table, where, reason };
}

// Settings. Names are in the form of `--set`: `section.KEY`, or `KEY` outside all sections.

export interface SettingsChanges {
  /** Old section → new section. */
  readonly renameSections?: Readonly<Record<string, string>>;
  readonly rename?: readonly SettingRename[];
  /** The first release that ignores the old names, if this one still reads both. */
  readonly oldNamesReadUntil?: string;
  /** Name → an explanation, as one clause. */
  readonly remove?: Readonly<Record<string, () => string>>;
  /** Changed defaults, which matter to an instance that relied on them. Each may use the ones before it. */
  readonly defaults?: readonly ChangedDefault[];
  /** New settings, if a check needs to know them. */
  readonly add?: readonly string[];
  /** Whether ` # …` and ` ; …` after a value are a comment. */
  readonly inlineComments?: boolean;
  /** Whether `$NAME` in a value is an environment variable. */
  readonly expandsVariables?: boolean;
}

export interface SettingRename {
  readonly from: string;
  readonly to: string;
  /** Whether an old value overrides a new one while a release reads both. */
  readonly overrules: (value: string) => boolean;
  /** Converts the value, if values changed along with the name. */
  readonly convert?: (value: string) => string;
}

export interface ChangedDefault {
  readonly name: string;
  /** The previous default; undefined if it did not matter. */
  readonly former: (settings: SettingsInForce) => string | undefined;
}

/** The settings of a file, by the names of this release or an earlier one. */
export interface SettingsInForce {
  get(name: string): string | undefined;
  hasSection(section: string): boolean;
}

// Restore

/** How `gogs restore` of a release treats the rows of a backup. */
export interface RestoreRules {
  /**
   * SQL names of the tables that are restored through gorm: `\u0000` is stripped, and every row is read into a fresh struct.
   * The others are restored through xorm, which reads all rows of a table into one struct.
   */
  readonly gormTables: ReadonlySet<string>;
  /** A line that, with its newline, exceeds this many bytes silently ends the table. */
  readonly maxLineBytes: number;
  readonly jsonDecoder: 'json-iterator' | 'encoding/json';
  readonly overwrites: readonly Overwrite[];
}

/** A column that the restore overwrites. */
export interface Overwrite {
  readonly table: string;
  readonly columns: readonly string[];
  /** Undefined for every row; otherwise only rows in which this column is 0 or less. */
  readonly where?: string;
}

export interface RestoreChanges {
  /** Tables that are restored through gorm from this release on. */
  readonly gormTables?: readonly string[];
  readonly maxLineBytes?: number;
  readonly jsonDecoder?: RestoreRules['jsonDecoder'];
  /** Added to those of the previous release. */
  readonly overwrites?: readonly Overwrite[];
}

// Program

/**
 * Other rules of a release that decide whether an instance starts and is secure. Each rule holds until a later release changes
 * it.
 */
export interface ProgramRules {
  /** Database engines, by their names in app.ini. */
  readonly engines: readonly string[];
  readonly cacheAdapters: readonly string[];
  /** The secret key in its own default configuration, which is public. */
  readonly publishedKey: string;
  /** True if it does not start without a secret key of one's own. */
  readonly needsOwnKey: boolean;
  /** When it refuses to run as a user other than RUN_USER. */
  readonly checksRunUser: 'when installed' | 'always';
  /** The prefixes of SSH keys that it no longer accepts. */
  readonly refusedSshKeys: readonly string[];
  /** True if `[server] HTTP_PORT` must be a number. */
  readonly needsNumericPort: boolean;
  /** True if a comment on an issue never ends with SQLite and e-mail notifications. */
  readonly hangsOnNotifications: boolean;
  /** The engines to which it passes user and password in quotes, without escaping them. */
  readonly quotesLoginTo: readonly string[];
}
