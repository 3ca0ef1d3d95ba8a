/**
 * What Gogs 0.15 changes. It is not released yet: branch main as of July 2026 (0.15.0+dev), published as the image gogs/gogs:edge.
 * Tables, keys and schemas are those of 0.14. Tested with a build of that branch: upgraded backups restore on it.
 */
import type { Release } from './Release.js';

export const RELEASES_0_15 = [
  {
    version: '0.15.0',
    source: 'internal/database/*.go, internal/conf/*.go, conf/app.ini@eb1054e54; measured',
    target: { name: '0.15', preview: 'July 2026' },
    settings: {
      remove: {
        'security.INSTALL_LOCK': 'there is no install page',
        'security.COOKIE_REMEMBER_NAME': 'sign-ins last as long as their session',
        'security.COOKIE_USERNAME': 'sign-ins last as long as their session',
        'email.DISABLE_HELO': 'HELO is always sent',
        'session.CSRF_COOKIE_NAME': 'there is no such cookie',
        'other.SHOW_FOOTER_BRANDING': 'the footer shows no branding',
        'ssh.minimum_key_sizes.DSA': 'DSA keys are not taken',
      },
      // conf/app.ini@v0.14.3 against @eb1054e54
      defaults: [
        { name: 'auth.DISABLE_REGISTRATION', former: () => 'false' },
        { name: 'session.MAX_LIFE_TIME', former: () => '86400' },
      ],
    },
    // internal/database/backup.go
    restore: { jsonDecoder: 'encoding/json' },
    program: {
      // openDB in internal/database/database.go
      engines: ['mysql', 'postgres', 'sqlite3'],
      // parseCacheOptions in cmd/gogs/internal/web/cache.go
      cacheAdapters: ['memory', 'file', 'redis'],
      // internal/conf/conf.go
      publishedKey: 'CHANGE-ME-OR-FAIL-TO-START',
      needsOwnKey: true,
      checksRunUser: 'always',
      // `[server] HTTP_PORT` is a number in internal/conf/static.go, and go-ini leaves 0 where it is none.
      needsNumericPort: true,
      // internal/database/ssh_key.go
      refusedSshKeys: ['ssh-dss'],
    },
  },
] as const satisfies readonly Release[];
