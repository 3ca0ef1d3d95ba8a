/**
 * Danger: the output is for another database engine than that of the old server, and [database] in app.ini has the old values.
 */
import type { Notice } from '../../core/findings.js';
import { type Engine, isEngine } from '../../engines/Engine.js';
import { engineNamed, isFileEngine } from '../../engines/engineNamed.js';
import type { Facts } from '../../gogs/settings/facts.js';
import { joinName, type SettingName } from '../../gogs/settings/names.js';
import { texts } from './texts.js';

export interface EngineChange {
  /** From the original app.ini. */
  readonly before: Facts;
  /** From the app.ini of the output. */
  readonly after: Facts;
  /** The requested engine, if any. */
  readonly asked: Engine | undefined;
  /** The settings that the user assigned. */
  readonly assigned: readonly SettingName[];
  /** False for outputs without an app.ini. */
  readonly isWritten: boolean;
}

const OTHER_ENGINE = {
  code: 'other-engine',
  source: 'internal/db/models.go@v0.13.0: getEngine reads all of [database]',
} as const;

export function otherEngine({ before, after, asked, assigned, isWritten }: EngineChange): Notice[] {
  const [old, named] = [before.engine, after.engine];
  const words = texts().otherEngine;
  const engine = asked ?? (named !== undefined && isEngine(named) ? named : undefined);
  if (engine === undefined || old === undefined || named === undefined || (old === engine && named === engine))
    return [];
  if (!isWritten) return [{ ...OTHER_ENGINE, ...newAppIni(engine, old) }];
  if (named !== engine) {
    return [
      {
        ...OTHER_ENGINE,
        severity: 'error',
        title: words.mismatch({ engine, named }),
        consequence: words.restoreGoesThere({ named }),
        remedy: words.setAll({ engine }),
        needsHand: true,
      },
    ];
  }
  if (isFileEngine(engine)) {
    return [
      {
        ...OTHER_ENGINE,
        severity: 'info',
        title: words.nowNames({ engine }),
        consequence: words.isFile({ path: JSON.stringify(after.databasePath || 'data/gogs.db'), old }),
        remedy: words.setPath,
        needsHand: false,
      },
    ];
  }
  const given = new Set(assigned.map(joinName));
  if (['database.HOST', 'database.USER'].every((name) => given.has(name))) return [];
  return [
    {
      ...OTHER_ENGINE,
      severity: 'warning',
      title: words.nowNames({ engine }),
      consequence: words.staleValues({ old }),
      remedy: words.setValues({ address: `127.0.0.1:${engineNamed(engine).port}` }),
      needsHand: true,
      place: `HOST = ${after.databaseHost ?? ''}, NAME = ${after.databaseName ?? ''}, USER = ${after.databaseUser ?? ''}`,
    },
  ];
}

/** Only the database is moved, and app.ini of the new server is written by hand. */
const newAppIni = (engine: Engine, old: string): Omit<Notice, 'code' | 'source'> => ({
  severity: 'info',
  title: texts().otherEngine.oldNames({ old, engine }),
  consequence: texts().otherEngine.noAppIni,
  remedy: isFileEngine(engine)
    ? texts().otherEngine.newSqlite
    : texts().otherEngine.newServer({ engine, address: `127.0.0.1:${engineNamed(engine).port}` }),
  needsHand: false,
});
