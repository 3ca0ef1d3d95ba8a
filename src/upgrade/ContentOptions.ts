/** Options for the rows and the app.ini of an output, which a verification of it has to know too. */
import { FLAG, type OptionRules, oneOf, TEXTS } from '../core/checkOptions.js';
import { ENGINES, type Engine } from '../engines/Engine.js';

/** Options for the content of an output: its rows and its app.ini. */
export interface ContentOptions {
  /** Engine of the new server. Default: the one in the archive's app.ini. */
  readonly engine?: Engine | undefined;
  /** Leave app.ini unchanged. */
  readonly keepConfig?: boolean | undefined;
  /** Values for the new server's app.ini: `section.KEY=value`. */
  readonly set?: readonly string[] | undefined;
  /** Store tokens so that none can be used from the archive. */
  readonly redactTokens?: boolean | undefined;
  /** Leave out rows that belong to something that no longer exists. */
  readonly dropOrphans?: boolean | undefined;
  /** Make an output for a test server that contacts nobody. Do not keep it as a backup. */
  readonly rehearsal?: boolean | undefined;
}

export const CONTENT_RULES: OptionRules<ContentOptions> = {
  engine: oneOf(ENGINES),
  keepConfig: FLAG,
  set: TEXTS,
  redactTokens: FLAG,
  dropOrphans: FLAG,
  rehearsal: FLAG,
};
