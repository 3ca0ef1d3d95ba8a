/** The changes of Gogs 0.14. The schemas are those that 0.14.3 creates, including the order of keys. */
import { alterTable, type Release, renameKey } from './Release.js';

const AUTOINCREMENT = { columns: { id: 'integer PRIMARY KEY AUTOINCREMENT' }, primary: [] };

export const RELEASES_0_14 = [
  {
    version: '0.14.0',
    source: 'internal/database/*.go, internal/conf/*.go@v0.14.0; measured on 0.14.3',
    target: { name: '0.14' },
    // GetParticipantsByIssueID in internal/database/issue.go waits for the transaction of its caller; measured on 0.14.3.
    program: { hangsOnNotifications: true },
    tables: [
      renameKey('org_user.uid', 'UID'),
      alterTable('access', { sqlite3: AUTOINCREMENT }),
      alterTable('action', { sqlite3: AUTOINCREMENT }),
      alterTable('follow', { sqlite3: AUTOINCREMENT }),
      alterTable('version', { sqlite3: AUTOINCREMENT }),
      alterTable('access_token', {
        mysql: { unique: { uni_access_token_sha256: ['sha256'], uni_access_token_sha1: ['sha1'] } },
        postgres: { constraints: { uni_access_token_sha1: ['sha1'], uni_access_token_sha256: ['sha256'] } },
        sqlite3: {
          columns: { ...AUTOINCREMENT.columns, sha1: 'VARCHAR(40)', sha256: 'VARCHAR(64) NOT NULL' },
          primary: [],
          constraints: { uni_access_token_sha1: ['sha1'], uni_access_token_sha256: ['sha256'] },
        },
      }),
      alterTable('login_source', {
        mysql: { unique: { uni_login_source_name: ['name'] } },
        postgres: { constraints: { uni_login_source_name: ['name'] } },
        sqlite3: {
          columns: { ...AUTOINCREMENT.columns, name: 'text' },
          primary: [],
          constraints: { uni_login_source_name: ['name'] },
        },
      }),
      alterTable('email_address', {
        mysql: {
          orm: 'gorm',
          columns: { email: 'varchar(254) NOT NULL', is_activated: 'tinyint(1) NOT NULL DEFAULT 0' },
          unique: { email_address_user_email_unique: ['uid', 'email'] },
          indexes: { idx_email_address_user_id: ['uid'] },
        },
        postgres: {
          columns: { email: 'character varying(254) NOT NULL', is_activated: 'boolean DEFAULT false NOT NULL' },
          unique: { email_address_user_email_unique: ['uid', 'email'] },
          indexes: { idx_email_address_user_id: ['uid'] },
        },
        sqlite3: {
          orm: 'gorm',
          columns: {
            ...AUTOINCREMENT.columns,
            uid: 'integer NOT NULL',
            email: 'text NOT NULL',
            is_activated: 'numeric NOT NULL DEFAULT false',
          },
          unique: { email_address_user_email_unique: ['uid', 'email'] },
          indexes: { idx_email_address_user_id: ['uid'] },
        },
      }),
      alterTable('notice', {
        mysql: { orm: 'gorm', columns: { type: 'bigint(20) DEFAULT NULL' } },
        postgres: { columns: { type: 'bigint' } },
        sqlite3: {
          orm: 'gorm',
          columns: { ...AUTOINCREMENT.columns, type: 'integer', description: 'TEXT', created_unix: 'integer' },
        },
      }),
      // Only the order of keys changed.
      alterTable('issue_user', {
        mysql: { indexes: { IDX_issue_user_uid: ['uid'], IDX_issue_user_repo_id: ['repo_id'] } },
      }),
      alterTable('org_user', {
        mysql: { indexes: { IDX_org_user_org_id: ['org_id'], IDX_org_user_uid: ['uid'] } },
        sqlite3: { indexes: { IDX_org_user_uid: ['uid'], IDX_org_user_org_id: ['org_id'] } },
      }),
      alterTable('collaboration', {
        sqlite3: { indexes: { IDX_collaboration_repo_id: ['repo_id'], IDX_collaboration_user_id: ['user_id'] } },
      }),
      alterTable('attachment', {
        sqlite3: { indexes: { IDX_attachment_release_id: ['release_id'], IDX_attachment_issue_id: ['issue_id'] } },
      }),
    ],
    // `File.ValueMapper = os.ExpandEnv`: internal/conf/conf.go
    settings: { expandsVariables: true },
    restore: {
      // internal/database/backup.go: Tables
      gormTables: ['email_address', 'notice'],
      // BeforeCreate in internal/database/notices.go
      overwrites: [{ table: 'notice', columns: ['created_unix'], where: 'created_unix' }],
    },
  },
  {
    version: '0.14.3',
    source: 'conf/app.ini@v0.14.2 against @v0.14.3, with the value 127.0.0.0/8,::1/128',
    settings: { add: ['auth.TRUSTED_PROXY_IPS'] },
  },
] as const satisfies readonly Release[];
