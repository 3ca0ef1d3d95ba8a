import { texts } from './texts.js';

/** Output formats: a backup for `gogs restore`, SQL, CSV, an SQLite database, and a folder on which a server can be started. */
export const OUTPUT_FORMATS = ['zip', 'sql', 'csv', 'sqlite', 'files'] as const;
/** The format of an output. */
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/**
 * How an output holds rows: a database stores them exactly, a backup as a restore reads them. `nowhere`: only the files are
 * written.
 */
export type TablesFormat = 'zip' | 'sql' | 'csv' | 'nowhere';

/** The name of a format in messages. */
export const outputFormatName = (format: OutputFormat): string => texts().formats[format];
