/** Where the SQL lies that belongs to an archive: `gogs.zip` → `gogs.after-restore.sql`. */
export const afterRestorePath = (archive: string): string => `${archive.replace(/\.zip$/i, '')}.after-restore.sql`;
