/** Danger: app.ini names a database engine that the target does not know. Does not check whether a database can be reached. */
import type { Notice } from '../../core/findings.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import type { Facts } from '../../gogs/settings/facts.js';

export function databaseEngine({ engine }: Facts, { name, program: { engines } }: Target): Notice[] {
  if (engine === undefined || engines.includes(engine)) return [];
  const lower = engine.toLowerCase();
  // The embedded engine of 0.9 (models/models.go@v0.9.141); a TiDB server speaks MySQL's protocol.
  const replacement = lower === 'tidb' ? 'mysql' : engines.find((known) => lower.startsWith(known.slice(0, 6)));
  return [
    {
      code: 'unknown-engine',
      severity: 'error',
      title: `app.ini names the database engine ${JSON.stringify(engine)}, which Gogs ${name} does not know`,
      consequence: `The restore stops: "unknown database type: ${engine}".`,
      remedy: `Set one of ${engines.join(', ')}: --set database.TYPE=${replacement ?? 'name'}.`,
      needsHand: true,
      source: 'internal/db/models.go@v0.13.0 and internal/database/models.go@v0.14.3: getEngine',
      place: `[database] TYPE = ${engine}`,
    },
  ];
}
