/**
 * Folds the list of releases into what the rest of the program needs: targets, tables, schemas, names of settings, rules of a
 * restore. Another list gives another history: tests use this to add a made-up release.
 */
import { UsageError } from '../../core/errors.js';
import type { Notice } from '../../core/findings.js';
import { listed } from '../../core/language.js';
import type { Engine } from '../../engines/Engine.js';
import { buildSchema } from '../schemas/buildSchema.js';
import { alterDefinition, type Schema, type TableDefinition, withColumn, withoutColumn } from '../schemas/Schema.js';
import { SettingsHistory } from '../settings/SettingsHistory.js';
import { type Column, existsIn, type Table } from '../tables.js';
import { texts } from '../texts.js';
import { compareVersions, parseVersion } from '../versions.js';
import type { NewColumn, NewTable, ProgramRules, Release, RestoreRules, RowChange, TableChange } from './Release.js';

/** A change to rows, and the schema version from which on it has been applied. */
export interface DatedRowChange {
  readonly schema: number;
  readonly change: RowChange;
}

/** A release that can be the target of an upgrade. */
export interface Target {
  /** The value for `--to`. */
  readonly name: string;
  /** The version written into metadata.ini: every later patch release can restore it. */
  readonly firstRelease: string;
  /** For an unreleased version, the month in which it was examined: `2026-07`. Undefined for the others. */
  readonly preview: string | undefined;
  /** Row of table `version`. */
  readonly schema: number;
  /** The tables of the release, in the order in which `gogs backup` writes them. */
  readonly tables: readonly Table[];
  /** All changes to rows up to this release, oldest first. */
  readonly rowChanges: readonly DatedRowChange[];
  readonly restore: RestoreRules;
  readonly program: ProgramRules;
  /** The history that contains this target. */
  readonly history: GogsHistory;
  /** The schema that the release creates on an empty database. */
  schemaFor(engine: Engine): Schema;
  /** Manual steps for a database of this schema version. */
  byHand(schema: number): Notice[];
}

/** Everything known about Gogs, over all releases of a list. */
export interface GogsHistory {
  /** Every table of any release, in the order in which `gogs backup` writes them. */
  readonly tables: readonly Table[];
  /** SQL names of tables whose rows are meaningless now. */
  readonly forgottenTables: ReadonlySet<string>;
  /** Oldest first. */
  readonly targets: readonly Target[];
  readonly defaultTarget: Target;
  readonly settings: SettingsHistory;
  readonly oldestSchema: number;
  /** The first release with `gogs backup`. */
  readonly oldestBackup: string;
  tableNamed(name: string): Table | undefined;
  /** Ignores case, because other programs change it. */
  tableOfType(type: string): Table | undefined;
  /** Throws UsageError for an unknown name. Undefined means the default. */
  targetNamed(name: string | undefined): Target;
  /** The target that can restore backups of a release; the oldest target for older releases. */
  targetOfRelease(version: string | undefined): Target;
  /** Schema version of a release; the oldest known one for anything older. */
  schemaOfRelease(version: string): number;
  /** The first release with this schema version, or with the highest one below it. */
  firstReleaseOf(schema: number): string;
  /** Infers the schema version from the columns (`table.column`) of a database. Development builds count as the older one. */
  schemaOfColumns(columns: ReadonlySet<string>): number;
  /** The secret key of a release if app.ini does not set one; undefined means an old release. */
  publishedKeyOf(version: string | undefined): string;
  /** Every key that a release publishes. */
  readonly publishedKeys: ReadonlySet<string>;
}

