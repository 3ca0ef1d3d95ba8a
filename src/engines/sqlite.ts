/** SQLite: a file, without a server. */
import type { DatabaseEngine } from './DatabaseEngine.js';
import { quoteText } from './quote.js';
import { texts } from './texts.js';
import { updateFromStage } from './updateFromStage.js';

/** The first bytes of a database: https://www.sqlite.org/fileformat2.html, section 1.3.1. */
export const SQLITE_MAGIC = 'SQLite format 3\0';

/** Endings of the files that SQLite keeps beside a database: https://www.sqlite.org/tempfiles.html */
export const SQLITE_COMPANIONS = ['-wal', '-shm', '-journal'] as const;

/** SQLite accepts any value in any column; these values describe how it treats the columns of Gogs. */
export const SQLITE = {
  name: 'sqlite3',
  product: 'SQLite',
  schemes: ['sqlite'],
  port: undefined,
  values: {
    integerBits: () => 64,
    plainType: (type) => type.toLowerCase(),
    textLimit: () => ({}),
    takesNul: true,
    checksUtf8: false,
    checksUuids: false,
    checksTimes: false,
    timeDigits: () => undefined,
    wideCharacterSet: undefined,
    comparesCase: true,
  },
  sql: {
    nameQuote: '"',
    backslashEscapes: false,
    namesKeepCase: false,
    // ATTACH
    reachesOtherDatabases: true,
    opening: 'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n',
    beginRows: '',
    endRows: '',
    closing: 'COMMIT;\n',
    // This requires a table with AUTOINCREMENT.
    nextId: (table, _column, next) =>
      `DELETE FROM sqlite_sequence WHERE name = ${quoteText(table)};\n` +
      `INSERT INTO sqlite_sequence (name, seq) VALUES (${quoteText(table)}, ${next - 1n});\n`,
    countsGivenIds: true,
    idsAfterLargest: () => '',
    createTemporaryTable: 'CREATE TEMP TABLE',
    dropTemporaryTable: 'DROP TABLE',
    updateFrom: updateFromStage,
  },
  dumps: {
    signatures: [{ pattern: /^PRAGMA foreign_keys=OFF;\r?\nBEGIN TRANSACTION;/m, producer: 'sqlite3' }],
    traits: [
      /\bAUTOINCREMENT\b/gi,
      /^PRAGMA /gim,
      /\bsqlite_sequence\b/gi,
      /\bINTEGER PRIMARY KEY\b/gi,
      /\breplace\(replace\('|,char\(10\)\)/gi,
    ],
    binaries: [
      {
        magic: SQLITE_MAGIC,
        found: () => texts().sqliteDatabase,
      },
    ],
  },
  client: {
    createDatabase: undefined,
    createUser: undefined,
    readInput: (database) => ['sqlite3', '-bail', database],
    readFile: (database, path) => ['sqlite3', '-bail', database, `.read "${path.replaceAll('\\', '/')}"`],
    dump: undefined,
  },
} satisfies DatabaseEngine;
