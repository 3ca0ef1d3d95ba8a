/** What an input takes beside itself. */

export interface InputOptions {
  /** A dump of the database of a Gogs folder, where it is not among its files: that of a MySQL or PostgreSQL server. */
  readonly databaseDump?: string | undefined;
  /** The folder of the repositories of a Gogs folder, where they are not among its files. */
  readonly repositories?: string | undefined;
}
