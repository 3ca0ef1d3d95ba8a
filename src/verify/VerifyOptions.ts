/** The options of a verification. */
import type { Readable } from 'node:stream';
import { FLAG, FUNCTION, type OptionRules, oneOf, PATH, PATH_OR_STREAM, TEXT, TEXTS } from '../core/checkOptions.js';
import type { Progress } from '../core/ProgressMeter.js';
import { ENGINES, type Engine } from '../engines/Engine.js';
import type { TargetName } from '../gogs/gogsHistory.js';
import { SOURCE_RULES, type SourceOptions } from '../inputs/InputOptions.js';

export interface VerifyOptions extends SourceOptions {
  /** The Gogs that will restore the archive. Default: the one in its metadata.ini. */
  readonly to?: TargetName | undefined;
  /** The backup from which the archive was made: a path or a stream. */
  readonly against?: string | Readable | undefined;
  /** Engine that the archive was made for. Default: the one in its app.ini. */
  readonly engine?: Engine | undefined;
  /** The archive holds only files: its database is moved as SQL. */
  readonly filesOnly?: boolean | undefined;
  /** The archive was made with this option. */
  readonly redactTokens?: boolean | undefined;
  /** The archive was made with this option. */
  readonly dropOrphans?: boolean | undefined;
  /** The archive was made with this option. */
  readonly rehearsal?: boolean | undefined;
  /** The archive was made with these values for app.ini: `section.KEY=value`. */
  readonly set?: readonly string[] | undefined;
  /** Path that the server folder was made for. Default: its current path. */
  readonly installPath?: string | undefined;
  /** The archive was made with this option. */
  readonly keepConfig?: boolean | undefined;
  /** Insert every column of every row, and check every file in repositories.zip. */
  readonly deep?: boolean | undefined;
  /** Database to insert rows into: `mysql://…`, `postgres://…` or `sqlite:FILE`. Default: SQLite in a temporary file. */
  readonly database?: string | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Checks options from JavaScript. */
export const VERIFY_RULES: OptionRules<VerifyOptions> = {
  ...SOURCE_RULES,
  to: TEXT,
  against: PATH_OR_STREAM,
  engine: oneOf(ENGINES),
  filesOnly: FLAG,
  redactTokens: FLAG,
  dropOrphans: FLAG,
  rehearsal: FLAG,
  set: TEXTS,
  keepConfig: FLAG,
  installPath: PATH,
  deep: FLAG,
  database: TEXT,
  onProgress: FUNCTION,
};

/** Options for a target of any list of releases. */
export type AnyVerifyOptions = Omit<VerifyOptions, 'to'> & { readonly to?: string | undefined };
