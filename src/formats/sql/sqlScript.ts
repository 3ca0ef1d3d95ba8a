/** The statements that stand around the rows of a script for an engine's own client. */

import type { Dialect } from './Dialect.js';
import { quoteName, quoteText } from './names.js';

/** What a script begins with; `sqlBeginRows` follows behind the definitions. */
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

/** Stands before the first row. MySQL ends a transaction at each definition, so it only begins here. */
export function sqlBeginRows(dialect: Dialect): string {
  return dialect === 'mysql' ? 'START TRANSACTION;\n' : '';
}

/** Stands behind the last row, before the indexes. */
export function sqlEndRows(dialect: Dialect): string {
  return dialect === 'mysql' ? 'COMMIT;\n' : '';
}

/** What a script ends with. */
export function sqlClosing(dialect: Dialect): string {
  return dialect === 'mysql' ? '' : 'COMMIT;\n';
}

/** Makes the next automatic id of a table `next`. SQLite's table must be one with AUTOINCREMENT. */
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
