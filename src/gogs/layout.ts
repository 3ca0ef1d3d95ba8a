/** Paths in a backup: internal/cmd/backup.go@v0.13.0 */
export const ROOT = 'gogs-backup/';
export const METADATA = `${ROOT}metadata.ini`;
export const CONFIG = `${ROOT}custom/conf/app.ini`;
export const CUSTOM = `${ROOT}custom/`;
export const DATA = `${ROOT}data/`;
export const DATABASE = `${ROOT}db/`;
export const REPOSITORIES = `${ROOT}repositories.zip`;

/** Names in the zip of `gogs dump`: cmd/dump.go@v0.9.141 */
export const DUMP_DATABASE = 'gogs-db.sql';
export const DUMP_REPOSITORIES = 'gogs-repo.zip';
export const DUMP_CONFIG = 'custom/conf/app.ini';

/** The files of a backup or dump, besides tables, whose content is read. */
export const READ_FILES = [METADATA, CONFIG, REPOSITORIES, DUMP_DATABASE, DUMP_CONFIG, DUMP_REPOSITORIES] as const;

/** Larger configuration files are not read into memory; real ones have a few kilobytes. */
export const MAX_CONFIG_BYTES = 1024 * 1024;
