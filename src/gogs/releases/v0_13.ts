/** The changes of Gogs 0.13, the oldest release that can be a target. Schema 21 added an index, 22 is empty. */
import { mysql013 } from '../schemas/mysql013.js';
import { postgres013 } from '../schemas/postgres013.js';
import { sqlite013 } from '../schemas/sqlite013.js';
import { sha256Hex } from '../sha256Hex.js';
import { addColumn, boolean, compute, type Release, renameKey, text } from './Release.js';

export const RELEASES_0_13 = [
  {
    version: '0.13.0',
    source: 'internal/db/*.go, internal/db/migrations/*.go@v0.13.0; measured',
    target: { name: '0.13', isDefault: true },
    schema: 22,
    schemas: { mysql: mysql013, postgres: postgres013, sqlite3: sqlite013 },
    tables: [
      addColumn('repository', boolean('is_unlisted', 'IsUnlisted'), { after: 'is_private' }),
      addColumn('access_token', text('sha256', 'SHA256'), { after: 'sha1' }),
      renameKey('user.passwd', 'Password'),
      renameKey('star.uid', 'UserID'),
      renameKey('issue_user.uid', 'UserID'),
      renameKey('email_address.uid', 'UserID'),
    ],
    // internal/db/migrations/v20.go: sha1 is unchanged.
    rows: [compute('access_token.sha256', { from: 'sha1', by: sha256Hex })],
    // getEngine in internal/db/models.go; in 0.12 they are encoded as parts of a URL. Measured on 0.13.4, 0.14.3 and 0.15.0+dev.
    program: { quotesLoginTo: ['postgres'] },
    restore: {
      // internal/db/backup.go: importTable against importLegacyTables
      gormTables: ['access', 'access_token', 'action', 'follow', 'lfs_object', 'login_source'],
      // internal/db/backup.go: the error of bufio.Scanner is never read; measured
      maxLineBytes: 65_536,
      // github.com/json-iterator/go@v1.1.12
      jsonDecoder: 'json-iterator',
      overwrites: [
        // BeforeInsert of each in internal/db sets both times; importLegacyTables restores created_unix. Measured.
        { table: 'comment', columns: ['updated_unix'] },
        { table: 'issue', columns: ['updated_unix'] },
        { table: 'repository', columns: ['updated_unix'] },
        { table: 'webhook', columns: ['updated_unix'] },
        // BeforeInsert in internal/db/mirror.go takes the time from a field that the restore never sets. Measured.
        { table: 'mirror', columns: ['next_update_unix'] },
        // BeforeCreate in internal/db/access_tokens.go, actions.go and login_sources.go
        { table: 'access_token', columns: ['created_unix'], where: 'created_unix' },
        { table: 'action', columns: ['created_unix'], where: 'created_unix' },
        { table: 'login_source', columns: ['created_unix', 'updated_unix'], where: 'created_unix' },
      ],
    },
  },
] as const satisfies readonly Release[];