export function foldReleases(releases: readonly Release[]): GogsHistory {
  const tables = foldTables(releases);
  const byName = new Map(tables.map((table) => [table.name, table]));
  const byType = new Map(tables.map((table) => [table.type, table]));
  const byLowerType = new Map(tables.map((table) => [table.type.toLowerCase(), table]));
  const schemas = foldSchemaVersions(releases);
  const oldestSchema = schemas[0]?.schema ?? 0;
  const history: GogsHistory = {
    tables,
    forgottenTables: new Set(
      releases.flatMap(({ tables: changes = [] }) =>
        changes.flatMap((change) => (change.what === 'forget table' ? [change.table] : [])),
      ),
    ),
    settings: new SettingsHistory(releases),
    oldestSchema,
    oldestBackup: releases.find(({ writesBackups }) => writesBackups === true)?.version ?? '0',
    tableNamed: (name) => byName.get(name),
    tableOfType: (type) => byType.get(type) ?? byLowerType.get(type.toLowerCase()),
    get targets() {
      return targets;
    },
    get defaultTarget() {
      return defaultOf(releases, targets);
    },
    targetNamed(name) {
      const found = name === undefined ? history.defaultTarget : targets.find((target) => target.name === name);
      if (found !== undefined) return found;
      throw new UsageError(
        texts().noTarget({ name: JSON.stringify(name), targets: listed(targets.map((target) => target.name)) }),
      );
    },
    targetOfRelease: (version) =>
      targets.findLast((target) => version !== undefined && !isBeforeMinorOf(version, target)) ?? first(targets),
    schemaOfRelease: (version) =>
      schemas.findLast(({ release }) => compareVersions(release.version, version) <= 0)?.schema ?? oldestSchema,
    firstReleaseOf(schema) {
      const highest = schemas.findLast((dated) => dated.schema <= schema)?.schema ?? oldestSchema;
      return schemas.find((dated) => dated.schema === highest)?.release.version ?? '0';
    },
    schemaOfColumns: (columns) =>
      schemas.findLast(({ release }) => hasColumnsOf(release, columns))?.schema ?? oldestSchema,
    publishedKeyOf: (version) =>
      foldRules(releases.filter((release, index) => index === 0 || isNotAfter(release, version))).publishedKey,
    publishedKeys: new Set(
      releases.flatMap(({ program }) => (program?.publishedKey === undefined ? [] : [program.publishedKey])),
    ),
  };
  const targets = releases.flatMap(({ target }, index) =>
    target === undefined ? [] : [foldTarget(releases.slice(0, index + 1), history)],
  );
  return history;
}

const isNotAfter = ({ version }: Release, limit: string | undefined): boolean =>
  limit !== undefined && compareVersions(version, limit) <= 0;

function first<T>(list: readonly T[]): T {
  const [found] = list;
  if (found === undefined) throw new RangeError('no release is a target');
  return found;
}

function defaultOf(releases: readonly Release[], targets: readonly Target[]): Target {
  const name = releases.find(({ target }) => target?.isDefault === true)?.target?.name;
  return targets.find((target) => target.name === name) ?? first(targets);
}

/** 0.13.4 is not before any 0.13, but before every 0.14. */
function isBeforeMinorOf(version: string, { firstRelease }: Target): boolean {
  const [own, target] = [parseVersion(version), parseVersion(firstRelease)];
  if (own === undefined || target === undefined) return true;
  return own.major < target.major || (own.major === target.major && own.minor < target.minor);
}

// Schema versions

interface DatedSchema {
  readonly schema: number;
  readonly release: Release;
}

/** The schema version of every release. */
function foldSchemaVersions(releases: readonly Release[]): DatedSchema[] {
  let schema = 0;
  return releases.map((release) => {
    schema = release.schema ?? schema;
    return { schema, release };
  });
}

/** True if a database has all columns that the release added to its tables, and at least one. */
function hasColumnsOf({ tables = [] }: Release, columns: ReadonlySet<string>): boolean {
  const known = new Set([...columns].map((column) => column.slice(0, column.indexOf('.'))));
  const added = tables.flatMap((change) => (change.what === 'add column' && known.has(change.table) ? [change] : []));
  return added.length > 0 && added.every(({ table, column }) => columns.has(`${table}.${column.name}`));
}

// Tables

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

interface ColumnDraft extends Draft<Omit<Column, 'keys'>> {
  keys: { since: string; key: string }[];
}

interface TableDraft extends Draft<Omit<Table, 'columns'>> {
  columns: ColumnDraft[];
}

function foldTables(releases: readonly Release[]): Table[] {
  const tables: TableDraft[] = [];
  for (const [index, { version, tables: changes = [] }] of releases.entries()) {
    // Tables and columns of the oldest release have no `since`.
    const since = index === 0 ? undefined : version;
    for (const change of changes) changeTables(tables, change, version, since);
  }
  return tables;
}

function changeTables(tables: TableDraft[], change: TableChange, version: string, since: string | undefined): void {
  switch (change.what) {
    case 'create table':
      insertAfter(tables, draftTable(change.table, since), change.after);
      return;
    case 'drop table':
      named(tables, change.table).until = version;
      return;
    case 'add column':
      insertAfter(named(tables, change.table).columns, draftColumn(change.column, since), change.after);
      return;
    case 'drop column':
      named(named(tables, change.table).columns, change.column).until = version;
      return;
    case 'rename key':
      named(named(tables, change.table).columns, change.column).keys.push({ since: version, key: change.key });
      return;
    default:
      return;
  }
}

function draftTable({ type, name, columns, droppedKeys }: NewTable, since: string | undefined): TableDraft {
  return {
    type,
    name,
    since,
    columns: columns.map((column) => draftColumn(column, undefined)),
    droppedKeys: new Set(droppedKeys),
  };
}

