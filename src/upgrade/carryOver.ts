/** Moves everything from an input to an output: tables through the steps of each release, files unchanged. */
import type { Check } from '../checks/Check.js';
import type { Names } from '../checks/Names.js';
import type { Findings } from '../core/findings.js';
import { type Progress, ProgressMeter } from '../core/ProgressMeter.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import { FileSummary } from '../gogs/FileSummary.js';
import { CONFIG } from '../gogs/layout.js';
import { carriedFiles } from '../inputs/ArchiveFiles.js';
import { topFolderOf } from '../inputs/openRepositories.js';
import type { Destination } from '../outputs/Destination.js';
import type { Sink } from '../outputs/Sink.js';
import type { TableReport } from '../reports/TableReport.js';
import { lookIntoRepositories, type Repositories } from './lookIntoRepositories.js';
import type { UpgradePlan } from './planUpgrade.js';
import { startPlannedChecks } from './startPlannedChecks.js';
import { upgradeTables } from './upgradeTables.js';

export interface CarryOverOptions {
  readonly destination: Destination;
  /** Receives the rows: the destination, or a sink that passes them on to it. */
  readonly sink: Sink;
  /** Learns the names of rows for people. */
  readonly names: Names;
  /** Collects the findings. */
  readonly findings: Findings;
  readonly temporary: TemporaryFolder;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

export interface CarriedOver {
  readonly tables: readonly TableReport[];
  readonly files: FileSummary;
  /** The folder that repositories.zip unpacks to; undefined if there is none. */
  readonly repositoriesTop: string | undefined;
  /** The contents of repositories.zip; undefined if there is none, or if they were not examined. */
  readonly repositories: Repositories | undefined;
}

export async function carryOver(plan: UpgradePlan, options: CarryOverOptions): Promise<CarriedOver> {
  const { source, signal } = plan;
  const { deep } = plan.rows;
  const { destination, sink, findings, temporary } = options;
  const notice = findings.add.bind(findings);
  const hasTables = plan.rows.tablesGoTo !== 'nowhere';
  const summary = new FileSummary();
  const checks = hasTables ? startPlannedChecks(plan, notice, options.names, summary) : [];
  const progress = new ProgressMeter(source.bytesToRead, options.onProgress);
  const repositories = deep ? await lookIntoRepositories(source, checks, { temporary, notice, signal }) : undefined;
  const repositoriesTop = await topOfRepositories(plan);
  // A deep run shows every file.
  if (!deep && repositoriesTop !== undefined)
    for (const check of checks) check.seeRepositoriesFolder?.(repositoriesTop);
  await carryFiles(plan, destination, { checks, progress, summary });
  const tables = hasTables ? await upgradeTables(plan, { sink, checks, progress, notice }) : [];
  if (deep) judgeFiles(plan, checks);
  for (const check of checks) check.finish?.();
  return { tables, files: summary, repositoriesTop, repositories };
}

async function carryFiles(
  { files, rows }: UpgradePlan,
  destination: Destination,
  {
    checks,
    progress,
    summary,
  }: { readonly checks: readonly Check[]; readonly progress: ProgressMeter; readonly summary: FileSummary },
): Promise<void> {
  // An archive without app.ini may lack the whole custom folder. Otherwise, file names are checked only in a deep run.
  const seen = rows.deep || files?.config === undefined ? checks : [];
  const onFile = (name: string, bytes: number): void => {
    summary.add(name, bytes);
    for (const check of seen) check.seeFile?.({ name, bytes });
  };
  await destination.writeFiles?.({ onFile, onBytes: (bytes) => progress.add('files', bytes) });
  const { config } = files ?? {};
  if (config !== undefined) onFile(CONFIG, config.content.length);
}

/** `--set repository.ROOT=…` may differ from where a restore unpacks the repositories. */
async function topOfRepositories({ files }: UpgradePlan): Promise<string | undefined> {
  return files?.repositories && (await topFolderOf(files.zip, files.repositories));
}

function judgeFiles({ files }: UpgradePlan, checks: readonly Check[]): void {
  for (const { name, bytes } of carriedFiles(files)) {
    for (const check of checks) check.judgeFile?.({ name, bytes });
  }
}
