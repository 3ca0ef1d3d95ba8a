/**
 * SQL to load after `gogs restore`: the rows that it cannot read, and on request the values that it overwrites. Everything goes
 * through temporary tables, so that loading it twice, or after a Gogs that reads such rows itself, does no harm.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { RefusedError, UsageError } from '../errors.js';
import {
  quoteName,
  type SqlOutputColumn,
  SqlTableWriter,
  sqlBeginRows,
  sqlClosing,
  sqlEndRows,
  sqlOpening,
} from '../formats/sql/SqlWriter.js';
import { type ByteSink, fileSink } from '../formats/zip/ByteSink.js';
import type { Engine } from '../gogs/engines.js';
import { DAMAGED_COLUMNS } from '../gogs/restoreDamage.js';
import type { SchemaTable } from '../gogs/schemas/Schema.js';
import { schemaOf } from '../gogs/schemas/schemaOf.js';
import type { Table } from '../gogs/tables.js';
import type { Target } from '../gogs/targets.js';
import type { Row } from '../rows.js';
import { AtomicFile } from './AtomicFile.js';
import type { LeftoverRows } from './BackupSink.js';
import { sqlColumnsOf } from './sqlColumns.js';
import type { TemporaryFolder } from './TemporaryFolder.js';

export interface AfterRestoreSqlOptions {
  /** Undefined when there is no place beside the output. */
  readonly path: string | undefined;
  readonly replace: boolean;
  /** Undefined when nobody said. */
  readonly engine: Engine | undefined;
  readonly target: Target;
  readonly temporary: TemporaryFolder;
  /** Also put right what a restore overwrites. */
  readonly exact: boolean;
}

export class AfterRestoreSql implements LeftoverRows {
  readonly #options: AfterRestoreSqlOptions;
  readonly #sections = new Map<string, Section>();
  #file: AtomicFile | undefined;

  constructor(options: AfterRestoreSqlOptions) {
    this.#options = options;
  }

  add(table: Table, row: Row): void {
    this.#section(table, 'missing rows').writer.row(row);
  }

  /** Takes every row that a restore does read. */
  restored(table: Table, row: Row): void {
    if (this.#options.exact && table.name in DAMAGED_COLUMNS)
      this.#section(table, 'overwritten values').writer.row(row);
  }

  #section(table: Table, purpose: Purpose): Section {
    const key = `${purpose} ${table.name}`;
    let section = this.#sections.get(key);
    if (section === undefined) {
      const { engine, target, temporary } = this.#options;
      section = new Section(table, purpose, schemaFor(table, engine, target), engineOr(engine), temporary);
      this.#sections.set(key, section);
    }
    return section;
  }