function draftColumn({ name, kind, key, derived }: NewColumn, since: string | undefined): ColumnDraft {
  return { name, kind, derived, since, keys: [{ since: since ?? '0', key }] };
}

function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((item) => item.name === name);
  if (found === undefined) throw new RangeError(`a release changes ${name}, which is not there`);
  return found;
}

function insertAfter<T extends { readonly name: string }>(list: T[], item: T, after: string | undefined): void {
  if (list.some(({ name }) => name === item.name)) throw new RangeError(`a release adds ${item.name} a second time`);
  list.splice(after === undefined ? list.length : list.indexOf(named(list, after)) + 1, 0, item);
}

// Targets

/** The target for the last of these releases. */
function foldTarget(releases: readonly Release[], history: GogsHistory): Target {
  const last = releases.at(-1);
  if (last?.target === undefined) throw new RangeError('the release is no target');
  const { version, target } = last;
  const built = new Map<Engine, Schema>();
  const dated = foldSchemaVersions(releases);
  return {
    name: target.name,
    firstRelease: version,
    preview: target.preview,
    schema: history.schemaOfRelease(version),
    tables: history.tables.filter((table) => existsIn(table, version)),
    rowChanges: dated.flatMap(({ schema, release: { rows = [] } }) => rows.map((change) => ({ schema, change }))),
    restore: foldRestore(releases),
    program: foldRules(releases),
    history,
    schemaFor(engine) {
      const schema = built.get(engine) ?? buildSchema(engine, foldDefinitions(releases, engine));
      built.set(engine, schema);
      return schema;
    },
    byHand: (before) => dated.flatMap(({ schema, release: { byHand = [] } }) => (schema > before ? byHand : [])),
  };
}

function foldRestore(releases: readonly Release[]): RestoreRules {
  const changes = releases.flatMap(({ restore }) => (restore === undefined ? [] : [restore]));
  return {
    gormTables: new Set(changes.flatMap(({ gormTables = [] }) => gormTables)),
    maxLineBytes:
      changes.findLast(({ maxLineBytes }) => maxLineBytes !== undefined)?.maxLineBytes ?? Number.POSITIVE_INFINITY,
    jsonDecoder: changes.findLast(({ jsonDecoder }) => jsonDecoder !== undefined)?.jsonDecoder ?? 'encoding/json',
    overwrites: changes.flatMap(({ overwrites = [] }) => overwrites),
  };
}

const NO_RULES: ProgramRules = {
  engines: [],
  cacheAdapters: [],
  publishedKey: '',
  needsOwnKey: false,
  checksRunUser: 'when installed',
  refusedSshKeys: [],
  needsNumericPort: false,
  hangsOnNotifications: false,
  quotesLoginTo: [],
};

function foldRules(releases: readonly Release[]): ProgramRules {
  const rules = { ...NO_RULES };
  for (const { program } of releases) Object.assign(rules, program);
  return rules;
}

/** The schema of the first release that declares one, with the alterations of later releases. */
function foldDefinitions(releases: readonly Release[], engine: Engine): readonly TableDefinition[] {
  const start = releases.findIndex(({ schemas }) => schemas !== undefined);
  const base = releases[start]?.schemas?.[engine]() ?? [];
  return releases
    .slice(start + 1)
    .flatMap(({ tables = [] }) => tables)
    .reduce((schema, change) => changeDefinitions(schema, change, engine), base);
}

function changeDefinitions(
  schema: readonly TableDefinition[],
  change: TableChange,
  engine: Engine,
): readonly TableDefinition[] {
  const alter = (name: string, by: (table: TableDefinition) => TableDefinition): readonly TableDefinition[] =>
    schema.map((table) => (table === named(schema, name) ? by(table) : table));
  switch (change.what) {
    case 'create table':
      return [...schema, stated(change.schema, change.table.name)[engine]];
    case 'drop table':
      return schema.filter(({ name }) => name !== change.table);
    case 'add column': {
      const { table, column, after } = change;
      const definition = stated(change.schema, `${table}.${column.name}`)[engine];
      return alter(table, (altered) => withColumn(altered, column.name, definition, after));
    }
    case 'drop column':
      return alter(change.table, (table) => withoutColumn(table, change.column));
    case 'alter table': {
      const alteration = change.engines[engine];
      return alteration === undefined ? schema : alter(change.table, (table) => alterDefinition(table, alteration));
    }
    default:
      return schema;
  }
}

function stated<T>(schema: T | undefined, name: string): T {
  if (schema === undefined) throw new RangeError(`a release adds ${name} and does not say how it is in SQL`);
  return schema;
}
