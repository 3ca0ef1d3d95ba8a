/** What was asked of an output: plain data, settled before anything is written. */
import { extname, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { UsageError } from '../core/errors.js';
import type { OutputFormat } from '../core/outputFormats.js';

export interface OutputRequest {
  /** Undefined to tell it from the output's name. */
  readonly format?: OutputFormat | undefined;
  readonly sql?: string | undefined;
  readonly force?: boolean | undefined;
  readonly dropExisting?: boolean | undefined;
}

export interface OutputPlan {
  /** A path, or a stream that gets everything once it is whole. */
  readonly output: string | Writable;
  /** Path of the output, `-` for a stream. */
  readonly name: string;
  readonly format: OutputFormat;
  /** Path of the SQL that the database goes to, when the output is to hold the files alone. */
  readonly sql: string | undefined;
  /** How the output holds the tables: `zip` is a backup. */
  readonly tablesGoTo: OutputFormat;
  /** Replace what exists. */
  readonly replace: boolean;
  /** Let the SQL drop tables that exist. */
  readonly dropExisting: boolean;
}

/** Throws UsageError for what cannot be written together. */
export function planOutput(output: string | Writable, request: OutputRequest): OutputPlan {
  const { format = formatOf(output), sql, force = false, dropExisting = false } = request;
  if (sql !== undefined && format !== 'zip') {
    throw new UsageError('--sql goes with a zip as the output: it takes the database out of it.');
  }
  if (sql !== undefined && typeof output === 'string' && resolve(sql) === resolve(output)) {
    throw new UsageError('--sql and the output name the same file. Give them different names.');
  }
  return {
    output,
    name: typeof output === 'string' ? output : '-',
    format,
    sql,
    tablesGoTo: sql === undefined ? format : 'sql',
    replace: force,
    dropExisting,
  };
}

/** `dump.sql`, `dump.sql.gz`: SQL; `folder/`, `tables.csv.zip`: CSV; anything else: a backup zip. */
function formatOf(output: string | Writable): OutputFormat {
  if (typeof output !== 'string') return 'zip';
  if (/\.sql(?:\.gz)?$/i.test(output)) return 'sql';
  return /[/\\]$|\.csv\.zip$/i.test(output) || extname(output) === '' ? 'csv' : 'zip';
}
