export const en = {
  customFormat: 'it is a custom-format archive of pg_dump; make it SQL with `pg_restore --no-owner -f dump.sql FILE`',
  sqliteDatabase: 'it is an SQLite database, not a dump of one; make it SQL with `sqlite3 FILE .dump > dump.sql`',
};
