/** Opens what an upgrade is written to: a backup zip, SQL, CSV files in a folder or a zip, or a zip and SQL. */
import { extname, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { UsageError } from '../core/errors.js';
import type { OutputFormat } from '../core/outputFormats.js';
import type { Source } from '../inputs/Source.js';
import { BackupDestination, type BackupDestinationOptions } from './BackupDestination.js';
import type { Destination } from './Destination.js';
import type { SqlDestination } from './SqlDestination.js';

export interface DestinationOptions extends Omit<BackupDestinationOptions, 'files'> {
  readonly source: Source;
  /** Undefined to tell it from the output's name. */
  readonly format: OutputFormat | undefined;
  /** Path of the SQL that the database goes to, when the output is to hold the files alone. */
  readonly sql: string | undefined;
  readonly dropExisting: boolean;
}

/** `dump.sql`, `dump.sql.gz`: SQL; `folder/`, `tables.csv.zip`: CSV; anything else: a backup zip. */
export function formatOf(output: string | Writable): OutputFormat {
  if (typeof output !== 'string') return 'zip';
  if (/\.sql(?:\.gz)?$/i.test(output)) return 'sql';
  return /[/\\]$|\.csv\.zip$/i.test(output) || extname(output) === '' ? 'csv' : 'zip';
}

export async function openDestination(options: DestinationOptions): Promise<Destination> {
  const { output, source, sql, target } = options;
  const format = options.format ?? formatOf(output);
  if (sql !== undefined && format !== 'zip') {
    throw new UsageError('--sql goes with a zip as the output: it takes the database out of it.');
  }
  if (sql !== undefined && typeof output === 'string' && resolve(sql) === resolve(output)) {
    throw new UsageError('--sql and the output name the same file. Give them different names.');
  }
  switch (format) {
    case 'sql':
      return openSql(options, output);
    case 'csv':
      if (typeof output !== 'string' || /\.zip$/i.test(output)) {
        return (await import('./CsvArchive.js')).CsvArchive.open(output, target, options);
      }
      return (await import('./CsvDestination.js')).CsvDestination.open(output, target);
    case 'zip': {
      if (sql === undefined) {
        if (source.form !== 'gogs backup')
          for (const { name } of source.foreignTables) options.notice(leftOut(name, 'a backup'));
        return BackupDestination.open({ ...options, files: source.files });
      }
      const { SqlAndFiles } = await import('./SqlAndFiles.js');
      const database = await openSql(options, sql);
      try {
        return new SqlAndFiles(database, await BackupDestination.open({ ...options, files: source.files }));
      } catch (error) {
        await database.abort();
        throw error;
      }
    }
  }
}

async function openSql(options: DestinationOptions, output: string | Writable): Promise<SqlDestination> {
  const { source, notice } = options;
  const engine = options.engine ?? source.engine;
  if (engine === undefined) {
    throw new UsageError(
      'Cannot write SQL without knowing the database engine of the new server: say it with --engine.',
    );
  }
  const passesOn = source.engine === engine;
  for (const { name, text } of source.foreignTables) {
    if (!passesOn || text === undefined) notice(leftOut(name, engine));
  }
  const foreignTables = passesOn ? source.foreignTables : [];
  // Loaded when it is asked for: most outputs are backups.
  const { SqlDestination } = await import('./SqlDestination.js');
  return SqlDestination.open({ ...options, output, engine, tables: source.tables, foreignTables });
}

const leftOut = (name: string, output: string): Parameters<DestinationOptions['notice']>[0] => ({
  code: 'foreign-table',
  severity: 'warning',
  title: 'Tables that are not those of Gogs are left out',
  consequence: `They cannot be written for ${output}.`,
  remedy: 'If they matter, move them by other means.',
  needsHand: false,
  place: name,
});
