/** Computes a column's value as an engine would, if a row omits it, says `DEFAULT`, or gives NULL for an automatic id. */

import { Cell, CellKind } from '../../../core/rows.js';
import { RowProblem } from '../../RowProblem.js';
import type { DefinedColumn } from '../definitions/TableDefinition.js';
import { DIGIT_0, MINUS } from '../syntax/bytes.js';
import type { DumpKind } from '../syntax/Dialect.js';
import type { LiteralRules } from '../syntax/LiteralRules.js';
import { texts } from '../texts.js';
import type { ValueFitter } from '../values/ValueFitter.js';
import type { AutomaticId } from './AutomaticId.js';
import { TupleParser } from './TupleParser.js';

export class ColumnFiller {
  /** It stores NULL unchanged. */
  readonly takesNull: boolean;
  readonly #column: DefinedColumn;
  readonly #kind: DumpKind;
  readonly #ids: AutomaticId | undefined;
  readonly #fitter: ValueFitter;
  readonly #zeroIsAutomatic: boolean;
  #default: Cell | undefined;

  /** `ids`: undefined for a column without automatic ids. */
  constructor(
    column: DefinedColumn,
    kind: DumpKind,
    rules: LiteralRules,
    ids: AutomaticId | undefined,
    fitter: ValueFitter,
  ) {
    this.#column = column;
    this.#kind = kind;
    this.#ids = ids;
    this.#fitter = fitter;
    this.#zeroIsAutomatic = rules.zeroIsAutomatic;
    this.takesNull = column.nullable && (ids === undefined || kind.dialect === 'postgres');
  }

  /** Whether the column's rows get automatic ids. */
  get counts(): boolean {
    return this.#ids !== undefined;
  }

  /** For a row that does not list the column, or says DEFAULT. Throws RowProblem. */
  fill(cell: Cell, position: number): void {
    if (this.#ids !== undefined) {
      this.#fillId(cell, position);
      return;
    }
    this.#default ??= this.#readDefault(position);
    const { kind, bytes, start, end } = this.#default;
    cell.set(kind, bytes, start, end);
  }

  /** For a row that gives NULL although `takesNull` is false. Throws RowProblem. */
  fillNull(cell: Cell, position: number): void {
    if (this.#ids !== undefined && this.#kind.dialect !== 'postgres') this.#fillId(cell, position);
    else throw new RowProblem(texts().rows.hasNull({ column: this.#column.name }), position);
  }

  /** Notes an explicit id of a row. True if the row gets another one: for MySQL's 0. */
  seeId(cell: Cell, position: number): boolean {
    const id = idOf(cell);
    if (id === 0 && this.#zeroIsAutomatic) {
      this.#fillId(cell, position);
      return true;
    }
    this.#ids?.see(id);
    return false;
  }

  #fillId(cell: Cell, position: number): void {
    const id = this.#ids?.take();
    if (id === undefined) throw this.#unknown(position);
    cell.set(CellKind.Number, Buffer.from(id.toString()));
  }

  #readDefault(position: number): Cell {
    const { default: sql, hasUnknownDefault, nullable } = this.#column;
    const cell = new Cell();
    // The meaning of its escapes depends on the settings at the time the table was created.
    if (hasUnknownDefault || sql?.includes('\\')) throw this.#unknown(position);
    if (sql === undefined) {
      if (!nullable) throw this.#unknown(position);
      cell.set(CellKind.Null);
      return cell;
    }
    const parser = new TupleParser(this.#kind);
    const text = Buffer.from(`(${sql})`);
    parser.load(text, text.length, true, 0, 1);
    try {
      parser.readTuple([cell]);
      if (parser.position !== text.length || cell.kind === CellKind.Missing) throw this.#unknown(position);
      if (cell.kind !== CellKind.Null) this.#fitter.fit(cell, parser.forms.get(0), position);
    } catch {
      throw this.#unknown(position);
    }
    return cell;
  }

  #unknown(position: number): RowProblem {
    return new RowProblem(texts().rows.noValue({ column: this.#column.name }), position);
  }
}

/** For whole numbers beyond 53 bits it only matters that they are large. */
function idOf({ bytes, start, end }: Cell): number {
  let id = 0;
  const isNegative = bytes[start] === MINUS;
  for (let i = isNegative ? start + 1 : start; i < end; i++) id = id * 10 + ((bytes[i] as number) - DIGIT_0);
  return isNegative ? -id : id;
}
