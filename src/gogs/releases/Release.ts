/**
 * The language in which a release of Gogs declares what it changed. Everything that the tool knows about a release is in one
 * such object; foldReleases.ts turns the list of them into a history.
 */
import type { Notice } from '../../core/findings.js';
import type { ColumnKind, ColumnShape } from '../../core/rows.js';
import type { Engine } from '../../engines/Engine.js';
import type { TableAlteration, TableDefinition } from '../schemas/Schema.js';

export interface Release {
  /** `0.13.0`; a development build is told by a prerelease: `0.12.0-dev.1`. */
  readonly version: string;
  /** Where its changes are known from, unless a change names its own source: `internal/db@v0.13.0`. */
  readonly source: string;
  /** Given for a release that an upgrade can aim at. */
  readonly target?: {
    /** What `--to` takes: `0.13`. */
    readonly name: string;
    readonly isDefault?: boolean;
    /** For a release that is not out yet: as of when it was looked at, `2026-07`. */
    readonly preview?: string;
  };
  /** Row of table `version`, where it changed. */
  readonly schema?: number;
  readonly tables?: readonly TableChange[];
  /** The whole schema that it creates, for the first release that one is written for. Later ones only alter it. */
  readonly schemas?: Readonly<Record<Engine, readonly TableDefinition[]>>;
  readonly rows?: readonly RowChange[];
  readonly settings?: SettingsChanges;
  readonly restore?: RestoreChanges;
  readonly program?: Partial<ProgramRules>;
  /** What has to be done by hand for a database from before this release, if its schema version is lower. */
  readonly byHand?: readonly Notice[];
  /** True for the first release that has `gogs backup`. */
  readonly writesBackups?: boolean;
}

// Tables

export interface NewColumn extends ColumnShape {
  readonly key: string;
  /** True for a value no SQL column holds. */
  readonly derived: boolean;
}

export interface NewTable {
  /** Go type. */
  readonly type: string;
  /** SQL name. */
  readonly name: string;
  readonly columns: readonly NewColumn[];
  /** Keys beside the columns that say nothing new. */
  readonly droppedKeys: readonly string[];
}

