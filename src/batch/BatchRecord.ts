/**
 * The record of an input that a batch keeps beside its outputs: enough to tell whether it is done and intact, and to report it
 * again.
 */

import type { UpgradeSummary, WrittenFile } from '../reports/BatchReport.js';

/** Identifies the content of an input: as long as these values of the file system are unchanged, so is the content. */
export interface InputMarks {
  readonly bytes: number;
  /** Nanoseconds, as text, because they exceed an exact number. */
  readonly modified: string;
  /** Set by the system on every change; programs cannot set it. */
  readonly changed: string;
  readonly inode: string;
}

/** The batch has reserved the output's name; any file there is unfinished. */
export interface BegunRecord {
  readonly format: 1;
  readonly state: 'begun';
  readonly output: string;
}

export interface DoneRecord {
  readonly format: 1;
  readonly state: 'done';
  readonly output: string;
  /** Everything the output depends on besides the input: the tool's version and the options. */
  readonly conditions: string;
  readonly input: InputMarks & { readonly sha256: string };
  /** The output and its accompanying files. */
  readonly files: readonly WrittenFile[];
  /** For a folder, what belongs to it besides the contents of its files: see `digestShape`. */
  readonly shape: string;
  readonly summary: UpgradeSummary;
  readonly seconds: number;
}

export type BatchRecord = BegunRecord | DoneRecord;
