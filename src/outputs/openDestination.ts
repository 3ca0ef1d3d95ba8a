/** Opens what an upgrade is written to: a backup zip, SQL, CSV files in a folder or a zip, or a zip and SQL. */
import type { Writable } from 'node:stream';
import { UsageError } from '../core/errors.js';
import type { Source } from '../inputs/Source.js';
import { type BackupContent, BackupDestination } from './BackupDestination.js';
import type { Destination, DestinationContext } from './Destination.js';
import type { OutputPlan } from './OutputPlan.js';
import type { SqlDestination } from './SqlDestination.js';

/** What goes into the output, apart from rows. */
export interface OutputContent extends Omit<BackupContent, 'files'> {
  readonly source: Source;
}

export async function openDestination(
  plan: OutputPlan,
  content: OutputContent,
  context: DestinationContext,
): Promise<Destination> {
  const { output, format, sql, replace } = plan;
  const { source, target } = content;
  switch (format) {
    case 'sql':
      return openSql(output, plan, content, context);
    case 'csv':
      if (typeof output !== 'string' || /\.zip$/i.test(output)) {
        const { CsvArchive } = await import('./CsvArchive.js');
        return CsvArchive.open(output, target, { replace, ...context });
      }
      return (await import('./CsvDestination.js')).CsvDestination.open(output, target);
    case 'zip': {
      const openBackup = (): Promise<BackupDestination> =>
        BackupDestination.open({ output, replace }, { ...content, files: source.files }, context);
      if (sql === undefined) return openBackup();
      const { SqlAndFiles } = await import('./SqlAndFiles.js');
      const database = await openSql(sql, plan, content, context);
      try {
        return new SqlAndFiles(database, await openBackup());
      } catch (error) {
        await database.abort();
        throw error;
      }
    }
  }
}

async function openSql(
  output: string | Writable,
  { replace, dropExisting }: OutputPlan,
  { source, target, engine }: OutputContent,
  context: DestinationContext,
): Promise<SqlDestination> {
  if (engine === undefined) {
    throw new UsageError(
      'Cannot write SQL without knowing the database engine of the new server: say it with --engine.',
    );
  }
  // Loaded when it is asked for: most outputs are backups.
  const { SqlDestination } = await import('./SqlDestination.js');
  return SqlDestination.open({ output, replace }, { source, target, engine, dropExisting }, context);
}
