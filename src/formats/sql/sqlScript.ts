/** The statements that stand around the rows of a script for an engine's own client. */

import type { Dialect } from './Dialect.js';
import { quoteName, quoteText } from './names.js';

/** Opens a script; `sqlBeginRows` follows the definitions. */
export function sqlOpening(dialect: Dialect): string {
  switch (dialect) {
    case 'mysql':
      // Backslashes escape unless NO_BACKSLASH_ESCAPES is set, so the mode is set here. STRICT: an error rather than a cut
      // value. NO_AUTO_VALUE_ON_ZERO: an id 0 stays 0.
      return [
        'SET NAMES utf8mb4;',
        "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,STRICT_ALL_TABLES';",
        "SET SESSION time_zone = '+00:00';",
        'SET SESSION foreign_key_checks = 0;\n',
      ].join('\n');
    case 'postgres':
      return [
        "SET client_encoding = 'UTF8';",
        'SET standard_conforming_strings = on;',
        'SET client_min_messages = warning;',
        'BEGIN;\n',
      ].join('\n');
    case 'sqlite3':
      return 'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n';
  }
}

/** Precedes the first row. MySQL commits at each definition, so its transaction only begins here. */
export function sqlBeginRows(dialect: Dialect): string {
  return dialect === 'mysql' ? 'START TRANSACTION;\n' : '';
}

/** Follows the last row and precedes the indexes. */
export function sqlEndRows(dialect: Dialect): string {
  return dialect === 'mysql' ? 'COMMIT;\n' : '';
}

/** Closes a script. */
export function sqlClosing(dialect: Dialect): string {
  return dialect === 'mysql' ? '' : 'COMMIT;\n';
}

/** Sets the next automatic id of a table. In SQLite the table must have AUTOINCREMENT. */
export function sqlNextId(dialect: Dialect, table: string, column: string, next: bigint): string {
  const name = quoteName(table, dialect);
  switch (dialect) {
    case 'mysql':
      return `ALTER TABLE ${name} AUTO_INCREMENT = ${next};\n`;
    case 'postgres': {
      const sequence = `pg_get_serial_sequence(${quoteText(name)}, ${quoteText(column)})`;
      return `SELECT setval(${sequence}, ${next > 1n ? next - 1n : 1n}, ${next > 1n});\n`;
    }
    case 'sqlite3':
      return (
        `DELETE FROM sqlite_sequence WHERE name = ${quoteText(table)};\n` +
        `INSERT INTO sqlite_sequence (name, seq) VALUES (${quoteText(table)}, ${next - 1n});\n`
      );
  }
}