export type TableChange =
  | {
      readonly what: 'create table';
      readonly table: NewTable;
      /** SQL name of the table that a backup lists before it. */
      readonly after: string | undefined;
      readonly schema: Readonly<Record<Engine, TableDefinition>> | undefined;
    }
  | { readonly what: 'drop table'; readonly table: string }
  /** A table that older releases had and whose rows mean nothing to anybody; its columns are not known. */
  | { readonly what: 'forget table'; readonly table: string }
  | {
      readonly what: 'add column';
      readonly table: string;
      readonly column: NewColumn;
      /** SQL name of the column that it follows. */
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

/** `schema` is left out only for releases before the first schema that is written. */
export function createTable(
  table: NewTable,
  { after, schema }: { after?: string; schema?: Record<Engine, TableDefinition> } = {},
): TableChange {
  return { what: 'create table', table, after, schema };
}

export const dropTable = (table: string): TableChange => ({ what: 'drop table', table });
export const forgetTable = (table: string): TableChange => ({ what: 'forget table', table });

/** `schema` is left out only for releases before the first schema that is written. */
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

/** Fills a column that is empty from another one. */
export interface Compute {
  readonly what: 'compute';
  readonly table: string;
  readonly column: string;
  readonly from: string;
  readonly by: (value: Buffer) => string;
}

/** Leaves out the rows that a condition holds for. */
export interface Delete {
  readonly what: 'delete';
  readonly table: string;
  readonly where: Condition;
  /** Completes "left out": `because its repository is gone`. */
  /** Why such a row is left out, as one clause. */
  readonly reason: () => string;
}

export type Condition =
  | { readonly test: 'equals'; readonly column: string; readonly value: number }
  /** The column's value is the id of no row of `target`, and `exceptIfSet` is 0 or absent. */
  | { readonly test: 'dangles'; readonly column: string; readonly target: string; readonly exceptIfSet?: string };

/** `compute('access_token.sha256', { from: 'sha1', by: sha256Hex })` */
export function compute(place: string, how: { from: string; by: (value: Buffer) => string }): Compute {
  const [table = '', name = ''] = place.split('.');
  return { what: 'compute', table, column: name, ...how };
}

export function deleteRows(table: string, where: Condition, reason: () => string): Delete {
  return { what: 'delete', table, where, reason };
}

// Settings. Names are written as `--set` takes them: `section.KEY`, `KEY` outside all sections.

export interface SettingsChanges {
  /** Old section → new section. */
  readonly renameSections?: Readonly<Record<string, string>>;
  readonly rename?: readonly SettingRename[];
  /** The first release that ignores the old names, if this one still reads them beside the new ones. */
  readonly oldNamesReadUntil?: string;
  /** Name → what is to be said about it, as one clause. */
  readonly remove?: Readonly<Record<string, () => string>>;
  /** Defaults that changed, and with them an instance that relied on one. Each may look at those before it. */
  readonly defaults?: readonly ChangedDefault[];
  /** Settings that came, where a check has to know. */
  readonly add?: readonly string[];
  /** Whether ` # …` and ` ; …` behind a value are a comment. */
  readonly inlineComments?: boolean;
  /** Whether `$NAME` in a value is an environment variable. */
  readonly expandsVariables?: boolean;
}

export interface SettingRename {
  readonly from: string;
  readonly to: string;
  /** Whether an old value overrules a new one while a release reads both. */
  readonly overrules: (value: string) => boolean;
  /** Where the values changed with the name. */
  readonly convert?: (value: string) => string;
}

export interface ChangedDefault {
  readonly name: string;
  /** The default up to then; undefined where it did not matter. */
  readonly former: (settings: SettingsInForce) => string | undefined;
}

/** What a file says, by names that this release or an earlier one knows. */
export interface SettingsInForce {
  get(name: string): string | undefined;
  hasSection(section: string): boolean;
}

// Restore

/** What `gogs restore` of a release does to the rows of a backup. */
export interface RestoreRules {
  /**
   * SQL names of the tables that go through gorm: `\u0000` is stripped there, and every row is read into a fresh struct. The
   * others go through xorm, which reads all rows of a table into one struct.
   */
  readonly gormTables: ReadonlySet<string>;
  /** A line that does not fit this many bytes with its newline ends the table, without a word. */
  readonly maxLineBytes: number;
  readonly jsonDecoder: 'json-iterator' | 'encoding/json';
  readonly overwrites: readonly Overwrite[];
}

/** A column that the restore itself sets. */
export interface Overwrite {
  readonly table: string;
  readonly columns: readonly string[];
  /** Undefined: in every row. Otherwise only in rows where this column is 0 or less. */
  readonly where?: string;
}

export interface RestoreChanges {
  /** Tables that go through gorm from here on. */
  readonly gormTables?: readonly string[];
  readonly maxLineBytes?: number;
  readonly jsonDecoder?: RestoreRules['jsonDecoder'];
  /** Added to those of the release before. */
  readonly overwrites?: readonly Overwrite[];
}

// Program

/** What else a release is like, as far as it decides whether an instance starts and is safe. Each rule holds until a later release sets it. */
export interface ProgramRules {
  /** Database engines, by the names app.ini gives them. */
  readonly engines: readonly string[];
  readonly cacheAdapters: readonly string[];
  /** The secret key that its own configuration has, for everybody to read. */
  readonly publishedKey: string;
  /** True when it does not start without a secret key of one's own. */
  readonly needsOwnKey: boolean;
  /** When it refuses to run as another user than RUN_USER. */
  readonly checksRunUser: 'when installed' | 'always';
  /** How the content of SSH keys that it takes no more begins. */
  readonly refusedSshKeys: readonly string[];
  /** True when `[server] HTTP_PORT` has to be a number. */
  readonly needsNumericPort: boolean;
}
