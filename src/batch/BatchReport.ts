/** What a batch did, for people and for programs; `format` counts its shape's versions. */
import type { UpgradeSummary, WrittenFile } from './BatchRecord.js';
import type { BatchFailure } from './messages.js';
import type { NamedInput } from './outputNames.js';

/** `kept`: done by an earlier run, and whole. `not begun`: the batch was ended before, by `failFast`. */
export type BatchStatus = 'upgraded' | 'kept' | 'failed' | 'not begun';

export interface BatchResult {
  /** As given, or as found in a folder that was given. */
  readonly input: string;
  /** Relative to the output folder; null when there is none. */
  readonly output: string | null;
  readonly status: BatchStatus;
  /** Null unless it is done. */
  readonly summary: UpgradeSummary | null;
  readonly inputBytes: number;
  /** Hexadecimal SHA-256; null unless it is done. */
  readonly inputSha256: string | null;
  /** The output and what belongs to it, with their SHA-256. */
  readonly files: readonly WrittenFile[];
  /** Of the upgrade, whenever it was done. */
  readonly seconds: number;
  readonly failure: BatchFailure | null;
}

export interface BatchReport {
  readonly format: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly outDir: string;
  /** `3/16`; null when everything was this batch's. */
  readonly shard: string | null;
  /** By name of the input. */
  readonly inputs: readonly BatchResult[];
  readonly totals: Readonly<Record<BatchStatus, number>>;
  readonly seconds: number;
}

export function countResults(results: readonly BatchResult[]): Record<BatchStatus, number> {
  const totals = { upgraded: 0, kept: 0, failed: 0, 'not begun': 0 };
  for (const { status } of results) totals[status]++;
  return totals;
}

/** A result of an input that came to nothing. */
export function undone(input: NamedInput, failure: BatchFailure | null, seconds = 0): BatchResult {
  return {
    input: input.path,
    output: null,
    status: failure === null ? 'not begun' : 'failed',
    summary: null,
    inputBytes: input.bytes,
    inputSha256: null,
    files: [],
    seconds,
    failure,
  };
}
