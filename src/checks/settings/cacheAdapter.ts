/** Danger: app.ini names a cache adapter that the target does not know. */
import type { Notice } from '../../core/findings.js';
import { listed } from '../../core/language.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import type { Facts } from '../../gogs/settings/facts.js';
import { texts } from './texts.js';

export function cacheAdapter({ cacheAdapter: adapter }: Facts, { name, program: { cacheAdapters } }: Target): Notice[] {
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
