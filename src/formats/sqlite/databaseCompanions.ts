/** What SQLite keeps beside a database, by what its name adds to the database's: https://www.sqlite.org/tempfiles.html */
export const DATABASE_COMPANIONS = ['-wal', '-shm', '-journal'] as const;
