/** Examines an input and decides everything about its upgrade, before any row is read or anything is written. */
import { checkSettings } from '../checks/checkSettings.js';
import { PREVIEW_TARGET } from '../checks/previewTarget.js';
import { REHEARSAL_NOTICE } from '../checks/rehearsalNotice.js';
import { UsageError } from '../core/errors.js';
import type { Notice } from '../core/findings.js';
import { formatMonth } from '../core/format.js';
import type { OutputFormat, TablesFormat } from '../core/outputFormats.js';
import type { Engine } from '../engines/Engine.js';
import type { Target } from '../gogs/releases/foldReleases.js';
import { type ServerLayout, serverLayout } from '../gogs/serverLayout.js';
import type { ArchiveFiles } from '../inputs/ArchiveFiles.js';
import { checkCompleteness } from '../inputs/checkCompleteness.js';
import { findServerState } from '../inputs/findServerState.js';
import type { Origin } from '../inputs/identify.js';
import type { Source } from '../inputs/Source.js';
import type { OutputPlan } from '../outputs/OutputPlan.js';
import type { ContentOptions } from './ContentOptions.js';
import { leftOutTables } from './leftOutTables.js';
import { type PreparedConfig, prepareConfig } from './prepareConfig.js';
import { prepareMetadata } from './prepareMetadata.js';
import { texts } from './texts.js';

/** Options for the rows and app.ini. All are optional. */
export interface PlanOptions extends ContentOptions {
  /** Also write SQL that restores the values which `gogs restore` itself overwrites. */
  readonly exact?: boolean | undefined;
  /** Also examine what takes longer: file names, repositories, costly checks. */
  readonly deep?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What happens to the rows. */
export interface RowPlan {
  readonly format: OutputFormat;
  /** `zip`: rows get the shape that a restore expects. */
  readonly tablesGoTo: TablesFormat;
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
  /** Engine of the new server: the requested one, or that of app.ini or the source. */
  readonly engine: Engine | undefined;
  readonly rows: RowPlan;
  /** The layout of the server folder; undefined for other outputs. */
  readonly layout: ServerLayout | undefined;
  /** The new metadata.ini. */
  readonly metadata: Buffer;
  readonly config: PreparedConfig;
  /** The files of the source, without those that are left out; undefined if it has none. */
  readonly files: ArchiveFiles | undefined;
  /** Findings that need no rows. */
  readonly notices: readonly Notice[];
  readonly signal: AbortSignal | undefined;
}

/** Throws UsageError or InputError if the input cannot be upgraded as requested. */
export async function planUpgrade(
  source: Source,
  origin: Origin,
  target: Target,
  output: Pick<OutputPlan, 'format' | 'tablesGoTo' | 'server'>,
  options: PlanOptions,
): Promise<UpgradePlan> {
  const { schema } = origin;
  const { server } = output;
  const layout = server && serverLayout(server.layout, server.installPath);
  const asked = askedEngine(output.format, options.engine);
  const config = prepareConfig(source, target, {
    ...options,
    engine: asked,
    layout,
    isWritten: output.format === 'zip' || output.format === 'files',
  });
  const engine = asked ?? config.engine ?? source.engine;
  const { facts, settings } = config;
  const { rehearsal = false, redactTokens = false } = options;
  const state = await findServerState(source.files, {
    databasePath: config.oldDatabasePath,
    all: redactTokens || rehearsal,
  });
  const isRelevant = ({ code }: Notice): boolean => layout === undefined || !SETTLED_BY_LAYOUT.has(code);
  return {
    source,
    target,
    schema,
    engine,
    rows: {
      format: output.format,
      tablesGoTo: output.tablesGoTo,
      exact: options.exact ?? false,
      redactTokens,
      dropOrphans: options.dropOrphans ?? false,
      rehearsal,
      deep: options.deep ?? false,
    },
    layout,
    metadata: prepareMetadata(source, target),
    config,
    files: source.files && { ...source.files, leftOut: state.leftOut },
    notices: [
      ...(target.preview === undefined ? [] : [previewNotice(target)]),
      ...(source.notices ?? []),
      ...(output.tablesGoTo === 'nowhere' ? [] : checkCompleteness(source, origin, target.history)),
      ...target.byHand(schema).filter(isRelevant),
      ...(rehearsal ? [REHEARSAL_NOTICE] : []),
      ...config.notices,
      ...(facts === undefined
        ? []
        : checkSettings({ facts, changes: settings, from: source.gogsVersion, target }).filter(isRelevant)),
      ...leftOutTables(source, output, engine),
      ...state.notices,
    ],
    signal: options.signal,
  };
}

/** Does not apply to a server folder: its hooks are rewritten, and its paths are those of the layout. */
const SETTLED_BY_LAYOUT: ReadonlySet<string> = new Set(['old-hooks', 'relative-path']);

/** A database file is SQLite, regardless of the engine in app.ini. */
function askedEngine(format: OutputFormat, engine: Engine | undefined): Engine | undefined {
  if (format !== 'sqlite') return engine;
  if (engine !== undefined && engine !== 'sqlite3') {
    throw new UsageError(texts().notForSqlite({ engine }));
  }
  return 'sqlite3';
}

const previewNotice = ({ name, preview }: Target): Notice => ({
  ...PREVIEW_TARGET,
  title: texts().preview({ name, asOf: formatMonth(preview ?? '') }),
});
