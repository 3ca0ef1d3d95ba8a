/**
 * The engines that define the meaning of a dump. Statements go through their drivers, with one connection for all dumps:
 * starting a client for each would take a hundred times as long.
 */
import { createRequire } from 'node:module';
import type { Connection } from 'mysql2';
import type { Database } from 'node-sqlite3-wasm';
import type { Client, Connection as PgConnection } from 'pg';
import { errorCode } from '../../src/core/systemErrors.js';
import { quoteName } from '../../src/engines/engineNamed.js';
import type { Dialect } from '../../src/formats/sql/syntax/Dialect.js';
import type { TableRow, Value } from './readDump.js';
import type { Statement } from './Script.js';

export interface ReferenceEngine {
  readonly dialect: Dialect;
  /** Empties the databases and resets the session. */
  reset(): Promise<void>;
  /** Throws if the engine rejects it. */
  execute(statement: Statement): Promise<void>;
  /** Ends the session as a client would: uncommitted changes are lost. */
  endSession(): Promise<void>;
  /** The rows of a table of the database or schema; undefined if there is no such table. */
  rows(table: string, place: string | undefined): Promise<TableRow[] | undefined>;
  close(): Promise<void>;
}

/** The drivers are CommonJS. */
const load = createRequire(import.meta.url);

/** Bytes as latin1. */
const textOf = (value: unknown): Value => (value === null ? null : (value as Buffer).toString('latin1'));

/** Undefined for these error codes; any other error is thrown. */
function ifMissing(error: unknown, ...codes: readonly string[]): undefined {
  if (!codes.includes(String(errorCode(error)))) throw error;
  return undefined;
}

/** The name of a second database or schema in generated dumps. */
export const OTHER_PLACE = `gbu_other_${process.pid}`;
/** The database in which a session begins. */
export const MAIN_PLACE = `gbu_main_${process.pid}`;

async function openMysql(): Promise<ReferenceEngine> {
  const mysql = load('mysql2') as typeof import('mysql2');
  const address = { host: '127.0.0.1', user: 'root', charset: 'utf8mb4', multipleStatements: true } as const;
  const connection: Connection = mysql.createConnection(address);
  const session = connection.promise();
  const dropAll = `DROP DATABASE IF EXISTS ${MAIN_PLACE}; DROP DATABASE IF EXISTS ${OTHER_PLACE};`;
  await session.query(`${dropAll} CREATE DATABASE ${MAIN_PLACE} CHARACTER SET utf8mb4`);
  const endSession = async (): Promise<void> => {
    await session.changeUser({ database: MAIN_PLACE });
    // MyISAM tables are created and dropped ten times as fast.
    await session.query('SET default_storage_engine = MyISAM');
  };
  return {
    dialect: 'mysql',
    endSession,
    async reset() {
      await endSession();
      const [found] = await session.query({ sql: 'SHOW FULL TABLES', rowsAsArray: true });
      const drops = (found as unknown as [string, string][]).map(
        ([name, type]) => `DROP ${type === 'VIEW' ? 'VIEW' : 'TABLE'} ${quoteName(name, 'mysql')};`,
      );
      await session.query(
        `SET foreign_key_checks = 0; ${drops.join('')} DROP DATABASE IF EXISTS ${OTHER_PLACE}; DROP PROCEDURE IF EXISTS p; DROP FUNCTION IF EXISTS f; SET foreign_key_checks = 1; ALTER DATABASE ${MAIN_PLACE} CHARACTER SET utf8mb4`,
      );
    },
    async execute({ sql }) {
      await session.query(sql);
      // Such rows are written by another thread of the server.
      if (/\bDELAYED\b/i.test(sql)) await session.query('FLUSH TABLES');
    },
    async rows(table, place = MAIN_PLACE) {
      const name = `${quoteName(place, 'mysql')}.${quoteName(table, 'mysql')}`;
      const query = {
        sql: `SELECT * FROM ${name}`,
        rowsAsArray: true,
        typeCast: (field: { buffer(): unknown }) => field.buffer(),
      };
      try {
        const [rows, fields] = await session.query(query);
        const names = fields.map((field) => field.name.toLowerCase());
        return (rows as unknown as unknown[][]).map((row) =>
          Object.fromEntries(row.map((value, index) => [names[index], textOf(value)])),
        );
      } catch (error) {
        return ifMissing(error, 'ER_NO_SUCH_TABLE', 'ER_BAD_DB_ERROR');
      }
    },
    async close() {
      await session.query(dropAll);
      await session.end();
    },
  };
}

