import type { Producer } from '../../../engines/DatabaseEngine.js';
import type { Engine } from '../../../engines/Engine.js';

/** The engines whose SQL is supported. */
export type Dialect = Engine;

export interface DumpKind {
  readonly dialect: Dialect;
  readonly producer: Producer;
  /**
   * A backslash is an escape in `'…'`. xorm only doubles quotes, even for MySQL, where the server would read its dumps
   * differently: what xorm meant counts.
   */
  readonly backslashEscapes: boolean;
}
