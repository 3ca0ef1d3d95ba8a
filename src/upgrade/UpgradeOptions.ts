/** The options of an upgrade. */
import { FLAG, FUNCTION, type OptionRules, oneOf, PATH, TEXT } from '../core/checkOptions.js';
import { OUTPUT_FORMATS, type OutputFormat } from '../core/outputFormats.js';
import type { Progress } from '../core/ProgressMeter.js';
import type { TargetName } from '../gogs/gogsHistory.js';
import { LAYOUT_NAMES, type LayoutName } from '../gogs/serverLayout.js';
import { SOURCE_RULES, type SourceOptions } from '../inputs/InputOptions.js';
import { CONTENT_RULES, type ContentOptions } from './ContentOptions.js';

/** Checks options from JavaScript. The history of Gogs determines the valid targets. */
export const UPGRADE_RULES: OptionRules<UpgradeOptions> = {
  ...SOURCE_RULES,
  ...CONTENT_RULES,
  to: TEXT,
  format: oneOf(OUTPUT_FORMATS),
  sql: PATH,
  filesOnly: FLAG,
  layout: oneOf(LAYOUT_NAMES),
  installPath: PATH,
  owner: TEXT,
  dropExisting: FLAG,
  force: FLAG,
  verify: FLAG,
  strict: FLAG,
  exact: FLAG,
  checklist: FLAG,
  compose: FLAG,
  onProgress: FUNCTION,
};

/** Options for a target of any list of releases. */
export interface AnyUpgradeOptions extends Omit<UpgradeOptions, 'to'> {
  readonly to?: string | undefined;
}

/** The options of an upgrade. */
export interface UpgradeOptions extends SourceOptions, ContentOptions {
  /** The Gogs that will restore the output. Default 0.13. */
  readonly to?: TargetName | undefined;
  /** Output format. Default: inferred from the output's name. */
  readonly format?: OutputFormat | undefined;
  /** Also write the database as SQL to this path; the zip then holds only the files. */
  readonly sql?: string | undefined;
  /** Carry over only the files, into a zip without tables; the database is moved as SQL. The input may lack its database. */
  readonly filesOnly?: boolean | undefined;
  /** Layout of a server folder: `binary` beside the program (the default), or `docker` for the official image's /data. */
  readonly layout?: LayoutName | undefined;
  /** Path of that folder on the new server. Default: the path it is written to. */
  readonly installPath?: string | undefined;
  /** Owner of everything in that folder, as `1000:1000`; only for root. */
  readonly owner?: string | undefined;
  /** Also write the docker-compose.yml that starts a server on that folder, beside it. Only for the layout `docker`. */
  readonly compose?: boolean | undefined;
  /** Let the SQL drop existing tables. */
  readonly dropExisting?: boolean | undefined;
  /** Replace an existing output. */
  readonly force?: boolean | undefined;
  /** Verify the output before it gets its final name: see VerifyOptions. */
  readonly verify?: boolean | undefined;
  /** Refuse the upgrade if something would be lost or needs a hand. */
  readonly strict?: boolean | undefined;
  /** Also write SQL that restores the values which `gogs restore` itself overwrites, to be loaded afterwards. */
  readonly exact?: boolean | undefined;
  /** Write a page of next steps beside the output. Default true. The report contains them in any case. */
  readonly checklist?: boolean | undefined;
  /** Called after each piece of input that is read. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
