/** What every call that reads an input can be told about it, and the rules for programs that are not written in TypeScript. */
import { COUNT, type OptionRules, PATH, SIGNAL, TEXT } from '../core/checkOptions.js';

/** What an input takes beside itself. */
export interface InputOptions {
  /** A dump of the database of a Gogs folder, where it is not among its files: that of a MySQL or PostgreSQL server. */
  readonly databaseDump?: string | undefined;
  /** The folder of the repositories of a Gogs folder, where they are not among its files. */
  readonly repositories?: string | undefined;
}

/** How it is read. */
export interface ReadingOptions {
  /** Longest row that is accepted, in bytes. Default 256 MiB. */
  readonly maxRowBytes?: number | undefined;
  /** Which database is meant, where an SQL dump holds several. */
  readonly databaseName?: string | undefined;
  /** Character set of an SQL dump or of CSV files that are not UTF-8: any label that Node's TextDecoder knows. */
  readonly encoding?: string | undefined;
  /** Stops the work: it rejects with the signal's reason, and nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
}

/** Where there is a whole input to read, and room for what does not fit in memory. */
export interface SourceOptions extends InputOptions, ReadingOptions {
  /** Where temporary files go: there may have to be room for repositories.zip. Default is the system's place. */
  readonly tempdir?: string | undefined;
}

export const SOURCE_RULES: OptionRules<SourceOptions> = {
  databaseDump: PATH,
  repositories: PATH,
  tempdir: PATH,
  maxRowBytes: COUNT,
  databaseName: TEXT,
  encoding: TEXT,
  signal: SIGNAL,
};
