/** Results of inputs, before they become a report. */
import type { BatchFailure, BatchResult, BatchStatus } from '../reports/BatchReport.js';
import type { NamedInput } from './outputNames.js';

export function countResults(results: readonly BatchResult[]): Record<BatchStatus, number> {
  const totals = { upgraded: 0, kept: 0, failed: 0, 'not begun': 0 };
  for (const { status } of results) totals[status]++;
  return totals;
}

/** The result of an input without an output. */
export function resultWithoutOutput(input: NamedInput, failure: BatchFailure | null, seconds = 0): BatchResult {
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
