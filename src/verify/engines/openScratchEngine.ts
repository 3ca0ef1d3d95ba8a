/** Opens a scratch database. */
import { lstat } from 'node:fs/promises';
import { UsageError } from '../../core/errors.js';
import { reasonOf } from '../../core/systemErrors.js';
import { ENGINES, type Engine } from '../../engines/Engine.js';
import { engineNamed } from '../../engines/engineNamed.js';
import { OutputGate } from '../../files/OutputGate.js';
import type { TemporaryFolder } from '../../files/TemporaryFolder.js';
import { texts } from '../texts.js';
import type { ScratchEngine, ServerAddress } from './ScratchEngine.js';

export interface OpenedEngine {
  readonly engine: ScratchEngine;
  /** The engine whose schema it uses. */
  readonly dialect: Engine;
}

/**
 * `mysql://user:password@host:port`, `postgres://…` or `sqlite:FILE`; undefined for SQLite in a temporary file. On a server, a
 * database with a random name is created; a file must not exist.
 */
export async function openScratchEngine(url: string | undefined, temporary: TemporaryFolder): Promise<OpenedEngine> {
  const dialect = dialectOf(url);
  const engine = await (url === undefined ? openSqlite(await temporary.newPath('scratch.db')) : OPENERS[dialect](url));
  return { engine, dialect };
}

/** The engine that `openScratchEngine` opens. */
export function dialectOf(url: string | undefined): Engine {
  if (url === undefined) return 'sqlite3';
  const scheme = /^([a-z]+):/.exec(url)?.[1] ?? '';
  const dialect = ENGINES.find((name) => engineNamed(name).schemes.includes(scheme));
  if (dialect === undefined) throw new UsageError(texts().scratch.unclear);
  return dialect;
}

/** Each opener loads the optional driver of its engine. */
const OPENERS: Readonly<Record<Engine, (url: string) => Promise<ScratchEngine>>> = {
  mysql: async (url) => (await import('./MysqlEngine.js')).MysqlEngine.open(parseServerUrl(url)),
  postgres: async (url) => (await import('./PostgresEngine.js')).PostgresEngine.open(parseServerUrl(url)),
  sqlite3: async (url) => {
    const path = url.slice('sqlite:'.length);
    await mustBeNew(path);
    // Created here, so that only the owner can read it, and no link that appears meanwhile is followed.
    const gate = await OutputGate.open({ inputs: [], replace: false });
    try {
      await (await gate.file(path)).commit();
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      throw new UsageError(texts().scratch.cannotCreate({ path, reason: reasonOf(cause, 'writing') }), { cause });
    }
    return openSqlite(path);
  },
};

const openSqlite = async (path: string): Promise<ScratchEngine> =>
  (await import('./SqliteEngine.js')).SqliteEngine.open(path);

/** Errors name only the fault in the address, which may contain a password. */
function parseServerUrl(text: string): ServerAddress {
  const words = texts().scratch;
  const [, port] = /:(\d+)(?:[/?#]|$)/.exec(text) ?? [];
  if (port !== undefined && Number(port) > 65_535) throw badUrl(words.badPort({ port }));
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '') throw badUrl(words.notAUrl);
  const decode = (part: string, fault: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      throw badUrl(fault);
    }
  };
  return {
    host: url.hostname,
    port: url.port === '' ? undefined : Number(url.port),
    user: decode(url.username, words.badUserName),
    password: decode(url.password, words.badPassword),
    database: decode(url.pathname.slice(1), words.badDatabaseName),
  };
}

const badUrl = (fault: string): UsageError => new UsageError(texts().scratch.badUrl({ fault }));

async function mustBeNew(path: string): Promise<void> {
  if (path === '') throw new UsageError(texts().scratch.noFile);
  const exists = await lstat(path).then(
    () => true,
    () => false,
  );
  if (exists) {
    throw new UsageError(texts().scratch.exists({ path }));
  }
}
