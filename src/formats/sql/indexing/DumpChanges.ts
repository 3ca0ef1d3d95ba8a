/** Collects the statements of a dump after which a database would hold other rows than those in the dump. */

import type { SqlDump } from '../dump/SqlDump.js';
import type { SqlStatement } from '../statements/SqlStatement.js';
import type { Dialect } from '../syntax/Dialect.js';
import type { CatalogTable } from './Catalog.js';
import type { SqlSession } from './SqlSession.js';

export class DumpChanges {
  /** Those that may concern any table. */
  readonly general: SqlDump['changes'][number][] = [];
  readonly #dialect: Dialect;
  readonly #session: SqlSession;

  constructor(dialect: Dialect, session: SqlSession) {
    this.#dialect = dialect;
    this.#session = session;
  }

  /** `effect`: completes "the statement …". */
  addTo(table: CatalogTable, statement: SqlStatement & { readonly isSecondDump?: boolean }, effect: string): void {
    table.changes.push({ ...statement, effect });
    // Which tables SQLite has, and their next ids, are rows too.
    if (table.name.startsWith('sqlite_') && this.#dialect === 'sqlite3') this.addGeneral(statement, effect);
  }

  addGeneral(statement: SqlStatement, effect: string): void {
    this.general.push({ ...statement, effect, database: this.#session.database });
  }
}