  async drain(): Promise<void> {
    for (const { writer } of this.#sections.values()) await writer.drain();
  }

  /** Writes the file under its temporary name. Call it once, after the last row. */
  async finish(): Promise<void> {
    if (this.#sections.size === 0) return;
    const { path, replace, engine } = this.#options;
    if (path === undefined) {
      throw new RefusedError(
        'Cannot write to standard output alone: some rows are longer than gogs restore reads, and the SQL that brings them ' +
          'needs a file of its own. Name a file as the output.',
      );
    }
    this.#file = await AtomicFile.create(path, { replace });
    const sink = fileSink(this.#file.handle, path);
    const dialect = engineOr(engine);
    await sink.write(Buffer.from(`${HEADER}${sqlOpening(dialect)}${sqlBeginRows(dialect)}`));
    for (const section of this.#sections.values()) await section.writeTo(sink);
    await sink.write(Buffer.from(sqlEndRows(dialect) + sqlClosing(dialect)));
  }

  /** Gives the file its name. Returns its path; null when there was nothing to write. */
  async commit(): Promise<string | null> {
    await this.#file?.commit();
    return this.#file?.path ?? null;
  }

  async abort(): Promise<void> {
    for (const section of this.#sections.values()) await section.close();
    await this.#file?.abort();
  }
}

const HEADER = '-- Load this once `gogs restore` has ended, before Gogs starts. Loading it again does no harm.\n';

type Purpose = 'missing rows' | 'overwritten values';

function engineOr(engine: Engine | undefined): Engine {
  if (engine !== undefined) return engine;
  throw new UsageError(
    'Cannot write the SQL for what gogs restore does not read: no app.ini says which database engine the new server has. ' +
      'Say it with --engine.',
  );
}

function schemaFor(table: Table, engine: Engine | undefined, target: Target): SchemaTable {
  const schema = schemaOf(target.name, engineOr(engine)).tables.find(({ name }) => name === table.name);
  if (schema === undefined) throw new Error(`the schema lacks ${table.name}`);
  return schema;
}

/** The rows of one table, on their way into a temporary table of the database. */
class Section {
  readonly writer: SqlTableWriter;
  readonly #engine: Engine;
  readonly #table: string;
  readonly #stage: string;
  readonly #purpose: Purpose;
  readonly #columns: readonly SqlOutputColumn[];
  readonly #keys: readonly string[];
  readonly #autoIncrement: string | undefined;
  readonly #temporary: TemporaryFolder;
  #spool: { readonly path: string; readonly handle: FileHandle } | undefined;

  constructor(table: Table, purpose: Purpose, schema: SchemaTable, engine: Engine, temporary: TemporaryFolder) {
    this.#engine = engine;
    this.#table = quoteName(table.name, engine);
    const stage = `gogs_backup_upgrade_${purpose === 'missing rows' ? 'missing' : 'exact'}_${table.name}`;
    this.#stage = quoteName(stage, engine);
    this.#purpose = purpose;
    this.#keys = schema.primaryKey;
    this.#autoIncrement = schema.columns.some(({ name }) => name === 'id') ? 'id' : undefined;
    this.#temporary = temporary;
    const wanted = [...schema.primaryKey, DAMAGED_COLUMNS[table.name]];
    this.#columns = sqlColumnsOf(table, schema).filter(
      ({ name }) => purpose === 'missing rows' || wanted.includes(name),
    );
    this.writer = new SqlTableWriter(engine, stage, this.#columns, { write: (bytes) => this.#write(bytes) });
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#spool === undefined) {
      const path = await this.#temporary.newPath('after-restore.sql');
      this.#spool = { path, handle: await open(path, 'wx', 0o600) };
    }
    await this.#spool.handle.appendFile(bytes);
  }

  async writeTo(sink: ByteSink): Promise<void> {
    await this.writer.finish();
    await sink.write(Buffer.from(this.#createStage()));
    if (this.#spool !== undefined) {
      await this.#spool.handle.close();
      for await (const chunk of createReadStream(this.#spool.path, { highWaterMark: 256 * 1024 })) {
        await sink.write(chunk as Buffer);
      }
    }
    await sink.write(Buffer.from(this.#mergeStage()));
  }

  async close(): Promise<void> {
    await this.#spool?.handle.close().catch(() => undefined);
  }

  #names(prefix = ''): string {
    return this.#columns.map(({ name }) => prefix + quoteName(name, this.#engine)).join(', ');
  }

  #createStage(): string {
    const select = `SELECT ${this.#names()} FROM ${this.#table} WHERE 1 = 0`;
    const temporary = this.#engine === 'mysql' ? 'TEMPORARY' : 'TEMP';
    const index = `CREATE UNIQUE INDEX ${quoteName(`${this.#purpose === 'missing rows' ? 'm' : 'e'}_stage`, this.#engine)}`;
    const keys = this.#keys.map((name) => quoteName(name, this.#engine)).join(', ');
    return (
      `\n-- ${this.#purpose} of ${this.#table}\n` +
      `CREATE ${temporary} TABLE ${this.#stage} AS ${select};\n` +
      `${index} ON ${this.#stage} (${keys});\n`
    );
  }

  #mergeStage(): string {
    const merge = this.#purpose === 'missing rows' ? this.#insertMissing() : this.#correctValues();
    return `${merge}DROP ${this.#engine === 'mysql' ? 'TEMPORARY ' : ''}TABLE ${this.#stage};\n`;
  }

  /** `stage.key = table.key`, under the names that are given. */
  #sameRow(left: string, right: string): string {
    return this.#keys
      .map((key) => quoteName(key, this.#engine))
      .map((key) => `${left}.${key} = ${right}.${key}`)
      .join(' AND ');
  }

  #insertMissing(): string {
    const present = `SELECT 1 FROM ${this.#table} AS present WHERE ${this.#sameRow('present', 'stage')}`;
    const insert =
      `INSERT INTO ${this.#table} (${this.#names()})\n` +
      `SELECT ${this.#names('stage.')} FROM ${this.#stage} AS stage WHERE NOT EXISTS (${present});\n`;
    if (this.#engine !== 'postgres' || this.#autoIncrement === undefined) return insert;
    const id = quoteName(this.#autoIncrement, this.#engine);
    const sequence = `pg_get_serial_sequence('${this.#table}', '${this.#autoIncrement}')`;
    return `${insert}SELECT setval(${sequence}, (SELECT max(${id}) FROM ${this.#table}));\n`;
  }

  #correctValues(): string {
    const column = this.#columns.find(({ name }) => !this.#keys.includes(name));
    if (column === undefined) throw new Error(`${this.#table} has no column to put right`);
    const name = quoteName(column.name, this.#engine);
    if (this.#engine === 'mysql') {
      return (
        `UPDATE ${this.#table} JOIN ${this.#stage} AS stage ON ${this.#sameRow('stage', this.#table)} ` +
        `SET ${this.#table}.${name} = stage.${name};\n`
      );
    }
    // SQLite knows UPDATE … FROM since 3.33.
    return (
      `UPDATE ${this.#table} SET ${name} = stage.${name} FROM ${this.#stage} AS stage ` +
      `WHERE ${this.#sameRow('stage', this.#table)};\n`
    );
  }
}
