/** Words what a rehearsed restore finds in one table: each finding with its row or line, and without any value. */

import type { Names } from '../../checks/Names.js';
import type { Notice } from '../../core/findings.js';
import { listed } from '../../core/language.js';
import type { Cell, Row } from '../../core/rows.js';
import { engineNamed } from '../../engines/engineNamed.js';
import type { StructProblem } from '../../gogs/restore/GoStruct.js';
import type { Table } from '../../gogs/tables.js';
import type { RowDifference } from '../digests/findDifferences.js';
import { describeLabel, rowLabeller } from '../digests/rowLabels.js';
import type { TableDigest } from '../digests/TableDigest.js';
import { failure, information } from '../findings/notices.js';
import { texts } from '../texts.js';
import type { NulEffect } from './readTable.js';
import type { VerifyTablesOptions } from './VerifyTablesOptions.js';

interface ScratchOrigin {
  /** For people: `SQLite 3.53.4`. */
  readonly product: string;
  /** Some rows came from the SQL to load after the restore. */
  readonly isScripted: boolean;
}

type Options = Pick<VerifyTablesOptions, 'target' | 'engine' | 'leftovers' | 'notice'>;

export class TableNotices {
  /** Identifies a row in the other calls. */
  readonly labelOf: (row: Row) => string;

  readonly #table: Table;
  readonly #options: Options;
  readonly #names: Names;

  constructor(table: Table, names: Names, options: Options) {
    this.labelOf = rowLabeller(table);
    this.#table = table;
    this.#names = names;
    this.#options = options;
  }

  damaged(message: string): void {
    this.#notice(failure('damaged', texts().damaged), message);
  }

  /** `key`: the column's key in the line. */
  problem(problem: StructProblem, key: string, row: Row): void {
    const words = texts();
    const place = words.keyAt({ place: this.#place(row), key });
    const { target } = this.#options;
    if (problem === 'unfit') this.#notice(failure('unfit-value', words.unfitValue), place);
    else if (problem === 'replaced') {
      const { title, replaced, findEncoding } = words.notUtf8;
      const consequence = replaced({ release: target.name });
      this.#notice(failure('not-utf8', { title, consequence, remedy: findEncoding }), place);
    } else if (problem === 'null') this.#notice(failure('null-key', words.nullKey), place);
    else {
      const { title, leftEmpty, fromRowBefore } = words.missingKey;
      const consequence = target.restore.gormTables.has(this.#table.name) ? leftEmpty : fromRowBefore;
      this.#notice(failure('missing-key', { title, consequence }), place);
    }
  }

  notUtf8(row: Row, cell: Cell): void {
    const column = this.#table.columns[row.cells.indexOf(cell)]?.name;
    this.#notice(failure('not-utf8', texts().notUtf8), texts().keyAt({ place: this.#place(row), key: column ?? '?' }));
  }

  unreadable(message: string): void {
    this.#notice(failure('unreadable-line', texts().unreadableLine), message);
  }

  /** Whether a NUL character in this table is worth a notice. */
  get reportsNul(): boolean {
    return this.#options.target.restore.gormTables.has(this.#table.name) || this.#refusesNul();
  }

  nul(line: number, effect: NulEffect): void {
    const place = texts().lineOf({ file: `${this.#table.type}.json`, line });
    if (effect === 'breaks') {
      this.#notice(failure('nul-breaks-row', texts().nulBreaksRow), place);
    } else if (effect === 'kept' && this.#refusesNul()) {
      this.#notice(failure('nul-on-postgres', texts().nulOnPostgres), place);
    } else if (effect === 'stripped') {
      this.#notice(information('nul-stripped', texts().nulStripped), place);
    }
  }

  /** A row that neither the restore nor its SQL produces. */
  lost(row: Row): void {
    const { path } = this.#options.leftovers;
    const { title, consequence, putSqlBeside, makeBothAnew } = texts().rowNotRestored;
    const bytes = this.#options.target.restore.maxLineBytes;
    const remedy = path === undefined ? putSqlBeside : makeBothAnew({ path });
    this.#notice(failure('row-not-restored', { title, consequence: consequence({ bytes }), remedy }), this.#place(row));
  }

  /** The line at which the restore stops, and the number of rows that the SQL therefore contains. */
  longLine({ line, bytes }: { readonly line: number; readonly bytes: number }, rows: number): void {
    const words = texts().needsSql;
    this.#notice(information('needs-sql', words), words.place({ table: this.#table.type, line, bytes, rows }));
  }

  rowWithoutId(row: Row): void {
    this.#notice(failure('row-without-id', texts().rowWithoutId), this.#place(row));
  }

  tokenHashMismatch(row: Row): void {
    this.#notice(failure('token-hash-mismatch', texts().tokenHashMismatch), this.#place(row));
  }

  otherSchemaVersion(row: Row): void {
    const { title, consequence } = texts().schemaVersion;
    const { schema, name } = this.#options.target;
    const words = { title: title({ schema }), consequence: consequence({ release: name }) };
    this.#notice(failure('schema-version', words), this.#place(row));
  }

  refused(label: string, reason: string): void {
    const place = texts().keyAt({ place: this.#describe(label), key: reason });
    this.#notice(failure('row-refused', texts().rowRefused), place);
  }

  /** The scratch database returns other rows than `inserted`. */
  databaseDiffers(held: TableDigest, inserted: TableDigest, { product, isScripted }: ScratchOrigin): void {
    const { title, consequence, place } = texts().databaseDiffers;
    const where = place({ table: this.#table.type, held: held.rows, given: inserted.rows });
    if (isScripted) {
      const words = { ...texts().sqlTableDiffers, remedy: texts().doNotLoadSql };
      this.#notice(failure('sql-table-differs', words), where);
    } else this.#notice(failure('database-differs', { title: title({ product }), consequence }), where);
  }

  /** The SQL to load after the restore corrects other values than the table has. */
  correctsOthers(): void {
    const words = { ...texts().sqlTableDiffers, remedy: texts().doNotLoadSql };
    this.#notice(failure('sql-table-differs', words), this.#table.type);
  }

  tableDiffers(found: TableDigest, expected: TableDigest, differences: readonly RowDifference[]): void {
    const words = texts().tableDiffers;
    const place = words.place({ table: this.#table.type, found: found.rows, expected: expected.rows });
    this.#notice(failure('table-differs', words), place);
    for (const difference of differences) this.#rowDiffers(difference);
  }

  #rowDiffers({ label, what, columns }: RowDifference): void {
    const { rowsMissing, rowsUnexpected, rowsDiffer, archiveChanged, keyAt } = texts();
    const title = { missing: rowsMissing, unexpected: rowsUnexpected, different: rowsDiffer }[what];
    const place = this.#describe(label);
    this.#notice(
      failure(`row-${what}`, { title, consequence: archiveChanged }),
      columns.length === 0 ? place : keyAt({ place, key: listed(columns) }),
    );
  }

  #refusesNul(): boolean {
    const { engine } = this.#options;
    return engine !== undefined && !engineNamed(engine).values.takesNul;
  }

  #place(row: Row): string {
    return texts().rowPlace({ row: this.#describe(this.labelOf(row)), line: row.line });
  }

  #describe(label: string): string {
    return describeLabel(this.#table, label, this.#names);
  }

  #notice(notice: Notice, place: string): void {
    this.#options.notice({ ...notice, place });
  }
}
