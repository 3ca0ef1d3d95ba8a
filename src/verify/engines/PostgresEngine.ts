/** A scratch database on a PostgreSQL server. The only file that imports pg. */

import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { UsageError } from '../../core/errors.js';
import { errorMessage } from '../../core/systemErrors.js';
import { quoteName } from '../../engines/engineNamed.js';
import { POSTGRES } from '../../engines/postgres.js';
import type { ScriptStatement } from '../../formats/sql/statements/readSqlScript.js';
import { copyIn } from './copyIn.js';
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
/** The protocol counts parameters with 16 bits. */
const VALUES_PER_STATEMENT = 4000;
export class PostgresEngine implements ScratchEngine {
  readonly product: string;
  readonly timeDigits = 6;
  readonly #client: Client;
  /** Connected to the database in the URL: a database cannot be dropped from a connection to it. */
  readonly #administrator: Client;
  readonly #database: string;
  #open = true;

  private constructor(client: Client, administrator: Client, database: string, version: string) {
    this.#client = client;
    this.#administrator = administrator;
    this.#database = database;
    this.product = `PostgreSQL ${version.split(' ')[0]}`;
  }

  static async open(address: ServerAddress): Promise<PostgresEngine> {
    const pg = importDriver<typeof import('pg')>('pg');
    const connect = async (database: string | undefined): Promise<Client> => {
      const client = new pg.Client({
        host: address.host,
        port: address.port ?? POSTGRES.port,
        user: address.user || 'postgres',
        password: address.password,
        database: database ?? (address.database || 'postgres'),
        options: '-c timezone=UTC -c synchronous_commit=off -c datestyle=ISO',
      });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    };
    const database = `gogs_backup_upgrade_${randomBytes(6).toString('hex')}`;
    let administrator: Client | undefined;
    try {
      administrator = await connect(undefined);
      const { rows } = await administrator.query<{ server_version: string }>('SHOW server_version');
      await administrator.query(
        `CREATE DATABASE ${quoteName(database, 'postgres')} ENCODING 'UTF8' TEMPLATE template0`,
      );
      return new PostgresEngine(await connect(database), administrator, database, rows[0]?.server_version ?? '');
    } catch (error) {
      await administrator?.end().catch(() => undefined);
      throw new UsageError(cannotConnect(POSTGRES.product, address, error), { cause: error });
    }
  }

  rowsPerStatement(columns: number): number {
    return Math.max(1, Math.floor(VALUES_PER_STATEMENT / columns));
  }

  async execute(sql: string): Promise<void> {
    await this.#client.query(sql);
  }

  async insert({ table, columns }: ScratchTarget, rows: readonly (readonly ScratchValue[])[]): Promise<void> {
    const names = columns.map(({ name }) => quoteName(name, 'postgres')).join(',');
    let parameter = 0;
    const tuples = rows.map((row) => `(${row.map(() => `$${++parameter}`).join(',')})`).join(',');
    // Text as text, not as bytea: invalid UTF-8 comes back changed, and its digest shows it.
    const values: Exclude<ScratchValue, Buffer>[] = [];
    // `flat` takes fourteen times as long.
    for (const row of rows)
      for (const value of row) values.push(Buffer.isBuffer(value) ? value.toString('utf8') : value);
    try {
      await this.#client.query(`INSERT INTO ${quoteName(table, 'postgres')} (${names}) VALUES ${tuples}`, values);
    } catch (error) {
      throw new RefusedRow(withoutValues(errorMessage(error)));
    }
  }

  async runScript(statements: AsyncIterable<ScriptStatement>): Promise<void> {
    try {
      for await (const { sql, data } of statements) {
        if (data === undefined) await this.#client.query(sql);
        else await copyIn(this.#client, sql, data());
      }
    } catch (error) {
      throw new RefusedStatement(withoutValues(errorMessage(error)));
    }
  }

  async *select({ table, columns }: ScratchTarget): AsyncGenerator<(readonly ScratchValue[])[]> {
    const names = columns.map(({ name }) => quoteName(name, 'postgres')).join(',');
    await this.#client.query(`BEGIN; DECLARE reading CURSOR FOR SELECT ${names} FROM ${quoteName(table, 'postgres')}`);
    for (;;) {
      const { rows } = await this.#client.query<(string | null)[]>({
        text: `FETCH ${ROWS_PER_BATCH} FROM reading`,
        rowMode: 'array',
        types: { getTypeParser: () => (value: string) => value },
      });
      if (rows.length === 0) break;
      yield rows;
    }
    await this.#client.query('COMMIT');
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#client.end();
    await this.#administrator.query(`DROP DATABASE IF EXISTS ${quoteName(this.#database, 'postgres')}`);
    await this.#administrator.end();
  }
}

/** Removes values from messages: `invalid input syntax for type uuid: "…"` loses everything after the colon. */
const withoutValues = (message: string): string => message.replace(/: ".*$/s, '').slice(0, 300);
