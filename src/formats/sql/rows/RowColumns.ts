/** The columns of the rows that a statement lists: their cells, and the values that an engine would store in them. */

import { InputError } from '../../../core/errors.js';
import { Cell, CellKind, type ColumnKind, type ExtraCell, type RowReceiver } from '../../../core/rows.js';
import { RowProblem } from '../../RowProblem.js';
import type { DefinedColumn } from '../definitions/TableDefinition.js';
import type { SqlDump, SqlRowRange, SqlTable } from '../dump/SqlDump.js';
import type { LiteralRules } from '../syntax/LiteralRules.js';
import { texts } from '../texts.js';
import type { LiteralForm } from '../values/SqlValue.js';
import { ValueFitter } from '../values/ValueFitter.js';
import { AutomaticId } from './AutomaticId.js';
import { ColumnFiller } from './ColumnFiller.js';
import { KeyConflicts } from './KeyConflicts.js';

export interface RowColumnsOptions {
  /** The name of the dump for messages. */
  readonly name?: string;
  /** The columns of a table that has neither a definition nor column lists. */
  readonly columns?: readonly string[] | undefined;
  /** The kind of a column that the dump does not define. */
  readonly kindOf?: ((name: string) => ColumnKind | undefined) | undefined;
}

export class RowColumns {
  /** The cells of the listed columns, in their order. */
  readonly cells: Cell[] = [];
  /** Their indexes in the row; undefined for extras. */
  readonly #indexes: (number | undefined)[] = [];
  readonly #dump: SqlDump;
  readonly #table: SqlTable;
  readonly #receiver: RowReceiver;
  readonly #options: RowColumnsOptions;
  readonly #extras: ExtraCell[] = [];
  readonly #fitters: ValueFitter[] = [];
  /** The filler of each listed column; undefined for one that the dump does not define. */
  readonly #fillers: (ColumnFiller | undefined)[] = [];
  /** The fillers of columns that a statement does not list. */
  readonly #omitted: { readonly cell: Cell; readonly filler: ColumnFiller }[] = [];
  readonly #ids: AutomaticId;
  /** Index of the automatic id among the listed columns; -1 if it is not listed. */
  #idAt = -1;
  /** Whether the rows of this statement have explicit ids; undefined before the first row. */
  #givesIds: boolean | undefined;
  /** Undefined if no statement handles existing keys. */
  readonly #conflicts: KeyConflicts | undefined;

  constructor(dump: SqlDump, table: SqlTable, receiver: RowReceiver, options: RowColumnsOptions) {
    this.#dump = dump;
    this.#table = table;
    this.#receiver = receiver;
    this.#options = options;
    const resolves = table.resolvesConflicts || table.rows.some(({ resolvesConflicts }) => resolvesConflicts);
    this.#conflicts = resolves ? new KeyConflicts(table.keys, table.comparison) : undefined;
    this.#ids = new AutomaticId(dump.kind.dialect, table.firstId);
  }

  beginStatement(): void {
    this.#givesIds = undefined;
  }

