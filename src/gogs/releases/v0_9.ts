/** Gogs 0.9.141, the first release in the list: the oldest one whose databases can be read (`gogs dump`, SQL). */
import { BASE_TABLES } from './baseTables.js';
import { createTable, type Release } from './Release.js';

export const RELEASES_0_9 = [
  {
    version: '0.9.141',
    source: 'models/*.go, conf/app.ini@v0.9.141; measured',
    schema: 14,
    tables: BASE_TABLES.map((table) => createTable(table)),
    settings: { inlineComments: true, expandsVariables: false },
    program: {
      // models/models.go; `tidb` is the embedded engine. Names are case-sensitive.
      engines: ['mysql', 'postgres', 'sqlite3', 'mssql', 'tidb'],
      // github.com/go-macaron/cache: its two built-in adapters, and those that modules/setting/setting.go imports
      cacheAdapters: ['memory', 'file', 'redis', 'memcache'],
      // conf/app.ini
      publishedKey: '!#@FDEWREWR&*(',
      needsOwnKey: false,
      // Never on Windows: modules/setting/setting.go
      checksRunUser: 'when installed',
      refusedSshKeys: [],
      needsNumericPort: false,
      hangsOnNotifications: false,
      quotesLoginTo: [],
    },
  },
] as const satisfies readonly Release[];