async function openPostgres(): Promise<ReferenceEngine> {
  const pg = load('pg') as typeof import('pg');
  const connect = async (database: string): Promise<Client> => {
    const options = '-c synchronous_commit=off -c client_min_messages=error -c timezone=UTC';
    const client = new pg.Client({ host: '127.0.0.1', user: 'postgres', database, options });
    await client.connect();
    return client;
  };
  const administrator = await connect('postgres');
  await administrator.query(`DROP DATABASE IF EXISTS ${MAIN_PLACE}`);
  await administrator.query(`CREATE DATABASE ${MAIN_PLACE} ENCODING 'UTF8' TEMPLATE template0`);
  const client = await connect(MAIN_PLACE);
  const asText = { getTypeParser: () => (value: string) => Buffer.from(value) };
  const endSession = async (): Promise<void> => {
    await client.query('ROLLBACK');
    await client.query('DISCARD ALL');
  };
  return {
    dialect: 'postgres',
    endSession,
    async reset() {
      await endSession();
      await client.query(
        `DROP SCHEMA IF EXISTS public CASCADE; DROP SCHEMA IF EXISTS ${OTHER_PLACE} CASCADE; CREATE SCHEMA public; ALTER DATABASE ${MAIN_PLACE} RESET ALL`,
      );
    },
    async execute({ sql, copy }) {
      if (copy === undefined) {
        await client.query(sql);
        return;
      }
      const query = new pg.Query(sql) as InstanceType<typeof pg.Query> & { callback: (error?: Error) => void };
      Object.assign(query, {
        handleCopyInResponse(
          connection: PgConnection & { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void },
        ) {
          connection.sendCopyFromChunk(Buffer.from(copy));
          connection.endCopyFrom();
        },
      });
      await new Promise<void>((resolve, reject) => {
        query.callback = (error) => (error ? reject(error) : resolve());
        client.query(query);
      });
    },
    async rows(table, place = 'public') {
      const name = `${quoteName(place, 'postgres')}.${quoteName(table, 'postgres')}`;
      try {
        const { rows } = await client.query<Record<string, Buffer | null>>({
          text: `SELECT * FROM ${name}`,
          types: asText,
        });
        return rows.map((row) =>
          Object.fromEntries(Object.entries(row).map(([column, value]) => [column, textOf(value)])),
        );
      } catch (error) {
        return ifMissing(error, '42P01');
      }
    },
    async close() {
      await client.end();
      await administrator.query(`DROP DATABASE IF EXISTS ${MAIN_PLACE}`);
      await administrator.end();
    },
  };
}

async function openSqlite(): Promise<ReferenceEngine> {
  const sqlite = load('node-sqlite3-wasm') as typeof import('node-sqlite3-wasm');
  let database: Database = new sqlite.Database(':memory:');
  return {
    dialect: 'sqlite3',
    async endSession() {
      if (database.inTransaction) database.exec('ROLLBACK');
    },
    async reset() {
      database.close();
      database = new sqlite.Database(':memory:');
    },
    async execute({ sql }) {
      database.exec(sql);
    },
    async rows(table, place = 'main') {
      const columns = database.all('SELECT name FROM pragma_table_info(?, ?)', [table, place]) as { name: string }[];
      if (columns.length === 0) return undefined;
      const values = columns.map(
        ({ name }) => `CAST(${quoteName(name, 'sqlite3')} AS BLOB) AS ${quoteName(name, 'sqlite3')}`,
      );
      return (
        database.all(
          `SELECT ${values.join(',')} FROM ${quoteName(place, 'sqlite3')}.${quoteName(table, 'sqlite3')}`,
        ) as Record<string, Uint8Array | null>[]
      ).map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) => [
            column.toLowerCase(),
            value === null ? null : textOf(Buffer.from(value)),
          ]),
        ),
      );
    },
    async close() {
      database.close();
    },
  };
}

/** Throws if the server is not reachable. */
export const openReferenceEngine: Readonly<Record<Dialect, () => Promise<ReferenceEngine>>> = {
  mysql: openMysql,
  postgres: openPostgres,
  sqlite3: openSqlite,
};
