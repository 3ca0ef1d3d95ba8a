/** The messages between a batch and its workers. */
import { FLAG, type OptionRules } from '../core/checkOptions.js';
import type { Language } from '../core/language.js';
import type { InputOptions } from '../inputs/InputOptions.js';
import type { BatchFailure } from '../reports/BatchReport.js';
import { UPGRADE_RULES, type UpgradeOptions } from '../upgrade/UpgradeOptions.js';
import type { DoneRecord } from './BatchRecord.js';
import type { NamedInput } from './outputNames.js';

/** Options for each upgrade; the batch itself sets the others. */
export interface BatchUpgradeOptions
  extends Omit<UpgradeOptions, 'force' | 'tempdir' | 'signal' | 'onProgress' | 'sql' | 'compose' | keyof InputOptions> {
  /** Write each database as SQL beside its output, which then holds only files. */
  readonly withSql?: boolean | undefined;
}

/** Rules for the options of `upgrade` within those of a batch. */
export const BATCH_UPGRADE_RULES: OptionRules<BatchUpgradeOptions> = batchRules();

function batchRules(): OptionRules<BatchUpgradeOptions> {
  const { sql, force, compose, tempdir, signal, onProgress, databaseDump, repositories, ...rules } = UPGRADE_RULES;
  return { ...rules, withSql: FLAG };
}

/** Settings that are sent to a worker once. Paths are absolute, because it works in the output folder. */
export interface WorkerSettings {
  readonly outDir: string;
  readonly language: Language;
  readonly tempdir: string | undefined;
  /** Replace outputs that no batch wrote. */
  readonly force: boolean;
  readonly upgrade: BatchUpgradeOptions;
}

/** The outcome of one input. */
export type Outcome =
  | { readonly status: 'upgraded' | 'kept'; readonly record: DoneRecord }
  | { readonly status: 'failed'; readonly failure: BatchFailure; readonly seconds: number }
  /** Another process is working on it. */
  | { readonly status: 'locked' }
  | { readonly status: 'aborted' };

export type ToWorker =
  | { readonly type: 'settings'; readonly settings: WorkerSettings }
  /** The path is absolute. */
  | { readonly type: 'input'; readonly input: NamedInput }
  | { readonly type: 'abort' };

export type FromWorker =
  | { readonly type: 'progress'; readonly doneBytes: number; readonly totalBytes: number }
  /** Memory that the worker uses, in bytes. */
  | { readonly type: 'memory'; readonly bytes: number }
  | { readonly type: 'outcome'; readonly outcome: Outcome; readonly memory: number };
