import { texts } from './texts.js';

/** The formats of output: a backup for `gogs restore`, SQL, CSV, an SQLite database, and the folder that a server starts on. */
export const OUTPUT_FORMATS = ['zip', 'sql', 'csv', 'sqlite', 'files'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** How an output holds the rows: a database takes them exactly, a backup as a restore reads them.
 * `nowhere`: the files alone are wanted. */
export type TablesFormat = 'zip' | 'sql' | 'csv' | 'nowhere';

/** The name in messages. */
export const outputFormatName = (format: OutputFormat): string => texts().formats[format];
