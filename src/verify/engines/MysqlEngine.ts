/** A scratch database on a MySQL or MariaDB server. The only file that imports mysql2. */

import { randomBytes } from 'node:crypto';
import type { Connection, RowDataPacket } from 'mysql2';
import { UsageError } from '../../core/errors.js';
import { errorMessage } from '../../core/systemErrors.js';
import { quoteName } from '../../engines/engineNamed.js';
import { MYSQL } from '../../engines/mysql.js';
import type { ScriptStatement } from '../../formats/sql/statements/readSqlScript.js';
import { cannotConnect, importDriver } from './importDriver.js';
import {
  RefusedRow,
  RefusedStatement,
  type ScratchEngine,
  type ScratchTarget,
  type ScratchValue,
  type ServerAddress,
} from './ScratchEngine.js';

const ROWS_PER_BATCH = 500;
export class MysqlEngine implements ScratchEngine {
  readonly product: string;
  /** gorm's datetime(3): internal/db/lfs.go@v0.13.0 */
  readonly timeDigits = 3;
  readonly #connection: Connection;
  readonly #database: string;
  #open = true;

  private constructor(connection: Connection, database: string, version: string) {
    this.#connection = connection;
    this.#database = database;
    this.product = version.includes('MariaDB') ? `MariaDB ${version.split('-')[0]}` : `MySQL ${version}`;
  }

  static async open(address: ServerAddress): Promise<MysqlEngine> {
    const { host, port = MYSQL.port, user, password } = address;
    const mysql = importDriver<typeof import('mysql2')>('mysql2');
    const connection = mysql.createConnection({
      host,
      port,
      user,
      password,
      charset: 'utf8mb4',
      multipleStatements: true,
      timezone: 'Z',
    });
    // Relevant errors reject a call; without a listener, any other error would end the process.
    connection.on('error', () => undefined);
    const database = `gogs_backup_upgrade_${randomBytes(6).toString('hex')}`;
    try {
      const [[found]] = await connection.promise().query<RowDataPacket[]>('SELECT VERSION() AS version');
      await connection.promise().query(`CREATE DATABASE ${quoteName(database, 'mysql')} CHARACTER SET utf8mb4`);
      const engine = new MysqlEngine(connection, database, String(found?.['version']));
      await connection.promise().query(`USE ${quoteName(database, 'mysql')}; SET time_zone = '+00:00'`);
      return engine;
    } catch (error) {
      connection.destroy();
      throw new UsageError(cannotConnect(MYSQL.product, address, error), { cause: error });
    }
  }

  rowsPerStatement(): number {
    return 200;
  }

  async execute(sql: string): Promise<void> {
    await this.#connection.promise().query(sql);
  }

  async insert({ table, columns }: ScratchTarget, rows: readonly (readonly ScratchValue[])[]): Promise<void> {
    const names = columns.map(({ name }) => quoteName(name, 'mysql')).join(',');
    const values = rows.map((row) =>
      row.map((value) => (typeof value === 'string' ? value.replace('T', ' ').replace('Z', '') : value)),
    );
    try {
      await this.#connection.promise().query(`INSERT INTO ${quoteName(table, 'mysql')} (${names}) VALUES ?`, [values]);
    } catch (error) {
      throw new RefusedRow(withoutValues(errorMessage(error)));
    }
  }

  async runScript(statements: AsyncIterable<ScriptStatement>): Promise<void> {
    try {
      for await (const { sql } of statements) await this.#connection.promise().query(sql);
    } catch (error) {
      throw new RefusedStatement(withoutValues(errorMessage(error)));
    }
  }

  async *select({ table, columns }: ScratchTarget): AsyncGenerator<(readonly ScratchValue[])[]> {
    const names = columns.map(({ name }) => quoteName(name, 'mysql')).join(',');
    const stream = this.#connection
      .query({
        sql: `SELECT ${names} FROM ${quoteName(table, 'mysql')}`,
        rowsAsArray: true,
        typeCast: (field) => field.buffer(),
      })
      .stream({ highWaterMark: ROWS_PER_BATCH });
    let batch: ScratchValue[][] = [];
    for await (const row of stream) {
      batch.push(row as ScratchValue[]);
      if (batch.length < ROWS_PER_BATCH) continue;
      yield batch;
      batch = [];
    }
    yield batch;
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#connection.promise().query(`DROP DATABASE IF EXISTS ${quoteName(this.#database, 'mysql')}`);
    await this.#connection.promise().end();
  }
}

/** Removes values from messages: `Duplicate entry 'secret' for key 'sha256'` → `Duplicate entry for key 'sha256'` */
const withoutValues = (message: string): string =>
  message.replace(/(entry|value:?) '.*' for (key|column)/s, '$1 for $2').slice(0, 300);
