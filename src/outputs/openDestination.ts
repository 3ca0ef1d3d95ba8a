/** Opens the destination of an upgrade: a backup zip, SQL, a zip and SQL, CSV files, an SQLite database, or a server folder. */
import type { Writable } from 'node:stream';
import { UsageError } from '../core/errors.js';
import type { Engine } from '../engines/Engine.js';
import { isFileEngine } from '../engines/engineNamed.js';
import type { ServerLayout } from '../gogs/serverLayout.js';
import type { Source } from '../inputs/Source.js';
import { type BackupContent, BackupDestination } from './BackupDestination.js';
import type { DatabaseDestination } from './DatabaseDestination.js';
import type { DatabaseWriter } from './DatabaseWriter.js';
import type { Destination, DestinationContext } from './Destination.js';
import type { OutputPlan } from './OutputPlan.js';
import { sqlHeading } from './sqlHeading.js';
import { texts } from './texts.js';

/** The content of the output, apart from rows. */
export interface OutputContent extends BackupContent {
  readonly source: Source;
  /** The layout of a server folder. */
  readonly layout: ServerLayout | undefined;
  /** `[repository] SCRIPT_TYPE` */
  readonly scriptType: string;
}

/** The path of an output. Throws UsageError for a stream. */
function pathOf({ output, format }: OutputPlan): string {
  if (typeof output === 'string') return output;
  throw new UsageError(format === 'files' ? texts().folderNeedsPath : texts().databaseNeedsPath);
}

export async function openDestination(
  plan: OutputPlan,
  content: OutputContent,
  context: DestinationContext,
): Promise<Destination> {
  const { output, format, sql } = plan;
  const { target } = content;
  switch (format) {
    case 'sql':
      return openSql(output, plan, content, context);
    case 'csv':
      if (typeof output !== 'string' || /\.zip$/i.test(output)) {
        const { CsvArchive } = await import('./CsvArchive.js');
        return CsvArchive.open(output, target, context);
      }
      await context.gate.newFolder(output);
      return (await import('./CsvDestination.js')).CsvDestination.open(output, target);
    case 'sqlite':
      return openSqlite(pathOf(plan), plan, content, context);
    case 'files':
      return openServerFolder(pathOf(plan), plan, content, context);
    case 'zip': {
      const openBackup = (): Promise<BackupDestination> => BackupDestination.open({ output }, content, context);
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
  plan: OutputPlan,
  content: OutputContent,
  context: DestinationContext,
): Promise<DatabaseDestination> {
  const { target, engine } = content;
  if (engine === undefined) {
    throw new UsageError(texts().engineForSql);
  }
  // Loaded on demand: most outputs are backups.
  const { SqlScript } = await import('./SqlScript.js');
  const script = await SqlScript.open({ output }, engine, sqlHeading(target, engine), context);
  return openDatabase(script, engine, plan, content, context);
}

async function openSqlite(
  path: string,
  plan: OutputPlan,
  content: OutputContent,
  context: DestinationContext,
): Promise<DatabaseDestination> {
  const { SqliteFile } = await import('./SqliteFile.js');
  return openDatabase(await SqliteFile.open(path, context.gate), 'sqlite3', plan, content, context);
}

async function openDatabase(
  writer: DatabaseWriter,
  engine: Engine,
  { dropExisting }: OutputPlan,
  { source, target }: OutputContent,
  context: DestinationContext,
): Promise<DatabaseDestination> {
  const { DatabaseDestination } = await import('./DatabaseDestination.js');
  return DatabaseDestination.open(writer, { source, target, engine, dropExisting }, context);
}

async function openServerFolder(
  output: string,
  plan: OutputPlan,
  content: OutputContent,
  context: DestinationContext,
): Promise<Destination> {
  const { files, engine, config, layout, scriptType } = content;
  if (layout === undefined) throw new Error('a server folder has a layout');
  const { ServerFolder } = await import('./ServerFolder.js');
  const parts = { layout, engine, files, config, scriptType, ...context };
  return ServerFolder.open(await context.gate.folder(output, plan.server?.owner), parts, (path) =>
    isFileEngine(engine) ? openSqlite(path, plan, content, context) : openSql(path, plan, content, context),
  );
}
