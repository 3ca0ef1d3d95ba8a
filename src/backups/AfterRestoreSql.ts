/** SQL for the rows that `gogs restore` cannot read, to be loaded after it. Harmless when it is loaded twice. */
import { RefusedError } from '../errors.js';
import type { Engine } from '../gogs/engines.js';
import type { Table } from '../gogs/tables.js';
import type { Target } from '../gogs/targets.js';
import type { Row } from '../rows.js';
import type { LeftoverRows } from './BackupSink.js';

export interface AfterRestoreSqlOptions {
  /** Undefined when there is no place beside the output. */
  readonly path: string | undefined;
  readonly replace: boolean;
  readonly engine: Engine | undefined;
  readonly target: Target;
}

export class AfterRestoreSql implements LeftoverRows {
  readonly #options: AfterRestoreSqlOptions;

  constructor(options: AfterRestoreSqlOptions) {
    this.#options = options;
  }

  add(_table: Table, _row: Row): void {
    throw new RefusedError(`not yet ${this.#options.path}`);
  }

  async drain(): Promise<void> {}

  /** Path of the file; null when no row was added. */
  async commit(): Promise<string | null> {
    return null;
  }

  async abort(): Promise<void> {}
}
