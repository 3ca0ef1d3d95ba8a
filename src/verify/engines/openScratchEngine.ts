/** Opens the database that rows are tried on. */
import { access } from 'node:fs/promises';
import { UsageError } from '../../core/errors.js';
import type { TemporaryFolder } from '../../files/TemporaryFolder.js';
import type { Engine } from '../../gogs/engines.js';
import type { ScratchEngine } from './ScratchEngine.js';

export interface OpenedEngine {
  readonly engine: ScratchEngine;
  /** Whose schema it takes. */
  readonly dialect: Engine;
}

/**
 * `mysql://user:password@host:port`, `postgres://…` or `sqlite:FILE`; undefined for SQLite in a temporary file. On a server a
 * database with a random name is created; a file must not exist.
 */
export async function openScratchEngine(url: string | undefined, temporary: TemporaryFolder): Promise<OpenedEngine> {
  const scheme = url === undefined ? 'sqlite' : /^([a-z]+):/.exec(url)?.[1];
  switch (scheme) {
    case 'sqlite': {
      const path = url === undefined ? await temporary.newPath('scratch.db') : url.slice('sqlite:'.length);
      if (url !== undefined) await mustBeNew(path);
      const { SqliteEngine } = await import('./SqliteEngine.js');
      return { engine: await SqliteEngine.open(path), dialect: 'sqlite3' };
    }
    case 'mysql':
    case 'mariadb': {
      const { MysqlEngine } = await import('./MysqlEngine.js');
      return { engine: await MysqlEngine.open(new URL(url as string)), dialect: 'mysql' };
    }
    case 'postgres':
    case 'postgresql': {
      const { PostgresEngine } = await import('./PostgresEngine.js');
      return { engine: await PostgresEngine.open(new URL(url as string)), dialect: 'postgres' };
    }
    default:
      throw new UsageError(
        'Cannot tell what --database is: it begins with none of mysql://, postgres:// and sqlite:. ' +
          'Examples: mysql://root@127.0.0.1:3306, postgres://postgres@127.0.0.1:5432, sqlite:scratch.db.',
      );
  }
}

async function mustBeNew(path: string): Promise<void> {
  if (path === '')
    throw new UsageError('Cannot tell which file --database sqlite: means. Name one that does not exist.');
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (exists) {
    throw new UsageError(`Cannot try rows in ${path}: it exists, and a scratch database is removed. Name a new file.`);
  }
}
