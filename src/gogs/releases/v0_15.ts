/**
 * The changes of Gogs 0.15, which is not released yet: branch main as of July 2026 (0.15.0+dev), published as the image
 * gogs/gogs:edge. Tables, keys and schemas are those of 0.14. Tested with a build of that branch: upgraded backups restore on
 * it.
 */
import type { Release } from './Release.js';
import { texts } from './texts.js';

export const RELEASES_0_15 = [
  {
    version: '0.15.0',
    source: 'internal/database/*.go, internal/conf/*.go, conf/app.ini@eb1054e54; measured',
    target: { name: '0.15', preview: '2026-07' },
    settings: {
      remove: {
        'security.INSTALL_LOCK': () => texts().removed.noInstallPage,
        'security.COOKIE_REMEMBER_NAME': () => texts().removed.signInsLast,
        'security.COOKIE_USERNAME': () => texts().removed.signInsLast,
        'email.DISABLE_HELO': () => texts().removed.heloAlwaysSent,
        'session.CSRF_COOKIE_NAME': () => texts().removed.noSuchCookie,
        'other.SHOW_FOOTER_BRANDING': () => texts().removed.noBranding,
        'ssh.minimum_key_sizes.DSA': () => texts().removed.noDsaKeys,
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
      // `[server] HTTP_PORT` is a number in internal/conf/static.go; go-ini keeps 0 for anything else.
      needsNumericPort: true,
      // internal/database/ssh_key.go
      refusedSshKeys: ['ssh-dss'],
    },
  },
] as const satisfies readonly Release[];
