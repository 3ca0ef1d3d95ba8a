/** The schema of Gogs 0.14 on MySQL and MariaDB, as 0.14.3 creates it: where it differs from 0.13. */

import { mysql013 } from './mysql013.js';
import { mysqlTable } from './mysqlTable.js';
import { type Schema, withTables } from './Schema.js';

export const mysql014: Schema = withTables(mysql013, [
  mysqlTable(
    'gorm',
    'access_token',
    {
      id: 'bigint(20) NOT NULL AUTO_INCREMENT',
      uid: 'bigint(20) DEFAULT NULL',
      name: 'longtext DEFAULT NULL',
      sha1: 'varchar(40) DEFAULT NULL',
      sha256: 'varchar(64) NOT NULL',
      created_unix: 'bigint(20) DEFAULT NULL',
      updated_unix: 'bigint(20) DEFAULT NULL',
    },
    {
      primary: ['id'],
      unique: { uni_access_token_sha256: ['sha256'], uni_access_token_sha1: ['sha1'] },
      indexes: { idx_access_token_user_id: ['uid'] },
    },
  ),
  mysqlTable(
    'gorm',
    'email_address',
    {
      id: 'bigint(20) NOT NULL AUTO_INCREMENT',
      uid: 'bigint(20) NOT NULL',
      email: 'varchar(254) NOT NULL',
      is_activated: 'tinyint(1) NOT NULL DEFAULT 0',
    },
    {
      primary: ['id'],
      unique: { email_address_user_email_unique: ['uid', 'email'] },
      indexes: { idx_email_address_user_id: ['uid'] },
    },
  ),
  mysqlTable(
    'xorm',
    'issue_user',
    {
      id: 'bigint(20) NOT NULL AUTO_INCREMENT',
      uid: 'bigint(20) DEFAULT NULL',
      issue_id: 'bigint(20) DEFAULT NULL',
      repo_id: 'bigint(20) DEFAULT NULL',
      milestone_id: 'bigint(20) DEFAULT NULL',
      is_read: 'tinyint(1) DEFAULT NULL',
      is_assigned: 'tinyint(1) DEFAULT NULL',
      is_mentioned: 'tinyint(1) DEFAULT NULL',
      is_poster: 'tinyint(1) DEFAULT NULL',
      is_closed: 'tinyint(1) DEFAULT NULL',
    },
    { primary: ['id'], indexes: { IDX_issue_user_uid: ['uid'], IDX_issue_user_repo_id: ['repo_id'] } },
  ),
  mysqlTable(
    'gorm',
    'login_source',
    {
      id: 'bigint(20) NOT NULL AUTO_INCREMENT',
      type: 'bigint(20) DEFAULT NULL',
      name: 'varchar(191) DEFAULT NULL',
      is_actived: 'tinyint(1) NOT NULL',
      is_default: 'tinyint(1) DEFAULT NULL',
      cfg: 'text DEFAULT NULL',
      created_unix: 'bigint(20) DEFAULT NULL',
      updated_unix: 'bigint(20) DEFAULT NULL',
    },
    { primary: ['id'], unique: { uni_login_source_name: ['name'] } },
  ),
  mysqlTable(
    'gorm',
    'notice',
    {
      id: 'bigint(20) NOT NULL AUTO_INCREMENT',
      type: 'bigint(20) DEFAULT NULL',
      description: 'text DEFAULT NULL',
      created_unix: 'bigint(20) DEFAULT NULL',
    },
    { primary: ['id'] },
  ),
  mysqlTable(
    'xorm',
    'org_user',
    {
      id: 'bigint(20) NOT NULL AUTO_INCREMENT',
      uid: 'bigint(20) DEFAULT NULL',
      org_id: 'bigint(20) DEFAULT NULL',
      is_public: 'tinyint(1) DEFAULT NULL',
      is_owner: 'tinyint(1) DEFAULT NULL',
      num_teams: 'int(11) DEFAULT NULL',
    },
    {
      primary: ['id'],
      unique: { UQE_org_user_s: ['uid', 'org_id'] },
      indexes: { IDX_org_user_org_id: ['org_id'], IDX_org_user_uid: ['uid'] },
    },
  ),
]);
