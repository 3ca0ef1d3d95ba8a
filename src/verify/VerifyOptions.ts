/** The options of a verification. */
import type { Readable } from 'node:stream';
import { FLAG, FUNCTION, type OptionRules, PATH, PATH_OR_STREAM, TEXT } from '../core/checkOptions.js';
import type { Progress } from '../core/ProgressMeter.js';
import type { TargetName } from '../gogs/gogsHistory.js';
import { SOURCE_RULES, type SourceOptions } from '../inputs/InputOptions.js';
import { CONTENT_RULES, type ContentOptions } from '../upgrade/ContentOptions.js';

/** The content options are those with which the archive was made. */
export interface VerifyOptions extends SourceOptions, ContentOptions {
  /** The Gogs that the archive is for. Default: the one in its metadata.ini, or with the schema version in table `version`. */
  readonly to?: TargetName | undefined;
  /** The backup from which the archive was made: a path or a stream. */
  readonly against?: string | Readable | undefined;
  /** The archive holds only files: its database is moved as SQL. */
  readonly filesOnly?: boolean | undefined;
  /** Path that the server folder was made for. Default: its current path. */
  readonly installPath?: string | undefined;
  /** Insert every column of every row, and check every file in repositories.zip. */
  readonly deep?: boolean | undefined;
  /** Database to insert every row into: `mysql://…`, `postgres://…` or `sqlite:FILE`. Default: SQLite, for rows in doubt. */
  readonly database?: string | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Checks options from JavaScript. */
export const VERIFY_RULES: OptionRules<VerifyOptions> = {
  ...SOURCE_RULES,
  ...CONTENT_RULES,
  to: TEXT,
  against: PATH_OR_STREAM,
  filesOnly: FLAG,
  installPath: PATH,
  deep: FLAG,
  database: TEXT,
  onProgress: FUNCTION,
};

/** Options for a target of any list of releases. */
export type AnyVerifyOptions = Omit<VerifyOptions, 'to'> & { readonly to?: string | undefined };
