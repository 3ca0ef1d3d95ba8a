/** What can be asked of an upgrade. */
import { FLAG, FUNCTION, type OptionRules, oneOf, PATH, TEXT, TEXTS } from '../core/checkOptions.js';
import { OUTPUT_FORMATS, type OutputFormat } from '../core/outputFormats.js';
import type { Progress } from '../core/ProgressMeter.js';
import { ENGINES, type Engine } from '../engines/Engine.js';
import type { TargetName } from '../gogs/gogsHistory.js';
import { LAYOUT_NAMES, type LayoutName } from '../gogs/serverLayout.js';
import { SOURCE_RULES, type SourceOptions } from '../inputs/InputOptions.js';

/** What the JavaScript of a program may pass. Which targets there are is for the history of Gogs to say. */
export const UPGRADE_RULES: OptionRules<UpgradeOptions> = {
  ...SOURCE_RULES,
  to: TEXT,
  engine: oneOf(ENGINES),
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
  keepConfig: FLAG,
  set: TEXTS,
  exact: FLAG,
  redactTokens: FLAG,
  dropOrphans: FLAG,
  rehearsal: FLAG,
  checklist: FLAG,
  onProgress: FUNCTION,
};

/** For a target of any list of releases. */
export interface AnyUpgradeOptions extends Omit<UpgradeOptions, 'to'> {
  readonly to?: string | undefined;
}

export interface UpgradeOptions extends SourceOptions {
  /** The Gogs that is to restore the output. Default 0.13. */
  readonly to?: TargetName | undefined;
  /** Engine of the new server; default is what the archive's app.ini names. */
  readonly engine?: Engine | undefined;
  /** What to write; default is what the output's name says. */
  readonly format?: OutputFormat | undefined;
  /** Also write the database as SQL to this path, and a zip that holds the files alone. */
  readonly sql?: string | undefined;
  /** Carry over the files alone, into a zip without tables: the database comes as SQL. The input may lack its database. */
  readonly filesOnly?: boolean | undefined;
  /** Of the folder that a server starts on: `binary` beside the program (the default), or `docker` for the official image's /data. */
  readonly layout?: LayoutName | undefined;
  /** Where that folder will lie on the new server; default is where it is written. */
  readonly installPath?: string | undefined;
  /** Owner of everything in that folder, as `1000:1000`; only for root. */
  readonly owner?: string | undefined;
  /** Let the SQL drop tables that exist. */
  readonly dropExisting?: boolean | undefined;
  /** Replace an output that exists. */
  readonly force?: boolean | undefined;
  /** Verify what was written before it gets its name: see VerifyOptions. */
  readonly verify?: boolean | undefined;
  /** Refuse when something would be lost or needs a hand. */
  readonly strict?: boolean | undefined;
  /** Leave app.ini as it is. */
  readonly keepConfig?: boolean | undefined;
  /** Values for the new server's app.ini: `section.KEY=value`. */
  readonly set?: readonly string[] | undefined;
  /** Also write SQL, to be loaded after the restore, that puts right what `gogs restore` itself overwrites. */
  readonly exact?: boolean | undefined;
  /** Store tokens so that the archive holds no usable one. */
  readonly redactTokens?: boolean | undefined;
  /** Leave out rows that belong to something that is gone. */
  readonly dropOrphans?: boolean | undefined;
  /** An output for a test server: it reaches out to nobody. No backup to keep. */
  readonly rehearsal?: boolean | undefined;
  /** Write a page of what is left to do beside the output. Default true. The report has it in any case. */
  readonly checklist?: boolean | undefined;
  /** Called after each piece of the input that is read. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
