import type { ColumnShape } from '../../../core/rows.js';

/** A column as the engine defines it. */
export interface SqlColumn extends ColumnShape {
  /** `bigint(20)`, `character varying(255)` */
  readonly type: string;
  readonly nullable: boolean;
  /** Its default in SQL: `0`, `false`, `'x'`. */
  readonly default?: string;
  /** Its maximum length in characters (varchar of MySQL and PostgreSQL) or in bytes (text of MySQL). */
  readonly maxCharacters?: number;
  readonly maxBytes?: number;
}
