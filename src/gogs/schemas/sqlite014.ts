/** The schema of Gogs 0.14 on SQLite, as 0.14.3 creates it: where it differs from 0.13. */
import { type Schema, withTables } from './Schema.js';
import { sqlite013 } from './sqlite013.js';
import { sqliteTable } from './sqliteTable.js';

export const sqlite014: Schema = withTables(sqlite013, [
  sqliteTable(
    'gorm',
    'access',
    {
      id: 'integer PRIMARY KEY AUTOINCREMENT',
      user_id: 'integer NOT NULL',
      repo_id: 'integer NOT NULL',
      mode: 'integer NOT NULL',
    },
    { unique: { access_user_repo_unique: ['user_id', 'repo_id'] } },
  ),
  sqliteTable(
    'gorm',
    'access_token',
    {
      id: 'integer PRIMARY KEY AUTOINCREMENT',
      uid: 'integer',
      name: 'text',
      sha1: 'VARCHAR(40)',
      sha256: 'VARCHAR(64) NOT NULL',
      created_unix: 'integer',
      updated_unix: 'integer',
    },
    {
      constraints: { uni_access_token_sha1: ['sha1'], uni_access_token_sha256: ['sha256'] },
      indexes: { idx_access_token_user_id: ['uid'] },
    },
  ),
  sqliteTable(
    'gorm',
    'action',
    {
      id: 'integer PRIMARY KEY AUTOINCREMENT',
      user_id: 'integer',
      op_type: 'integer',
      act_user_id: 'integer',
      act_user_name: 'text',
      repo_id: 'integer',
      repo_user_name: 'text',
      repo_name: 'text',
      ref_name: 'text',
      is_private: 'numeric NOT NULL DEFAULT false',
      content: 'text',
      created_unix: 'integer',
    },
    { indexes: { idx_action_repo_id: ['repo_id'], idx_action_user_id: ['user_id'] } },
  ),
  sqliteTable(
    'gorm',
    'email_address',
    {
      id: 'integer PRIMARY KEY AUTOINCREMENT',
      uid: 'integer NOT NULL',
      email: 'text NOT NULL',
      is_activated: 'numeric NOT NULL DEFAULT false',
    },
    { unique: { email_address_user_email_unique: ['uid', 'email'] }, indexes: { idx_email_address_user_id: ['uid'] } },
  ),
  sqliteTable(
    'gorm',
    'follow',
    {
      id: 'integer PRIMARY KEY AUTOINCREMENT',
      user_id: 'integer NOT NULL',
      follow_id: 'integer NOT NULL',
    },
    { unique: { follow_user_follow_unique: ['user_id', 'follow_id'] } },
  ),
  sqliteTable(
    'gorm',
    'login_source',
    {
      id: 'integer PRIMARY KEY AUTOINCREMENT',
      type: 'integer',
      name: 'text',
      is_actived: 'numeric NOT NULL',
      is_default: 'numeric',
      cfg: 'TEXT',
      created_unix: 'integer',
      updated_unix: 'integer',
    },
    { constraints: { uni_login_source_name: ['name'] } },
  ),
  sqliteTable('gorm', 'notice', {
    id: 'integer PRIMARY KEY AUTOINCREMENT',
    type: 'integer',
    description: 'TEXT',
    created_unix: 'integer',
  }),
  sqliteTable('gorm', 'version', {
    id: 'integer PRIMARY KEY AUTOINCREMENT',
    version: 'integer',
  }),
  sqliteTable(
    'xorm',
    'collaboration',
    {
      id: 'INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL',
      user_id: 'INTEGER NOT NULL',
      repo_id: 'INTEGER NOT NULL',
      mode: 'INTEGER DEFAULT 2 NOT NULL',
    },
    {
      unique: { UQE_collaboration_s: ['user_id', 'repo_id'] },
      indexes: { IDX_collaboration_repo_id: ['repo_id'], IDX_collaboration_user_id: ['user_id'] },
    },
  ),
  sqliteTable(
    'xorm',
    'attachment',
    {
      id: 'INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL',
      uuid: 'UUID NULL',
      issue_id: 'INTEGER NULL',
      comment_id: 'INTEGER NULL',
      release_id: 'INTEGER NULL',
      name: 'TEXT NULL',
      created_unix: 'INTEGER NULL',
    },
    {
      unique: { UQE_attachment_uuid: ['uuid'] },
      indexes: { IDX_attachment_release_id: ['release_id'], IDX_attachment_issue_id: ['issue_id'] },
    },
  ),
  sqliteTable(
    'xorm',
    'org_user',
    {
      id: 'INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL',
      uid: 'INTEGER NULL',
      org_id: 'INTEGER NULL',
      is_public: 'INTEGER NULL',
      is_owner: 'INTEGER NULL',
      num_teams: 'INTEGER NULL',
    },
    {
      unique: { UQE_org_user_s: ['uid', 'org_id'] },
      indexes: { IDX_org_user_uid: ['uid'], IDX_org_user_org_id: ['org_id'] },
    },
  ),
]);
