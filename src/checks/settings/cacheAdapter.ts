/** Danger: app.ini names a cache adapter that the target does not know. */
import type { Notice } from '../../core/findings.js';
import { listed } from '../../core/language.js';
import type { SettingsToCheck } from '../Check.js';
import { texts } from './texts.js';

export function cacheAdapter({ facts, target }: Pick<SettingsToCheck, 'facts' | 'target'>): Notice[] {
  const { cacheAdapter: adapter } = facts;
  const {
    name,
    program: { cacheAdapters },
  } = target;
  if (adapter === undefined || adapter === '' || cacheAdapters.includes(adapter.toLowerCase())) return [];
  const words = texts().cacheAdapter;
  return [
    {
      code: 'cache-adapter',
      severity: 'error',
      title: words.title({ adapter: JSON.stringify(adapter), release: name }),
      consequence: words.consequence,
      remedy: words.remedy({ adapters: listed(cacheAdapters) }),
      needsHand: true,
      source: 'cmd/gogs/internal/web/cache.go@eb1054e54 (0.15.0+dev): parseCacheOptions',
      place: `[cache] ADAPTER = ${adapter}`,
    },
  ];
}
