/** What every report says of an input. */
import type { SourceForm } from '../core/SourceForm.js';
import type { Engine } from '../engines/Engine.js';

export interface InputReport {
  /** As given; `standard input` for a stream. */
  readonly path: string;
  readonly form: SourceForm;
  readonly bytes: number;
  /** As the input says; null when it does not. */
  readonly gogsVersion: string | null;
  /** Row of table `version`, or what the release has. */
  readonly schemaVersion: number;
  /** When the backup was made, as the input says: ISO 8601; null when it does not say. */
  readonly date: string | null;
  /** The engine of the old server; null when nothing tells. */
  readonly engine: Engine | null;
  /** True for a backup that the target's own release wrote: a restore takes it as it is. */
  readonly isAtTarget: boolean;
}
