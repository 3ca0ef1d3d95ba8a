/** Danger: the output is for another database engine than the old server's, and [database] of app.ini has the old values. */
import type { Notice } from '../../core/findings.js';
import { DEFAULT_PORTS, type Engine, isEngine } from '../../gogs/engines.js';
import type { Facts } from '../../gogs/settings/facts.js';
import { joinName, type SettingName } from '../../gogs/settings/names.js';

export interface EngineChange {
  /** Of app.ini as it came. */
  readonly before: Facts;
  /** Of app.ini as it is to be. */
  readonly after: Facts;
  /** What the output is for, where that was said. */
  readonly asked: Engine | undefined;
  /** The settings that the user gave a value. */
  readonly assigned: readonly SettingName[];
  /** False for outputs that have no app.ini. */
  readonly isWritten: boolean;
}

const OTHER_ENGINE = {
  code: 'other-engine',
  source: 'internal/db/models.go@v0.13.0: getEngine reads all of [database]',
} as const;

export function otherEngine({ before, after, asked, assigned, isWritten }: EngineChange): Notice[] {
  const [old, named] = [before.engine, after.engine];
  const engine = asked ?? (named !== undefined && isEngine(named) ? named : undefined);
  if (engine === undefined || old === undefined || named === undefined || (old === engine && named === engine))
    return [];
  if (!isWritten) return [{ ...OTHER_ENGINE, ...newAppIni(engine, old) }];
  if (named !== engine) {
    return [
      {
        ...OTHER_ENGINE,
        severity: 'error',
        title: `The output is for ${engine}, and its app.ini names ${named}`,
        consequence: `The restore writes into the database of ${named} that app.ini names, and Gogs starts on it.`,
        remedy: `Set all of [database] for ${engine}, beginning with --set database.TYPE=${engine}, and leave --keep-config out.`,
        needsHand: true,
      },
    ];
  }
  if (engine === 'sqlite3') {
    return [
      {
        ...OTHER_ENGINE,
        severity: 'info',
        title: `app.ini now names ${engine} as the database engine`,
        consequence: `The database is the file ${JSON.stringify(after.databasePath || 'data/gogs.db')}. HOST, NAME, USER and PASSWORD in [database] are those of ${old}, and are not read any more.`,
        remedy: 'To have it elsewhere, say so: --set database.PATH=….',
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
      title: `app.ini now names ${engine} as the database engine`,
      consequence: `The other values in [database] are still those for ${old}: neither \`gogs restore\` nor Gogs reaches its database.`,
      remedy:
        `Upgrade again with those of the new server: --set database.HOST=127.0.0.1:${DEFAULT_PORTS[engine]} --set database.NAME=gogs ` +
        '--set database.USER=gogs --set database.PASSWORD=…; or write them into app.ini before Gogs starts.',
      needsHand: true,
      place: `HOST = ${after.databaseHost ?? ''}, NAME = ${after.databaseName ?? ''}, USER = ${after.databaseUser ?? ''}`,
    },
  ];
}

/** The database alone goes over, and the app.ini of the new server is written by hand. */
const newAppIni = (engine: Engine, old: string): Omit<Notice, 'code' | 'source'> => ({
  severity: 'info',
  title: `The old server's app.ini names ${old}, and the output is for ${engine}`,
  consequence: 'The output holds no app.ini.',
  remedy:
    engine === 'sqlite3'
      ? 'In that of the new server, set TYPE = sqlite3 and PATH in [database].'
      : `In that of the new server, set TYPE = ${engine}, HOST = 127.0.0.1:${DEFAULT_PORTS[engine]}, NAME, USER and PASSWORD in [database].`,
  needsHand: false,
});
