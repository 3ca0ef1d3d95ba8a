/** The schema of Gogs 0.14 on PostgreSQL, as 0.14.3 creates it: where it differs from 0.13. */

import { postgres013 } from './postgres013.js';
import { postgresTable } from './postgresTable.js';
import { type Schema, withTables } from './Schema.js';

export const postgres014: Schema = withTables(postgres013, [
  postgresTable(
    'access_token',
    {
      id: 'bigserial NOT NULL',
      uid: 'bigint',
      name: 'text',
      sha1: 'character varying(40)',
      sha256: 'character varying(64) NOT NULL',
      created_unix: 'bigint',
      updated_unix: 'bigint',
    },
    {
      primary: ['id'],
      constraints: { uni_access_token_sha1: ['sha1'], uni_access_token_sha256: ['sha256'] },
      indexes: { idx_access_token_user_id: ['uid'] },
    },
  ),
  postgresTable(
    'email_address',
    {
      id: 'bigserial NOT NULL',
      uid: 'bigint NOT NULL',
      email: 'character varying(254) NOT NULL',
      is_activated: 'boolean DEFAULT false NOT NULL',
    },
    {
      primary: ['id'],
      unique: { email_address_user_email_unique: ['uid', 'email'] },
      indexes: { idx_email_address_user_id: ['uid'] },
    },
  ),
  postgresTable(
    'login_source',
    {
      id: 'bigserial NOT NULL',
      type: 'bigint',
      name: 'text',
      is_actived: 'boolean NOT NULL',
      is_default: 'boolean',
      cfg: 'text',
      created_unix: 'bigint',
      updated_unix: 'bigint',
    },
    { primary: ['id'], constraints: { uni_login_source_name: ['name'] } },
  ),
  postgresTable(
    'notice',
    {
      id: 'bigserial NOT NULL',
      type: 'bigint',
      description: 'text',
      created_unix: 'bigint',
    },
    { primary: ['id'] },
  ),
]);
