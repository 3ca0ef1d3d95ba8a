/** The releases that an upgrade can aim at, and what their restore does. */

/** What `--to` takes. */
export type TargetName = '0.13' | '0.14';

export interface Target {
  readonly name: TargetName;
  /** Written into metadata.ini: every later 0.13.x or 0.14.x restores it. */
  readonly firstRelease: string;
  /** Row of table `version`: internal/db/migrations/migrations.go@v0.13.0, internal/database/migrations@v0.14.3 */
  readonly schema: number;
  /**
   * SQL names of the tables that go through gorm on restore: `\u0000` is stripped there, and every row is read into a fresh
   * struct. The others go through xorm: internal/db/backup.go@v0.13.0
   */
  readonly gormTables: ReadonlySet<string>;
}

const GORM_TABLES_0_13 = ['access', 'access_token', 'action', 'follow', 'lfs_object', 'login_source'];

export const TARGETS: Readonly<Record<TargetName, Target>> = {
  '0.13': { name: '0.13', firstRelease: '0.13.0', schema: 22, gormTables: new Set(GORM_TABLES_0_13) },
  '0.14': {
    name: '0.14',
    firstRelease: '0.14.0',
    schema: 22,
    gormTables: new Set([...GORM_TABLES_0_13, 'email_address', 'notice']),
  },
};

/**
 * A line that does not fit this many bytes with its newline ends the table on restore, without a word: bufio.Scanner stops
 * and its error is never read: internal/db/backup.go@v0.13.0
 */
export const MAX_RESTORED_LINE = 65_536;

/** Oldest release with `gogs backup`: cmd/backup.go@v0.10.18 */
export const OLDEST_BACKUP = '0.10.18';

/** Schema of 0.9.141, the oldest `gogs dump` that is read. */
export const OLDEST_SCHEMA = 14;
