/** The contract of a check that looks at rows: one file a danger. */
import type { Notice } from '../findings.js';
import type { Engine } from '../gogs/engines.js';
import type { RowStep } from '../gogs/Migration.js';
import type { Table } from '../gogs/tables.js';
import type { Target } from '../gogs/targets.js';

export interface CheckContext {
  readonly target: Target;
  /** The engine the output is for; undefined when nobody said. */
  readonly engine: Engine | undefined;
  /** True when the output goes through `gogs restore`, false when it is SQL. */
  readonly restores: boolean;
  readonly notice: (notice: Notice) => void;
}

/**
 * Undefined for a table that it has nothing to say about. Otherwise a step that sees each row once it has the target's shape:
 * it reports, may mend a value, or leaves the row out by giving the reason.
 */
export type RowCheck = (table: Table, context: CheckContext) => RowStep | undefined;
