/** Danger: app.ini names a database engine that the target does not know. Does not check whether a database can be reached. */
import type { Notice } from '../../core/findings.js';
import { listed } from '../../core/language.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

export function databaseEngine({ facts: { engine }, target }: Pick<SettingsToCheck, 'facts' | 'target'>): Notice[] {
  const {
    name,
    program: { engines },
  } = target;
  if (engine === undefined || engines.includes(engine)) return [];
  const lower = engine.toLowerCase();
  // The embedded engine of 0.9 (models/models.go@v0.9.141); a TiDB server speaks MySQL's protocol.
  const replacement = lower === 'tidb' ? 'mysql' : engines.find((known) => lower.startsWith(known.slice(0, 6)));
  const words = texts().databaseEngine;
  return [
    {
      code: 'unknown-engine',
      severity: 'error',
      title: words.title({ engine: JSON.stringify(engine), release: name }),
      consequence: words.consequence({ engine }),
      remedy: words.remedy({ engines: listed(engines), replacement: replacement ?? 'name' }),
      needsHand: true,
      source: 'internal/db/models.go@v0.13.0 and internal/database/models.go@v0.14.3: getEngine',
      place: `[database] TYPE = ${engine}`,
    },
  ];
}
