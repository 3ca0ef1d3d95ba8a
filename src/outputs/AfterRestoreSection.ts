/** The rows of one table for the SQL that is loaded after a restore; they pass through a temporary table. */
import { type FileHandle, open } from 'node:fs/promises';
import { UsageError } from '../core/errors.js';
import type { EngineSql } from '../engines/DatabaseEngine.js';
import type { Engine } from '../engines/Engine.js';
import { engineNamed, quoteName } from '../engines/engineNamed.js';
import type { ByteSink } from '../files/ByteSink.js';
import { readBack } from '../files/readBack.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { type SqlOutputColumn, SqlTableWriter } from '../formats/sql/writing/SqlTableWriter.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { schemaTable } from '../gogs/schemas/buildSchema.js';
import type { Table } from '../gogs/tables.js';
import { sqlColumnsOf } from './sqlColumnsOf.js';
import { texts } from './texts.js';

export type Purpose = 'missing rows' | 'overwritten values';

export function engineOr(engine: Engine | undefined): Engine {
  if (engine !== undefined) return engine;
  throw new UsageError(texts().engineForAfterRestoreSql);
}

export interface AfterRestoreContext {
  /** Undefined if unknown. */
  readonly engine: Engine | undefined;
  readonly target: Target;
  readonly temporary: TemporaryFolder;
}

const HEADER = '-- Load this once `gogs restore` has ended, before Gogs starts. Loading it again does no harm.\n';

/** The beginning of a script for an engine. */
export function scriptOpening(engine: Engine): string {
  const { opening, beginRows } = engineNamed(engine).sql;
  return `${HEADER}${opening}${beginRows}`;
}

/** Writes the whole script: the opening, the sections in order, and the end. */
export async function writeScript(
  sink: ByteSink,
  engine: Engine,
  sections: Iterable<AfterRestoreSection>,
): Promise<void> {
  await sink.write(Buffer.from(scriptOpening(engine)));
  for (const section of sections) await section.writeTo(sink);
  const { endRows, closing } = engineNamed(engine).sql;
  await sink.write(Buffer.from(endRows + closing));
}

/** Rows go through temporary tables, so that loading the script twice does no harm. */
const STAGES: Readonly<Record<Purpose, string>> = {
  'missing rows': 'gogs_backup_upgrade_missing_',
  'overwritten values': 'gogs_backup_upgrade_exact_',
};

/** The purpose of a temporary table, by its name; undefined for any other table. */
export function stageNamed(name: string): { readonly purpose: Purpose; readonly table: string } | undefined {
  for (const purpose of ['missing rows', 'overwritten values'] as const) {
    const prefix = STAGES[purpose];
    if (name.startsWith(prefix)) return { purpose, table: name.slice(prefix.length) };
  }
  return undefined;
}

export class AfterRestoreSection {
  readonly writer: SqlTableWriter;
  readonly #engine: Engine;
  readonly #sql: EngineSql;
  readonly #name: string;
  readonly #table: string;
  readonly #stage: string;
  readonly #purpose: Purpose;
  readonly #columns: readonly SqlOutputColumn[];
  readonly #keys: readonly string[];
  readonly #autoIncrement: string | undefined;
  readonly #temporary: TemporaryFolder;
  #spool: { readonly path: string; readonly handle: FileHandle } | undefined;
  #spooledBytes = 0;

  constructor(table: Table, purpose: Purpose, { engine: named, target, temporary }: AfterRestoreContext) {
    const engine = engineOr(named);
    const schema = schemaTable(target.schemaFor(engine), table.name);
    this.#engine = engine;
    this.#sql = engineNamed(engine).sql;
    this.#name = table.name;
    this.#table = quoteName(table.name, engine);
    const stage = STAGES[purpose] + table.name;
    this.#stage = quoteName(stage, engine);
    this.#purpose = purpose;
    this.#keys = schema.primaryKey;
    this.#autoIncrement = schema.columns.some(({ name }) => name === 'id') ? 'id' : undefined;
    this.#temporary = temporary;
    const overwritten = target.restore.overwrites.filter((rule) => rule.table === table.name);
    const wanted = [...schema.primaryKey, ...overwritten.flatMap(({ columns }) => columns)];
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
    this.#spooledBytes += bytes.length;
  }

  async writeTo(sink: ByteSink): Promise<void> {
    await this.writer.finish();
    await sink.write(Buffer.from(this.#createStage()));
    if (this.#spool !== undefined) {
      await this.#spool.handle.close();
      for await (const chunk of readBack(this.#spool.path, this.#spooledBytes)) await sink.write(chunk);
    }
    await sink.write(Buffer.from(this.#mergeStage()));
  }

  async close(): Promise<void> {
    await this.writer.settle();
    await this.#spool?.handle.close().catch(() => undefined);
  }

  #names(prefix = ''): string {
    return this.#columns.map(({ name }) => prefix + quoteName(name, this.#engine)).join(', ');
  }

  #createStage(): string {
    const select = `SELECT ${this.#names()} FROM ${this.#table} WHERE 1 = 0`;
    const index = `CREATE UNIQUE INDEX ${quoteName(`${this.#purpose === 'missing rows' ? 'm' : 'e'}_stage`, this.#engine)}`;
    const keys = this.#keys.map((name) => quoteName(name, this.#engine)).join(', ');
    return (
      `\n-- ${this.#purpose} of ${this.#table}\n` +
      `${this.#sql.createTemporaryTable} ${this.#stage} AS ${select};\n` +
      `${index} ON ${this.#stage} (${keys});\n`
    );
  }

  #mergeStage(): string {
    const merge = this.#purpose === 'missing rows' ? this.#insertMissing() : this.#correctValues();
    return `${merge}${this.#sql.dropTemporaryTable} ${this.#stage};\n`;
  }

  /** The condition `left.key = right.key`, for the given table names. */
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
    return this.#autoIncrement === undefined
      ? insert
      : insert + this.#sql.idsAfterLargest(this.#name, this.#autoIncrement);
  }

  #correctValues(): string {
    const columns = this.#columns
      .filter(({ name }) => !this.#keys.includes(name))
      .map(({ name }) => quoteName(name, this.#engine));
    const sameRow = this.#sameRow('stage', this.#table);
    return this.#sql.updateFrom({ table: this.#table, stage: this.#stage, sameRow, columns });
  }
}
