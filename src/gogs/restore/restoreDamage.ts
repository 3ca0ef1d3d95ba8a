/**
 * Columns that `gogs restore` itself overwrites, by SQL name of the table. Measured on 0.13.0 and 0.14.3: xorm's BeforeInsert
 * hooks set `updated_unix` to the time of the restore, and a mirror's next time becomes that of an unset time.Time.
 */
export const DAMAGED_COLUMNS: Readonly<Record<string, string>> = {
  access_token: 'updated_unix',
  comment: 'updated_unix',
  issue: 'updated_unix',
  repository: 'updated_unix',
  webhook: 'updated_unix',
  mirror: 'next_update_unix',
};
