/**
 * The real engines that outputs are loaded into. Suites for an engine that is not reachable are skipped with a message; with
 * CI=true they fail.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import type { Dialect } from '../../src/formats/sql/syntax/Dialect.js';

export interface EngineUnderTest {
  readonly dialect: Dialect;
  /** Its name, or its path. */
  readonly database: string;
  /** Creates an empty database, or empties it. */
  create(): void;
  /** Loads a script as a person would: with the engine's own client. */
  load(script: string | Buffer): void;
  /** The result of a query as text, one line per row. */
  ask(query: string): string;
  /** The results of many queries at the cost of one, because starting a client takes longer than a query. */
  askAll(queries: readonly string[]): string[];
  /** The output of the engine's own dump tool for a table, or for all. */
  dump(options?: readonly string[]): Buffer;
  remove(): void;
}

const MAX_OUTPUT = 1024 ** 3;

function run(command: string, args: readonly string[], input?: string | Buffer): Buffer {
  return execFileSync(command, args, {
    // PostgreSQL's client: nobody needs these databases after a power failure.
    env: { ...process.env, PGOPTIONS: '--synchronous_commit=off' },
    maxBuffer: MAX_OUTPUT,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(input === undefined ? {} : { input }),
  });
}

const withoutLastLineEnd = (output: Buffer): string => output.toString('utf8').replace(/\n$/, '');

/** Separates the answers; no table contains it. */
const SEPARATOR = '-- the next answer --';

function askAllThrough(ask: (script: string) => string, queries: readonly string[]): string[] {
  const answers: string[] = [];
  let lines: string[] = [];
  for (const line of ask(queries.map((query) => `${query}; SELECT '${SEPARATOR}';`).join('\n')).split('\n')) {
    if (line === SEPARATOR) {
      answers.push(lines.join('\n'));
      lines = [];
    } else lines.push(line);
  }
  return answers;
}

function mysql(database: string): EngineUnderTest {
  const server = ['--host=127.0.0.1', '--user=root'];
  const client = (args: readonly string[], input?: string | Buffer): Buffer =>
    run('mariadb', [...server, ...args], input);
  const ask = (query: string): string =>
    withoutLastLineEnd(client(['--raw', '--skip-column-names', '--batch', database], query));
  return {
    dialect: 'mysql',
    database,
    create: () =>
      client(['-e', `DROP DATABASE IF EXISTS ${database}; CREATE DATABASE ${database} CHARACTER SET utf8mb4`]),
    load: (script) => client([database], script),
    ask,
    askAll: (queries) => askAllThrough(ask, queries),
    dump: (options = []) => run('mariadb-dump', [...server, ...options, database]),
    remove: () => client(['-e', `DROP DATABASE IF EXISTS ${database}`]),
  };
}

const EMPTY_POSTGRES = 'SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public;';

function postgres(database: string): EngineUnderTest {
  const server = ['--host=127.0.0.1', '--username=postgres'];
  const client = (args: readonly string[], input?: string | Buffer): Buffer =>
    run('psql', [...server, '--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', ...args], input);
  const ask = (query: string): string =>
    withoutLastLineEnd(client(['--tuples-only', '--no-align', '-d', database], query));
  const remove = `DROP DATABASE IF EXISTS ${database}`;
  const create = `CREATE DATABASE ${database} ENCODING 'UTF8' TEMPLATE template0`;
  let exists = false;
  return {
    dialect: 'postgres',
    database,
    create: () => {
      // Creating a database takes ten times as long as emptying it.
      if (exists) client(['-d', database], EMPTY_POSTGRES);
      else client(['-c', remove, '-c', create]);
      exists = true;
    },
    load: (script) => client(['-d', database], script),
    ask,
    askAll: (queries) => askAllThrough(ask, queries),
    dump: (options = []) => run('pg_dump', [...server, ...options, database]),
    remove: () => {
      client(['-c', remove]);
      exists = false;
    },
  };
}

function sqlite(folder: string): EngineUnderTest {
  const path = join(folder, 'test.db');
  const ask = (query: string): string => withoutLastLineEnd(run('sqlite3', [path], query));
  return {
    dialect: 'sqlite3',
    database: path,
    create: () => rmSync(path, { force: true }),
    load: (script) => {
      const bail = Buffer.from('.bail on\n');
      run('sqlite3', [path], Buffer.concat([bail, Buffer.from(script)]));
    },
    ask,
    askAll: (queries) => askAllThrough(ask, queries),
    dump: () => run('sqlite3', [path, '.dump']),
    remove: () => rmSync(path, { force: true }),
  };
}

/** Engines by name; `id` and the process id keep concurrent tests apart. */
export function enginesUnderTest(id: string, folder: string): EngineUnderTest[] {
  const database = `gbu_test_${id}_${process.pid}`;
  return [mysql(database), postgres(database), sqlite(folder)];
}

/** A suite for each engine. */
export function describeEngines(id: string, folder: string, suite: (engine: EngineUnderTest) => void): void {
  for (const engine of enginesUnderTest(id, folder)) {
    let problem: unknown;
    try {
      engine.create();
    } catch (error) {
      problem = error;
    }
    if (problem !== undefined && process.env['CI'] !== 'true') {
      process.stderr.write(`${engine.dialect} cannot be reached: what needs it is not tested here\n`);
      describe.skip(engine.dialect, () => suite(engine));
    } else describe(engine.dialect, () => suite(engine));
  }
}
