/** Reads the rows of one range of a dump: consecutive INSERT statements, or the data of one COPY. */

import type { FileHandle } from 'node:fs/promises';
import { InputError } from '../../../core/errors.js';
import { Cell, CellKind, type ColumnKind, type ExtraCell, type RowReceiver } from '../../../core/rows.js';
import { FileWindow } from '../../../files/FileWindow.js';
import { NEED_MORE, RowProblem } from '../../RowProblem.js';
import type { DefinedColumn } from '../definitions/TableDefinition.js';
import type { SqlDump, SqlRowRange, SqlTable } from '../dump/SqlDump.js';
import { type InsertHeader, InsertHeaders } from '../statements/InsertHeader.js';
import { COMMA, countLines, OPEN_PAREN, SEMICOLON } from '../syntax/bytes.js';
import type { LiteralRules } from '../syntax/LiteralRules.js';
import { texts } from '../texts.js';
import type { LiteralForm } from '../values/SqlValue.js';
import { ValueFitter } from '../values/ValueFitter.js';
import { AutomaticId } from './AutomaticId.js';
import { ColumnFiller } from './ColumnFiller.js';
import { CopyParser } from './CopyParser.js';
import { KeyConflicts } from './KeyConflicts.js';
import { TupleParser } from './TupleParser.js';

export interface ReadRowsOptions {
  readonly name?: string;
  readonly signal?: AbortSignal | undefined;
  /** Maximum size of a row in bytes; 1 GiB by default. A row is held in memory in one piece. */
  readonly maxRowSize?: number | undefined;
  /** The columns of a table that has neither a definition nor column lists. */
  readonly columns?: readonly string[] | undefined;
  /** The kind of a column that the dump does not define. */
  readonly kindOf?: ((name: string) => ColumnKind | undefined) | undefined;
  readonly chunkSize?: number | undefined;
}

const MAX_ROW_SIZE = 1024 ** 3;

/** `ON CONFLICT …`, `ON DUPLICATE KEY UPDATE …`, `AS new …` */
const CLAUSE = /^(?:ON|AS)\b/i;
/** Length in bytes of such a word and its terminator. */
const CLAUSE_BYTES = 3;

const LETTER_R = 0x52;
const SMALL_R = 0x72;

/** How far the statements of a range have been read. */
interface InsertPlace {
  readonly range: SqlRowRange;
  readonly headers: InsertHeaders;
  /** The header whose columns are set up. */
  header: InsertHeader | undefined;
  /** Whether rows follow, or a statement. */
  inRows: boolean;
  /** Position in the window, and line, of what is read next: all before it is done with. */
  mark: number;
  line: number;
}

function setPlace(place: InsertPlace, { position, line }: TupleParser): void {
  place.mark = position;
  place.line = line;
}

/** Reads the ranges of one table. */
export class RangeReader {
  readonly #cells: Cell[] = [];
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

  constructor(
    private readonly dump: SqlDump,
    private readonly table: SqlTable,
    private readonly receiver: RowReceiver,
    private readonly options: ReadRowsOptions,
  ) {
    const resolves = table.resolvesConflicts || table.rows.some(({ resolvesConflicts }) => resolvesConflicts);
    const foldsCase = table.foldsCase || dump.kind.dialect === 'mysql';
    this.#conflicts = resolves ? new KeyConflicts(table.keys, foldsCase) : undefined;
    this.#ids = new AutomaticId(dump.kind.dialect, table.firstId);
  }

  async readInserts(file: FileHandle, range: SqlRowRange): Promise<void> {
    const { dialect } = this.dump.kind;
    const { backslashEscapes, ansiQuotes } = range.rules;
    const parser = new TupleParser({ ...this.dump.kind, backslashEscapes }, ansiQuotes);
    const window = this.#window(file, range);
    const place: InsertPlace = {
      range,
      headers: new InsertHeaders(dialect),
      header: undefined,
      inRows: false,
      mark: 0,
      line: range.line,
    };
    for (;;) {
      parser.load(window.bytes, window.end, window.final, place.mark, place.line);
      try {
        this.#readStatements(parser, place);
        await this.receiver.consumer.drain?.();
        return;
      } catch (error) {
        if (error !== NEED_MORE) throw this.#explain(error, window, place.line);
      }
      if (window.final) throw this.#truncated(range, place.line, window.offset + place.mark);
      await this.#refill(window, place.mark, place.line);
      place.mark = 0;
    }
  }

