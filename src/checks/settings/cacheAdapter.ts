/** Danger: app.ini names a cache adapter that the target does not know. */
import type { Notice } from '../../core/findings.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import type { Facts } from '../../gogs/settings/facts.js';

export function cacheAdapter({ cacheAdapter: adapter }: Facts, { name, program: { cacheAdapters } }: Target): Notice[] {
  if (adapter === undefined || adapter === '' || cacheAdapters.includes(adapter.toLowerCase())) return [];
  return [
    {
      code: 'cache-adapter',
      severity: 'error',
      title: `app.ini names the cache adapter ${JSON.stringify(adapter)}, which Gogs ${name} does not know`,
      consequence: 'The restore works, but the server does not start.',
      remedy: `Choose one of ${cacheAdapters.join(', ')}: --set cache.ADAPTER=memory. A cache holds nothing that has to be moved.`,
      needsHand: true,
      source: 'cmd/gogs/internal/web/cache.go@eb1054e54 (0.15.0+dev): parseCacheOptions',
      place: `[cache] ADAPTER = ${adapter}`,
    },
  ];
}
