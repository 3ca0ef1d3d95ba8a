/** Danger: Gogs passes user and password to PostgreSQL in quotes, and does not escape what ends them. */
import type { Notice } from '../../core/findings.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

// The library before the driver splits at every space (parseOpts in dialect_postgres.go of xorm 0.8.0); the driver itself takes
// \' and \\ for quotes and backslashes (pgconn/config.go of pgx 5).
const SURVIVES = /^(?:[^ '\\]|\\['\\])*$/;

export function postgresLogin({ facts, target: { program } }: Pick<SettingsToCheck, 'facts' | 'target'>): Notice[] {
  if (facts.engine === undefined || !program.quotesLoginTo.includes(facts.engine)) return [];
  const login = { USER: facts.databaseUser, PASSWORD: facts.databasePassword };
  return Object.entries(login).flatMap(([name, value = '']): Notice[] =>
    SURVIVES.test(value)
      ? []
      : [
          {
            code: 'postgres-login',
            severity: 'error',
            ...texts().postgresLogin,
            needsHand: true,
            source: 'internal/db/models.go@v0.13.0, internal/database/models.go@v0.14.3: getEngine',
            place: `[database] ${name}`,
          },
        ],
  );
}
