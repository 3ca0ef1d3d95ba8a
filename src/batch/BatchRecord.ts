/** What a batch remembers of an input, beside its outputs: enough to tell what is done and whole, and to report it again. */

import type { Severity } from '../core/findings.js';
import type { SourceForm } from '../core/SourceForm.js';
import type { TargetName } from '../gogs/targets.js';

/** A file of an output. */
export interface WrittenFile {
  /** Relative to the output folder, with slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What identifies an input's content: while the system's own marks stay, so does the content. */
export interface InputMarks {
  readonly bytes: number;
  /** Nanoseconds, as text: more than a number holds. */
  readonly modified: string;
  /** Set by the system on every change, and by nobody else. */
  readonly changed: string;
  readonly inode: string;
}

/** What an upgrade did, in short. */
export interface UpgradeSummary {
  readonly form: SourceForm;
  readonly gogsVersion: string | null;
  readonly schemaVersion: number;
  readonly target: TargetName;
  /** True when the input was from the target's release already. */
  readonly alreadyAtTarget: boolean;
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** `AccessToken: sha256 is new`. */
  readonly changes: readonly string[];
  readonly findings: readonly {
    readonly code: string;
    readonly severity: Severity;
    readonly title: string;
    readonly count: number;
  }[];
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