  /** Sets up the cells for a list of columns, in its order. */
  take(listed: readonly string[] | undefined, { rules, line, statementStart }: SqlRowRange): void {
    const name = this.#options.name ?? this.#dump.path;
    const names = listed ?? this.#table.columns?.map(({ name }) => name) ?? this.#options.columns;
    if (names === undefined) {
      throw new InputError(texts().noColumns({ table: this.#table.name, name, line, byte: statementStart }));
    }
    this.cells.length = 0;
    this.#indexes.length = 0;
    this.#extras.length = 0;
    if (new Set(names.map((each) => each.toLowerCase())).size < names.length) {
      const problem = texts().rows.columnTwice;
      throw new InputError(texts().badRow({ table: this.#table.name, name, line, byte: statementStart, problem }));
    }
    this.#fitters.length = 0;
    this.#fillers.length = 0;
    this.#omitted.length = 0;
    this.#conflicts?.setColumns(names.map((each) => this.#columnBehind(each) ?? ''));
    const { dialect } = this.#dump.kind;
    for (const given of names) {
      const column = this.#columnBehind(given);
      if (column === undefined) {
        // SQLite's internal row number, which is not in any column.
        this.#fitters.push(new ValueFitter(dialect, undefined, undefined, rules));
        this.#fillers.push(undefined);
        this.cells.push(new Cell());
        this.#indexes.push(undefined);
        continue;
      }
      const defined = this.#defined(column);
      const fitter = new ValueFitter(dialect, defined, this.#options.kindOf?.(column), rules);
      this.#fitters.push(fitter);
      this.#fillers.push(defined === undefined ? undefined : this.#fillerOf(defined, fitter, rules));
      const index = this.#receiver.columnOf(column);
      this.#indexes.push(index);
      if (index !== undefined) this.cells.push(this.#receiver.row.cell(index));
      else {
        const extra = { name: column, cell: new Cell() };
        this.#extras.push(extra);
        this.cells.push(extra.cell);
      }
    }
    this.#idAt = this.#fillers.findIndex((filler) => filler?.counts);
    this.#omit(names, rules);
  }

  /** Sets up the columns that a statement omits. */
  #omit(names: readonly string[], rules: LiteralRules): void {
    const listed = new Set(names.map((name) => (this.#columnBehind(name) ?? name).toLowerCase()));
    for (const defined of this.#table.columns ?? []) {
      const column = this.#receiver.columnOf(defined.name);
      if (column === undefined || listed.has(defined.name.toLowerCase())) continue;
      const fitter = new ValueFitter(this.#dump.kind.dialect, defined, this.#options.kindOf?.(defined.name), rules);
      this.#omitted.push({ cell: this.#receiver.row.cell(column), filler: this.#fillerOf(defined, fitter, rules) });
    }
  }

  #fillerOf(column: DefinedColumn, fitter: ValueFitter, rules: LiteralRules): ColumnFiller {
    const ids = column.isAutomatic ? this.#ids : undefined;
    return new ColumnFiller(column, this.#dump.kind, rules, ids, fitter);
  }

  /**
   * In SQLite, `rowid` is an alias of the INTEGER PRIMARY KEY column, if there is one: https://www.sqlite.org/rowidtable.html
   */
  #columnBehind(name: string): string | undefined {
    const isRowid = this.#dump.kind.dialect === 'sqlite3' && /^(?:_rowid_|rowid|oid)$/i.test(name);
    if (!isRowid || this.#table.columns === undefined || this.#defined(name) !== undefined) return name;
    return this.#table.columns.find((column) => column.isRowid)?.name;
  }

  #defined(name: string): DefinedColumn | undefined {
    const lower = name.toLowerCase();
    return this.#table.columns?.find((column) => column.name.toLowerCase() === lower);
  }

  /** Converts each value to the form in which its column stores it. xorm's text already has that form. */
  fit(forms: ReadonlyMap<number, LiteralForm>, position: number): void {
    if (this.#dump.kind.producer === 'xorm') return;
    const cells = this.cells;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] as Cell;
      const fitter = this.#fitters[i] as ValueFitter;
      if (cell.kind === fitter.plainKind && cell.end - cell.start <= fitter.plainLength && forms.size === 0) continue;
      const filler = this.#fillers[i];
      if (cell.kind === CellKind.Null) {
        if (filler === undefined || filler.takesNull || i === this.#idAt) continue;
        filler.fillNull(cell, position);
      } else if (cell.kind === CellKind.Missing) {
        if (i === this.#idAt) continue;
        if (filler === undefined) throw new RowProblem(texts().rows.unknownDefault, position);
        filler.fill(cell, position);
      } else {
        const form = forms.get(i);
        fitter.fit(cell, form, position);
        if (form === 'bytes' && this.#dump.kind.dialect === 'sqlite3') this.#noteBlob(i);
      }
    }
    for (const { cell, filler } of this.#omitted) filler.fill(cell, position);
    if (this.#idAt >= 0) this.#countId(cells[this.#idAt] as Cell, this.#fillers[this.#idAt] as ColumnFiller, position);
  }

  #noteBlob(listed: number): void {
    const index = this.#indexes[listed];
    if (index !== undefined) this.#receiver.row.blobs.push(index);
  }

  /** The same for a line of COPY, in which all values are texts. */
  fitCopy(position: number): void {
    const cells = this.cells;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] as Cell;
      if (cell.kind === CellKind.Text) {
        const fitter = this.#fitters[i] as ValueFitter;
        if (!fitter.keepsText(cell)) fitter.fit(cell, undefined, position);
      } else if (this.#fillers[i]?.takesNull === false) this.#fillers[i]?.fillNull(cell, position);
    }
    for (const { cell, filler } of this.#omitted) filler.fill(cell, position);
  }

  #countId(cell: Cell, filler: ColumnFiller, position: number): void {
    let isGiven = false;
    if (cell.kind === CellKind.Null) filler.fillNull(cell, position);
    else if (cell.kind === CellKind.Missing) filler.fill(cell, position);
    else isGiven = !filler.seeId(cell, position);
    // InnoDB then reserves ids that no row gets: innodb_autoinc_lock_mode.
    if (this.#dump.kind.dialect === 'mysql' && this.#givesIds !== undefined && this.#givesIds !== isGiven) {
      throw new RowProblem(texts().rows.someIds, position);
    }
    this.#givesIds = isGiven;
  }

  /** Empties the row. */
  clear(): void {
    const { row } = this.#receiver;
    row.clear();
    for (const extra of this.#extras) row.extras.push(extra);
  }

  /** Throws RowProblem if a row of such a statement has a key that is there already. */
  checkKeys(resolvesConflicts: boolean, position: number): void {
    this.#conflicts?.add(this.cells, resolvesConflicts || this.#table.resolvesConflicts, position);
  }
}
