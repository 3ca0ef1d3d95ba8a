/** What a statement of a dump does to rows, tables and names: `StatementReader` determines it, `StatementEffects` applies it. */

import type { QualifiedName } from '../syntax/SqlNames.js';

export type Meaning =
  /** Changes neither rows nor tables. `table`: the table it concerns. */
  | { readonly kind: 'harmless'; readonly table?: QualifiedName }
  /** Settings of the session. */
  | { readonly kind: 'set' | 'set-config' }
  | { readonly kind: 'reset'; readonly name: string }
  /** Drops temporary tables. `settings`: and resets all settings. */
  | { readonly kind: 'discard'; readonly settings: boolean }
  | { readonly kind: 'use'; readonly database: string }
  /** Begins a new session. `database`: undefined for the current one. */
  | { readonly kind: 'connect'; readonly database: string | undefined }
  | { readonly kind: 'encoding'; readonly encoding: string }
  | { readonly kind: 'attach' | 'detach'; readonly schema: string }
  | {
      readonly kind: 'create-table';
      readonly table: QualifiedName;
      readonly temporary: boolean;
      readonly ifNotExists: boolean;
      readonly orReplace: boolean;
    }
  | { readonly kind: 'create-view'; readonly view: QualifiedName; readonly temporary: boolean }
  /** `cascades`: it may also drop columns of tables. */
  | { readonly kind: 'drop-views'; readonly views: readonly QualifiedName[]; readonly cascades: boolean }
  | { readonly kind: 'create-schema'; readonly schema: string }
  /** The type that a domain of PostgreSQL stands for, with its constraints. */
  | { readonly kind: 'create-domain'; readonly name: string; readonly type: string }
  /** `isActive`: it might change rows. */
  | { readonly kind: 'create-function'; readonly name: string; readonly isActive: boolean }
  /** The character set of new tables of a MySQL database; `database`: undefined for the current one. */
  | { readonly kind: 'charset'; readonly database: string | undefined; readonly charset: string }
  /**
   * A trigger or a rule: from then on, rows of the table have effects that cannot be tracked. `makesView`: the table is a view
   * from then on.
   */
  | { readonly kind: 'create-trigger'; readonly table: QualifiedName; readonly makesView: boolean }
  | { readonly kind: 'drop-tables'; readonly tables: readonly QualifiedName[] }
  | { readonly kind: 'drop-database'; readonly database: string }
  | { readonly kind: 'drop-schema'; readonly schemas: readonly string[] }
  | {
      readonly kind: 'sequence';
      readonly sequence: QualifiedName;
      readonly owner?: QualifiedName | undefined;
      readonly nextId?: bigint;
      /** From then on only the database knows the next id. */
      readonly isComputed?: true;
    }
  /** Sets the next id of a table. `table`: undefined if unknown; `nextId`: undefined if only the database knows it. */
  | { readonly kind: 'count'; readonly table: QualifiedName | undefined; readonly nextId: bigint | undefined }
  /** Changes existing rows, if there are any. `tables`: undefined if unknown. */
  | { readonly kind: 'change-rows'; readonly tables: readonly QualifiedName[] | undefined }
  /** Adds rows that are not in the dump. */
  | { readonly kind: 'add-rows'; readonly table: QualifiedName | undefined }
  /** Changes a table in a way that cannot be tracked. */
  | { readonly kind: 'change-table'; readonly table: QualifiedName }
  /** Gives a table another name or schema, perhaps that of a table of Gogs. */
  | { readonly kind: 'rename-table'; readonly table: QualifiedName }
  | { readonly kind: 'alter-table'; readonly table: QualifiedName; readonly details: AlterDetails }
  | { readonly kind: 'begin' | 'commit' | 'rollback' | 'rollback-to' }
  /** Within a transaction, or in SQLite instead of one. */
  | { readonly kind: 'savepoint' | 'release'; readonly name: string }
  | { readonly kind: 'prepare' | 'execute'; readonly name: string; readonly isKnown: boolean }
  | { readonly kind: 'unknown' };

/** The relevant clauses of an ALTER TABLE. */
export interface AlterDetails {
  readonly nextId: bigint | undefined;
  /** Columns that are redefined with a type, which must be unchanged: phpMyAdmin adds AUTO_INCREMENT this way. */
  readonly modified: readonly { readonly column: string; readonly type: string }[];
  /** Columns with a new default from then on. */
  readonly defaults: readonly string[];
  /** The columns of each added key. */
  readonly keys: readonly (readonly string[])[];
}
