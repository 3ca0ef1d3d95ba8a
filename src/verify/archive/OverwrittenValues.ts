/** The values of a table that a restore overwrites, with their ids, as a digest: in an archive, or in the SQL that corrects them. */
import type { Row, RowConsumer } from '../../core/rows.js';
import type { Target } from '../../gogs/releases/foldReleases.js';
import { isOverwritten } from '../../gogs/restore/isOverwritten.js';
import type { Table } from '../../gogs/tables.js';
import { columnsInRelease, RowDigester } from '../digests/RowDigester.js';
import { TableDigest } from '../digests/TableDigest.js';

export class OverwrittenValues {
  readonly digest = new TableDigest();
  readonly #table: Table;
  readonly #target: Target;
  readonly #digester: RowDigester;

  constructor(table: Table, target: Target) {
    this.#table = table;
    this.#target = target;
    const overwritten = target.restore.overwrites.flatMap(({ table: name, columns }) =>
      name === table.name ? columns : [],
    );
    const wanted = new Set(['id', ...overwritten]);
    this.#digester = new RowDigester(
      columnsInRelease(table, target.firstRelease).filter(({ name }) => wanted.has(name)),
    );
  }

  /** Takes the rows of the SQL, all of which it corrects. */
  get consumer(): RowConsumer {
    return { row: (row) => this.#add(row) };
  }

  /** Takes a row of the archive that a restore reads. */
  restored(row: Row): void {
    if (isOverwritten(this.#target, this.#table, row)) this.#add(row);
  }

  #add(row: Row): void {
    this.#digester.digest(row);
    this.digest.add(this.#digester.words);
  }
}
