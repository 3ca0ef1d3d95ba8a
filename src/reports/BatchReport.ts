/** The report of a batch, for people and programs; `reportVersion` is the version of its structure. */
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

/** A short summary of an upgrade. */
export interface UpgradeSummary {
  readonly form: SourceForm;
  readonly gogsVersion: string | null;
  readonly schemaVersion: number;
  readonly target: string;
  /** True if the input was already from the target's release. */
  readonly isAtTarget: boolean;
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** `AccessToken: sha256 is new`. */
  readonly changes: readonly string[];
  /** False if a finding needs a hand. */
  readonly ready: boolean;
  readonly findings: readonly {
    readonly code: FindingCode;
    readonly severity: Severity;
    readonly title: string;
    /** True if a person has to act. */
    readonly needsHand: boolean;
    readonly count: number;
  }[];
}

/** Why an input failed. */
export interface BatchFailure {
  /** Class name of the error: `InputError`. */
  readonly kind: string;
  readonly message: string;
}

/** `kept`: done by an earlier run, and intact. `not begun`: the batch ended before, because of `failFast`. */
export type BatchStatus = 'upgraded' | 'kept' | 'failed' | 'not begun';

/** The result of one input of a batch. */
export interface BatchResult {
  /** As given, or as found in a given folder. */
  readonly input: string;
  /** Relative to the output folder; null if there is none. */
  readonly output: string | null;
  readonly status: BatchStatus;
  /** Null unless the input is done. */
  readonly summary: UpgradeSummary | null;
  readonly inputBytes: number;
  /** Hexadecimal SHA-256; null unless the input is done. */
  readonly inputSha256: string | null;
  /** The output and its accompanying files, with their SHA-256. */
  readonly files: readonly WrittenFile[];
  /** Duration of the upgrade, in whichever run it was done. */
  readonly seconds: number;
  readonly failure: BatchFailure | null;
}

/** Skipped files of one kind in the folders of a batch. */
export interface PassedOver {
  /** `.txt`, `without an ending` */
  readonly kind: string;
  readonly count: number;
  /** The first few paths. */
  readonly examples: readonly string[];
}

/** The report of a batch: see docs/report.md. */
export interface BatchReport {
  readonly reportVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly outDir: string;
  /** `3/16`; null if the batch takes all inputs. */
  readonly shard: string | null;
  /** Sorted by name of the input. */
  readonly inputs: readonly BatchResult[];
  readonly passedOver: readonly PassedOver[];
  readonly totals: Readonly<Record<BatchStatus, number>>;
  /** Number of outputs that need a hand. */
  readonly needHand: number;
  readonly seconds: number;
  /** When the batch ended, in ISO 8601. */
  readonly finishedAt: string;
}
