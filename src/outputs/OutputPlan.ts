/** The requested output: plain data, settled before anything is written. */
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { UsageError } from '../core/errors.js';
import type { OutputFormat, TablesFormat } from '../core/outputFormats.js';
import { composePath } from '../files/companionPaths.js';
import type { Owner } from '../files/FolderWriter.js';
import type { LayoutName } from '../gogs/serverLayout.js';
import { texts } from './texts.js';

export interface OutputRequest {
  /** Undefined to infer it from the output's name. */
  readonly format?: OutputFormat | undefined;
  readonly sql?: string | undefined;
  readonly filesOnly?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly dropExisting?: boolean | undefined;
  readonly layout?: LayoutName | undefined;
  readonly installPath?: string | undefined;
  readonly owner?: string | undefined;
  readonly compose?: boolean | undefined;
}

export interface ServerPlace {
  readonly layout: LayoutName;
  /** The path of the folder on the new server. */
  readonly installPath: string;
  readonly owner: Owner | undefined;
}

export interface OutputPlan {
  /** A path, or a stream that receives everything once it is whole. */
  readonly output: string | Writable;
  /** Path of the output, `-` for a stream. */
  readonly name: string;
  readonly format: OutputFormat;
  /** Path of the SQL for the database, if the output holds only the files. */
  readonly sql: string | undefined;
  /** How the output holds the tables: `zip` for a backup. */
  readonly tablesGoTo: TablesFormat;
  /** The place of a server folder; undefined for other outputs. */
  readonly server: ServerPlace | undefined;
  /** Path of the docker-compose.yml to write beside the output; undefined for none. */
  readonly composeFile: string | undefined;
  /** Let the SQL drop existing tables. */
  readonly dropExisting: boolean;
}

/** Throws UsageError for options that contradict each other. */
export function planOutput(output: string | Writable, request: OutputRequest): OutputPlan {
  const { layout, sql, filesOnly = false, dropExisting = false } = request;
  const format = request.format ?? (layout === undefined ? formatOf(output) : 'files');
  refuseFolderOptions(format, request);
  if (sql !== undefined && format !== 'zip') {
    throw new UsageError(texts().sqlNeedsZip);
  }
  if (filesOnly && (format !== 'zip' || sql !== undefined)) {
    throw new UsageError(texts().filesOnlyNeedsZip);
  }
  if (dropExisting && format !== 'sql' && sql === undefined) {
    throw new UsageError(texts().dropExistingNeedsSql);
  }
  if (sql !== undefined && typeof output === 'string' && resolve(sql) === resolve(output)) {
    throw new UsageError(texts().sameFile);
  }
  return {
    output,
    name: typeof output === 'string' ? output : '-',
    format,
    sql,
    tablesGoTo: filesOnly ? 'nowhere' : sql === undefined ? TABLES_FORMATS[format] : 'sql',
    server: format === 'files' ? placeOf(output, request) : undefined,
    composeFile: composeFileOf(output, request),
    dropExisting,
  };
}

const TABLES_FORMATS: Readonly<Record<OutputFormat, TablesFormat>> = {
  zip: 'zip',
  sql: 'sql',
  csv: 'csv',
  sqlite: 'sql',
  files: 'sql',
};

function refuseFolderOptions(format: OutputFormat, { layout, installPath, owner }: OutputRequest): void {
  const given = Object.entries({ '--layout': layout, '--install-path': installPath, '--owner': owner });
  const [option] = given.find(([, value]) => value !== undefined) ?? [];
  if (format !== 'files' && option !== undefined) {
    throw new UsageError(texts().folderOption({ option }));
  }
}

function composeFileOf(output: string | Writable, { compose = false, layout }: OutputRequest): string | undefined {
  if (!compose) return undefined;
  if (layout !== 'docker' || typeof output !== 'string') throw new UsageError(texts().composeNeedsDocker);
  return composePath(output);
}

function placeOf(output: string | Writable, { layout = 'binary', installPath, owner }: OutputRequest): ServerPlace {
  return {
    layout,
    installPath: resolve(installPath ?? (typeof output === 'string' ? output : '.')),
    owner: owner === undefined ? undefined : parseOwner(owner),
  };
}

/** Parses `1000:1000`. */
function parseOwner(text: string): Owner {
  const [, uid, gid] = /^(\d+):(\d+)$/.exec(text) ?? [];
  if (uid === undefined || gid === undefined) {
    throw new UsageError(texts().owner({ owner: text }));
  }
  if (process.getuid?.() !== 0) {
    throw new UsageError(texts().ownerNeedsRoot);
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * Infers the format from a name: `new.zip` is a backup, `new.sql` and `new.sql.gz` SQL, `new.db` a database, `tables.csv.zip`
 * and `folder/` CSV. Throws UsageError for an unknown name or a format that cannot be written.
 */
function formatOf(output: string | Writable): OutputFormat {
  if (typeof output !== 'string') return 'zip';
  if (/\.sql(?:\.gz)?$/i.test(output)) return 'sql';
  if (/\.(?:db|sqlite3?)$/i.test(output)) return 'sqlite';
  if (/[/\\]$|\.csv\.zip$/i.test(output)) return 'csv';
  if (/\.zip$/i.test(output)) return 'zip';
  throw new UsageError(texts().unclearName({ name: output }));
}
