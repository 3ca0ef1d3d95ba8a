/** Looks at an input and settles what an upgrade of it does, before a row is read or anything is written. */
import { checkSettings } from '../checks/checkSettings.js';
import { REHEARSAL_NOTICE } from '../checks/rehearsal.js';
import type { Notice } from '../core/findings.js';
import type { OutputFormat } from '../core/outputFormats.js';
import type { Engine } from '../gogs/engines.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import type { Origin } from '../inputs/identify.js';
import type { Source } from '../inputs/Source.js';
import type { OutputPlan } from '../outputs/OutputPlan.js';
import { leftOutTables } from './leftOutTables.js';
import { type PreparedConfig, prepareConfig } from './prepareConfig.js';
import { prepareMetadata } from './prepareMetadata.js';

/** What may be asked of the rows and of app.ini. Everything has its default. */
export interface PlanOptions {
  readonly engine?: Engine | undefined;
  readonly keepConfig?: boolean | undefined;
  readonly set?: readonly string[] | undefined;
  readonly exact?: boolean | undefined;
  readonly redactTokens?: boolean | undefined;
  readonly dropOrphans?: boolean | undefined;
  readonly rehearsal?: boolean | undefined;
  /** Look at everything that can be known: names of files, repositories, costly checks. */
  readonly deep?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What becomes of the rows. */
export interface RowPlan {
  readonly format: OutputFormat;
  /** `zip`: they get the shape that a restore expects. */
  readonly tablesGoTo: OutputFormat;
  readonly exact: boolean;
  readonly redactTokens: boolean;
  readonly dropOrphans: boolean;
  readonly rehearsal: boolean;
  readonly deep: boolean;
}

export interface UpgradePlan {
  readonly source: Source;
  readonly target: Target;
  /** Schema version of the source. */
  readonly schema: number;
  /** Engine of the new server: what was asked for, or else what app.ini or the source says. */
  readonly engine: Engine | undefined;
  readonly rows: RowPlan;
  /** The new metadata.ini. */
  readonly metadata: Buffer;
  readonly config: PreparedConfig;
  /** What is known without reading a row. */
  readonly notices: readonly Notice[];
  readonly signal: AbortSignal | undefined;
}

/** Throws UsageError or InputError when there is no way from the input to what is asked for. */
export function planUpgrade(
  source: Source,
  { schema }: Origin,
  target: Target,
  output: Pick<OutputPlan, 'format' | 'tablesGoTo'>,
  options: PlanOptions,
): UpgradePlan {
  const config = prepareConfig(source, target, options);
  const engine = options.engine ?? config.engine ?? source.engine;
  const { facts, settings } = config;
  const { rehearsal = false } = options;
  return {
    source,
    target,
    schema,
    engine,
    rows: {
      format: output.format,
      tablesGoTo: output.tablesGoTo,
      exact: options.exact ?? false,
      redactTokens: options.redactTokens ?? false,
      dropOrphans: options.dropOrphans ?? false,
      rehearsal,
      deep: options.deep ?? false,
    },
    metadata: prepareMetadata(source, target),
    config,
    notices: [
      ...target.byHand(schema),
      ...(rehearsal ? [REHEARSAL_NOTICE] : []),
      ...config.notices,
      ...(facts === undefined
        ? []
        : checkSettings({ facts, changes: settings, from: source.gogsVersion, to: target.firstRelease })),
      ...leftOutTables(source, output.tablesGoTo, engine),
    ],
    signal: options.signal,
  };
}