  /** Reads to the end of the range; throws NEED_MORE if the parser has only the beginning of what is at `place`. */
  #readStatements(parser: TupleParser, place: InsertPlace): void {
    const { bytes, end, final } = parser;
    for (;;) {
      setPlace(place, parser);
      if (parser.position >= end && final) return;
      parser.skipBlank();
      setPlace(place, parser);
      const next = bytes[place.mark];
      if (next === SEMICOLON) {
        // The end of a statement, the second half of a delimiter `;;`, or an empty statement.
        parser.position++;
        place.inRows = false;
      } else if (!place.inRows) this.#readHeader(parser, place);
      else if (next === OPEN_PAREN) this.#readRow(parser, place);
      else if (next === COMMA) parser.position++;
      // MySQL 8: VALUES ROW(1, 2).
      else if (next === LETTER_R || next === SMALL_R) this.#skipRowWord(parser, place.mark);
      else {
        this.#checkClause(parser, place.mark);
        parser.skipStatement();
        place.inRows = false;
      }
    }
  }

  #readHeader(parser: TupleParser, place: InsertPlace): void {
    const found = place.headers.read(parser.bytes, place.mark, parser.end);
    if (found === undefined) throw NEED_MORE;
    if (found !== place.header) this.#take(found.columns, place.range);
    place.header = found;
    place.inRows = true;
    this.#givesIds = undefined;
    parser.position = place.mark + found.length;
    parser.line += countLines(parser.bytes, place.mark, parser.position);
  }

  #readRow(parser: TupleParser, { range, mark, line }: InsertPlace): void {
    const { row, consumer } = this.receiver;
    this.#clear();
    parser.readTuple(this.#cells);
    this.#fit(parser.forms, mark);
    this.#conflicts?.add(this.#cells, range.resolvesConflicts || this.table.resolvesConflicts, mark);
    row.line = line;
    row.size = parser.position - mark;
    consumer.row(row);
  }

  async readCopy(file: FileHandle, range: SqlRowRange): Promise<void> {
    const { row, consumer } = this.receiver;
    this.#take(range.columns, range);
    const parser = new CopyParser();
    const window = this.#window(file, range);
    let line = range.line;
    let mark = 0;
    for (;;) {
      parser.bytes = window.bytes;
      parser.end = window.end;
      parser.final = window.final;
      parser.position = mark;
      try {
        for (;;) {
          if (parser.atEnd()) {
            await consumer.drain?.();
            return;
          }
          this.#clear();
          parser.readLine(this.#cells);
          this.#fitCopy(mark);
          row.line = line;
          row.size = parser.position - mark;
          consumer.row(row);
          mark = parser.position;
          line++;
        }
      } catch (error) {
        if (error !== NEED_MORE) throw this.#explain(error, window, line);
      }
      if (window.final) throw this.#truncated(range, line, window.offset + mark);
      await this.#refill(window, mark, line);
      mark = 0;
    }
  }

  #window(file: FileHandle, range: SqlRowRange): FileWindow {
    const { chunkSize, maxRowSize = MAX_ROW_SIZE } = this.options;
    return new FileWindow(file, range.start, range.end, { limit: maxRowSize, chunkSize });
  }

  async #refill(window: FileWindow, mark: number, line: number): Promise<void> {
    await this.receiver.consumer.drain?.();
    this.options.signal?.throwIfAborted();
    if (await window.fill(mark)) return;
    const limit = this.options.maxRowSize ?? MAX_ROW_SIZE;
    throw this.#error(line, window.offset + mark, texts().rows.tooLong({ bytes: limit }));
  }

  /** Sets up the cells for a list of columns, in its order. */
  #take(listed: readonly string[] | undefined, { rules, line, statementStart }: SqlRowRange): void {
    const names = listed ?? this.table.columns?.map(({ name }) => name) ?? this.options.columns;
    if (names === undefined) {
      throw new InputError(texts().noColumns({ table: this.table.name, name: this.#name }));
    }
    this.#cells.length = 0;
    this.#extras.length = 0;
    if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
      throw this.#error(line, statementStart, texts().rows.columnTwice);
    }
    this.#fitters.length = 0;
    this.#fillers.length = 0;
    this.#omitted.length = 0;
    this.#conflicts?.setColumns(names.map((name) => this.#columnBehind(name) ?? ''));
    const { dialect } = this.dump.kind;
    for (const given of names) {
      const name = this.#columnBehind(given);
      if (name === undefined) {
        // SQLite's internal row number, which is not in any column.
        this.#fitters.push(new ValueFitter(dialect, undefined, undefined, rules));
        this.#fillers.push(undefined);
        this.#cells.push(new Cell());
        continue;
      }
      const defined = this.#defined(name);
      const fitter = new ValueFitter(dialect, defined, this.options.kindOf?.(name), rules);
      this.#fitters.push(fitter);
      this.#fillers.push(defined === undefined ? undefined : this.#fillerOf(defined, fitter, rules));
      const column = this.receiver.columnOf(name);
      if (column !== undefined) this.#cells.push(this.receiver.row.cell(column));
      else {
        const extra = { name, cell: new Cell() };
        this.#extras.push(extra);
        this.#cells.push(extra.cell);
      }
    }
    this.#idAt = this.#fillers.findIndex((filler) => filler?.counts);
    this.#omit(names, rules);
  }

  /** Sets up the columns that a statement omits. */
  #omit(names: readonly string[], rules: LiteralRules): void {
    const listed = new Set(names.map((name) => (this.#columnBehind(name) ?? name).toLowerCase()));
    for (const defined of this.table.columns ?? []) {
      const column = this.receiver.columnOf(defined.name);
      if (column === undefined || listed.has(defined.name.toLowerCase())) continue;
      const fitter = new ValueFitter(this.dump.kind.dialect, defined, this.options.kindOf?.(defined.name), rules);
      this.#omitted.push({ cell: this.receiver.row.cell(column), filler: this.#fillerOf(defined, fitter, rules) });
    }
  }

  #fillerOf(column: DefinedColumn, fitter: ValueFitter, rules: LiteralRules): ColumnFiller {
    const ids = column.isAutomatic ? this.#ids : undefined;
    return new ColumnFiller(column, this.dump.kind, rules, ids, fitter);
  }

  /**
   * In SQLite, `rowid` is an alias of the INTEGER PRIMARY KEY column, if there is one: https://www.sqlite.org/rowidtable.html
   */
  #columnBehind(name: string): string | undefined {
    const isRowid = this.dump.kind.dialect === 'sqlite3' && /^(?:_rowid_|rowid|oid)$/i.test(name);
    if (!isRowid || this.table.columns === undefined || this.#defined(name) !== undefined) return name;
    return this.table.columns.find((column) => column.isRowid)?.name;
  }

  #defined(name: string): DefinedColumn | undefined {
    const lower = name.toLowerCase();
    return this.table.columns?.find((column) => column.name.toLowerCase() === lower);
  }

  /** Converts each value to the form in which its column stores it. xorm's text already has that form. */
  #fit(forms: ReadonlyMap<number, LiteralForm>, position: number): void {
    if (this.dump.kind.producer === 'xorm') return;
    const cells = this.#cells;
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
      } else fitter.fit(cell, forms.get(i), position);
    }
    for (const { cell, filler } of this.#omitted) filler.fill(cell, position);
    if (this.#idAt >= 0) this.#countId(cells[this.#idAt] as Cell, this.#fillers[this.#idAt] as ColumnFiller, position);
  }

  /** The same for a line of COPY, in which all values are texts. */
  #fitCopy(position: number): void {
    const cells = this.#cells;
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
    if (this.dump.kind.dialect === 'mysql' && this.#givesIds !== undefined && this.#givesIds !== isGiven) {
      throw new RowProblem(texts().rows.someIds, position);
    }
    this.#givesIds = isGiven;
  }

  #clear(): void {
    const { row } = this.receiver;
    row.clear();
    for (const extra of this.#extras) row.extras.push(extra);
  }

  /** The only clauses allowed after the rows; otherwise rows could go unread. */
  #checkClause(parser: TupleParser, mark: number): void {
    if (parser.end - mark < CLAUSE_BYTES && !parser.final) throw NEED_MORE;
    const text = parser.bytes.toString('latin1', mark, Math.min(mark + CLAUSE_BYTES, parser.end));
    if (!CLAUSE.test(text)) throw new RowProblem(texts().rows.unexpectedAfter, mark);
  }

  #skipRowWord(parser: TupleParser, mark: number): void {
    const word = /^ROW\s*(?=\()/i.exec(parser.bytes.toString('latin1', mark, Math.min(mark + 16, parser.end)));
    if (word === null) throw new RowProblem(texts().rows.noParenthesis, mark);
    parser.position = mark + word[0].length;
  }

  get #name(): string {
    return this.options.name ?? this.dump.path;
  }

  #explain(error: unknown, window: FileWindow, line: number): unknown {
    if (!(error instanceof RowProblem)) return error;
    return this.#error(line, window.offset + error.position, error.message);
  }

  #error(line: number, place: number, problem: string): InputError {
    return new InputError(texts().badRow({ table: this.table.name, name: this.#name, line, byte: place, problem }));
  }

  #truncated(range: SqlRowRange, line: number, place: number): InputError {
    return this.#error(line, place, texts().rows.endsInRow({ line: range.line }));
  }
}
