/** The description of the input in every report. */
import type { SourceForm } from '../core/SourceForm.js';
import type { Engine } from '../engines/Engine.js';

/** The description of an input. */
export interface InputReport {
  /** As given; `standard input` for a stream. */
  readonly path: string;
  readonly form: SourceForm;
  readonly bytes: number;
  /** From the input; null if unknown. */
  readonly gogsVersion: string | null;
  /** From table `version`, or else that of the release. */
  readonly schemaVersion: number;
  /** When the backup was made, from the input, in ISO 8601; null if unknown. */
  readonly date: string | null;
  /** The engine of the old server; null if unknown. */
  readonly engine: Engine | null;
  /** True for a backup written by the target's own release: it can be restored as it is. */
  readonly isAtTarget: boolean;
}
