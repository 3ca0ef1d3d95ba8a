/** What a batch did, for people and for programs; `format` counts its shape's versions. */
import type { FindingCode } from '../core/findingCodes.js';
import type { Severity } from '../core/findings.js';
import type { SourceForm } from '../core/SourceForm.js';

/** A file of an output. */
export interface WrittenFile {
  /** Relative to the output folder, with slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What an upgrade did, in short. */
export interface UpgradeSummary {
  readonly form: SourceForm;
  readonly gogsVersion: string | null;
  readonly schemaVersion: number;
  readonly target: string;
  /** True when the input was from the target's release already. */
  readonly isAtTarget: boolean;
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** `AccessToken: sha256 is new`. */
  readonly changes: readonly string[];
  /** False when a finding needs a hand. */
  readonly ready: boolean;
  readonly findings: readonly {
    readonly code: FindingCode;
    readonly severity: Severity;
    readonly title: string;
    /** True when a person has to act. */
    readonly needsHand: boolean;
    readonly count: number;
  }[];
}

/** Why an input failed. */
export interface BatchFailure {
  /** Class of the error: `InputError`. */
  readonly kind: string;
  readonly message: string;
}

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

/** Files in the folders of a batch that are not taken, of one kind. */
export interface PassedOver {
  /** `.txt`, `without an ending` */
  readonly kind: string;
  readonly count: number;
  /** The first few. */
  readonly examples: readonly string[];
}

export interface BatchReport {
  readonly reportVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly outDir: string;
  /** `3/16`; null when everything was this batch's. */
  readonly shard: string | null;
  /** By name of the input. */
  readonly inputs: readonly BatchResult[];
  readonly passedOver: readonly PassedOver[];
  readonly totals: Readonly<Record<BatchStatus, number>>;
  /** How many of the outputs are not ready as they are. */
  readonly needHand: number;
  readonly seconds: number;
  /** When it ended: ISO 8601. */
  readonly finishedAt: string;
}
