/** Options of every call that reads an input, and their rules for programs that are not written in TypeScript. */
import { COUNT, type OptionRules, PATH, SIGNAL, TEXT } from '../core/checkOptions.js';

/** Accompanying parts of an input. */
export interface InputOptions {
  /** A dump of a Gogs folder's database, if the folder does not contain it: that of a MySQL or PostgreSQL server. */
  readonly databaseDump?: string | undefined;
  /** The repositories folder of a Gogs folder, if the folder does not contain it. */
  readonly repositories?: string | undefined;
}

/** How to read an input. */
export interface ReadingOptions {
  /** Longest accepted row, in bytes. Default 256 MiB. */
  readonly maxRowBytes?: number | undefined;
  /** The database to use, if an SQL dump contains several. */
  readonly databaseName?: string | undefined;
  /** Character set of an SQL dump or of CSV files that are not UTF-8: any label that Node's TextDecoder knows. */
  readonly encoding?: string | undefined;
  /** Aborts the work: it rejects with the signal's reason, and leaves nothing behind. */
  readonly signal?: AbortSignal | undefined;
}

/** Options for reading a whole input, which may need temporary files. */
export interface SourceOptions extends InputOptions, ReadingOptions {
  /** Folder for temporary files, which may need room for repositories.zip. Default: the system's folder. */
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
