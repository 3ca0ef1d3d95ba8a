/** What a batch remembers of an input, beside its outputs: enough to tell what is done and whole, and to report it again. */

import type { UpgradeSummary, WrittenFile } from '../reports/BatchReport.js';

/** What identifies an input's content: while the system's own marks stay, so does the content. */
export interface InputMarks {
  readonly bytes: number;
  /** Nanoseconds, as text: more than a number holds. */
  readonly modified: string;
  /** Set by the system on every change, and by nobody else. */
  readonly changed: string;
  readonly inode: string;
}

/** The output's name is the batch's; whatever lies there is unfinished. */
export interface BegunRecord {
  readonly format: 1;
  readonly state: 'begun';
  readonly output: string;
}

export interface DoneRecord {
  readonly format: 1;
  readonly state: 'done';
  readonly output: string;
  /** What the output depends on besides the input: the tool's version and the options. */
  readonly conditions: string;
  readonly input: InputMarks & { readonly sha256: string };
  /** The output and what belongs to it. */
  readonly files: readonly WrittenFile[];
  readonly summary: UpgradeSummary;
  readonly seconds: number;
}

export type BatchRecord = BegunRecord | DoneRecord;
