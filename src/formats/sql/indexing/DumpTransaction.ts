/** Follows the transactions of a dump: rows that are never committed, or rolled back, are not in a database. */

import type { SqlPlace } from '../statements/SqlStatement.js';
import type { SessionState, SqlSession } from './SqlSession.js';

interface OpenTransaction {
  /** The statement that began it. */
  readonly place: SqlPlace;
  hasRows: boolean;
  /** SQLite's savepoints in it, the last one innermost, if the first of them began it. */
  readonly savepoints: string[];
  /** The settings before it. */
  readonly state: SessionState;
}

export class DumpTransaction {
  readonly #session: SqlSession;
  #open: OpenTransaction | undefined;

  constructor(session: SqlSession) {
    this.#session = session;
  }

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Whether rows would be lost if it never ended. */
  get hasRows(): boolean {
    return this.#open?.hasRows === true;
  }

  /** The statement that began it, if it has rows. */
  get uncommitted(): SqlPlace | undefined {
    return this.#open?.hasRows === true ? this.#open.place : undefined;
  }

  /** The settings of the session before it; undefined outside a transaction. */
  get stateBefore(): SessionState | undefined {
    return this.#open?.state;
  }

  /** Has no effect within a transaction. */
  begin(place: SqlPlace, savepoint?: string): void {
    if (this.#open === undefined) {
      const savepoints = savepoint === undefined ? [] : [savepoint];
      this.#open = { place, hasRows: false, savepoints, state: this.#session.state };
    } else if (savepoint !== undefined && this.#open.savepoints.length > 0) this.#open.savepoints.push(savepoint);
  }

  addRows(place: SqlPlace): void {
    if (!this.#session.autocommit) this.begin(place);
    this.addTable();
  }

  /** A table that is rolled back takes its rows with it. */
  addTable(): void {
    if (this.#open !== undefined) this.#open.hasRows = true;
  }

  end(): void {
    this.#open = undefined;
  }

  /** In SQLite, releasing the savepoint that began a transaction commits it. Of equal names, the innermost is meant. */
  release(savepoint: string): void {
    const at = this.#open?.savepoints.lastIndexOf(savepoint) ?? -1;
    if (at === 0) this.#open = undefined;
    else if (at > 0) this.#open?.savepoints.splice(at);
  }
}
