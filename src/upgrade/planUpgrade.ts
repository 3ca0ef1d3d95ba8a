/** Looks at an input and settles what an upgrade of it does, before anything is written. */
import type { Writable } from 'node:stream';
import type { Check } from '../checks/Check.js';
import { REHEARSAL_NOTICE } from '../checks/rehearsal.js';
import { Findings, type Notice } from '../core/findings.js';
import type { OutputFormat } from '../core/outputFormats.js';
import { filesToUpgrade } from '../gogs/releases/release0_10.js';
import { TARGETS, type Target } from '../gogs/targets.js';
import { identify } from '../inputs/identify.js';
import type { Source } from '../inputs/Source.js';
import { formatOf } from '../outputs/openDestination.js';
import { prepareChecks } from './prepareChecks.js';
import { type PreparedFiles, prepareFiles } from './prepareFiles.js';
import type { UpgradeOptions } from './UpgradeOptions.js';

/** Everything is settled here: what was not asked for has its default. */
export interface UpgradePlan extends PreparedFiles {
  readonly source: Source;
  readonly output: string | Writable;
  /** Path of the output, `-` for a stream. */
  readonly outputName: string;
  readonly format: OutputFormat;
  /** Where the database goes when the output holds the files alone. */
  readonly sql: string | undefined;
  readonly target: Target;
  /** Schema version of the source. */
  readonly schema: number;
  readonly exact: boolean;
  readonly dropExisting: boolean;
  readonly replace: boolean;
  readonly redactTokens: boolean;
  readonly rehearsal: boolean;
  readonly findings: Findings;
  readonly notice: (notice: Notice) => void;
  readonly signal: AbortSignal | undefined;
  /** Starts the checks anew; what they find goes to `notice`. */
  startChecks(notice: (notice: Notice) => void): Promise<Check[]>;
}

/** Throws VersionError, InputError or UsageError when there is no way from the input to what is asked for. */
export async function planUpgrade(
  source: Source,
  output: string | Writable,
  options: UpgradeOptions,
): Promise<UpgradePlan> {
  const { format = formatOf(output), sql, signal, exact = false, rehearsal = false, dropOrphans = false } = options;
  const target = TARGETS[options.to ?? '0.13'];
  const findings = new Findings();
  const notice = findings.add.bind(findings);
  const { schema } = await identify(source, target, signal);
  for (const found of filesToUpgrade(schema)) notice(found);
  if (rehearsal) notice(REHEARSAL_NOTICE);
  const prepared = prepareFiles(source, target, options, notice);
  return {
    ...prepared,
    ...{ source, output, format, sql, target, schema, exact, rehearsal, findings, notice, signal },
    outputName: typeof output === 'string' ? output : '-',
    dropExisting: options.dropExisting ?? false,
    replace: options.force ?? false,
    redactTokens: options.redactTokens ?? false,
    startChecks: (listener) =>
      prepareChecks(source, prepared, {
        ...{ target, exact, dropOrphans, deep: false, notice: listener },
        // Rows that go as SQL meet no restore.
        restores: format === 'zip' && sql === undefined,
      }),
  };
}
