/** What can be asked of a verification. */
import type { Readable } from 'node:stream';
import { FLAG, FUNCTION, type OptionRules, oneOf, PATH, PATH_OR_STREAM, TEXT, TEXTS } from '../core/checkOptions.js';
import type { Progress } from '../core/ProgressMeter.js';
import { ENGINES, type Engine } from '../engines/Engine.js';
import type { TargetName } from '../gogs/gogsHistory.js';
import { SOURCE_RULES, type SourceOptions } from '../inputs/InputOptions.js';

export interface VerifyOptions extends SourceOptions {
  /** The Gogs that is to restore the archive. Default is the one its metadata.ini names. */
  readonly to?: TargetName | undefined;
  /** The backup that the archive was made of: a path or a stream. */
  readonly against?: string | Readable | undefined;
  /** Engine that the archive was made for; default is what its app.ini names. */
  readonly engine?: Engine | undefined;
  /** The archive is to hold the files alone: its database comes as SQL. */
  readonly filesOnly?: boolean | undefined;
  /** The archive was made with this option. */
  readonly redactTokens?: boolean | undefined;
  /** The archive was made with this option. */
  readonly dropOrphans?: boolean | undefined;
  /** The archive was made with this option. */
  readonly rehearsal?: boolean | undefined;
  /** The archive was made with these values for app.ini: `section.KEY=value`. */
  readonly set?: readonly string[] | undefined;
  /** The folder of a server was made for this place. Default is where it lies. */
  readonly installPath?: string | undefined;
  /** The archive was made with this option. */
  readonly keepConfig?: boolean | undefined;
  /** Try every column of every row, and check every file within repositories.zip. */
  readonly deep?: boolean | undefined;
  /** Where rows are tried: `mysql://…`, `postgres://…` or `sqlite:FILE`. Default is SQLite in a temporary file. */
  readonly database?: string | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What the JavaScript of a program may pass. */
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

/** For a target of any list of releases. */
export type AnyVerifyOptions = Omit<VerifyOptions, 'to'> & { readonly to?: string | undefined };
