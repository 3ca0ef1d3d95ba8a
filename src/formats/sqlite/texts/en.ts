export const en = {
  cutOff: ({ name, pages, bytes, size }: { name: string; pages: number; bytes: number; size: number }) =>
    `Cannot use ${name}: the database has ${pages} pages, ${bytes} bytes, but the file ends after ${size}. The copy was cut off: copy it again while Gogs is stopped, and check that the disk is not full.`,
  changed: ({ name }: { name: string }) =>
    `Cannot use ${name}: it changed while it was read. Stop Gogs and try again, or give a copy made with \`sqlite3 gogs.db '.backup copy.db'\`, which works while Gogs runs.`,
  changes: ({ name }: { name: string }) =>
    `Cannot use ${name}: it changes while it is copied. Stop Gogs and try again, or give a copy made with \`sqlite3 gogs.db '.backup copy.db'\`, which works while Gogs runs.`,
  damaged: ({ name, found }: { name: string; found: string }) =>
    `Cannot read ${name}: the database is damaged (${found}). Copy it again while Gogs is stopped; if the original is damaged too, save what can be saved with \`sqlite3 gogs.db .recover > recovered.sql\` and give recovered.sql.`,
  rowTooLong: ({ name, table, row, bytes }: { name: string; table: string; row: string; bytes: number }) =>
    `Cannot read ${name}, table ${table}, row ${row}: it is longer than ${bytes} bytes. If the row is real, allow more with --max-row-bytes.`,
  badLog: ({ name, reason }: { name: string; reason: string }) =>
    `Cannot read ${name}-wal, the log with the latest changes of ${name}: ${reason}. Copy both again while Gogs is stopped.`,
  badJournal: ({ name }: { name: string }) =>
    `Cannot read ${name}: its header is invalid. Open the database once with \`sqlite3 gogs.db .tables\` on the old server, which tidies up, and copy it again.`,
  superJournal: ({ name }: { name: string }) =>
    `Cannot read ${name}: it belongs to a transaction over several databases. Open the database once with \`sqlite3 gogs.db .tables\` on the old server, which tidies up, and copy it again.`,
  temporaryCopy: 'a temporary copy of the database',
  sameKey: ({ columns }: { columns: string }) =>
    `Cannot write the database: two rows have the same ${columns}, which must be unique. \`inspect\` names the rows: change one of them on the old server, or in the input. A backup (new.zip) and SQL carry both over.`,
  journalMode: ({ mode }: { mode: string }) => `the journal mode stays ${mode}`,
  placed: ({ page, table, found }: { page: number; table: string; found: string }) =>
    `table ${table}, page ${page}: ${found}`,
  found: {
    badHeader: 'its header is invalid',
    noSuchPage: ({ page, pages }: { page: number; pages: number }) =>
      `it refers to page ${page}, but there are only ${pages} pages`,
    pageCutOff: ({ page }: { page: number }) => `page ${page} is cut off`,
    rowCutOff: ({ row }: { row: string }) => `row ${row} is cut off`,
    tooManyValues: ({ row }: { row: string }) => `row ${row} has more values than the table has columns`,
    keysOutOfOrder: 'its keys are out of order',
    rowOutOfOrder: ({ row }: { row: string }) => `row ${row} is out of order`,
    rowBeyondPage: 'a row goes beyond its page',
    rowBeyondDatabase: ({ bytes }: { bytes: number }) => `a row claims to have ${bytes} bytes, more than the database`,
    longRowGoesOn: 'a long row does not end where it should',
    pageMissing: 'there is no such page',
    pageUsedTwice: 'it is used twice',
    notATablePage: 'it is not a page of a table',
    tooDeep: 'its tree is too deep',
    rowOutside: 'a row lies outside the page',
    numberCutOff: 'a number is cut off',
    unknownType: ({ type }: { type: number }) => `a value is of type ${type}, which does not exist`,
    badDefault: ({ column, reason }: { column: string; reason: string }) =>
      `the default of column ${column} is invalid: ${reason}`,
  },
  withoutRowId: 'it is a table WITHOUT ROWID',
  noColumnList: 'it is not a list of columns',
  definesAnother: 'it defines another table',
};
