/**
 * Writes rows as CSV: a header of SQL column names, text always in quotes, NULL as an empty field without quotes. Every value
 * can be written; one that does not fit its column is written as text.
 */

import { ByteWriter } from '../../core/ByteWriter.js';
import { textBytes, toBoolean, toInteger } from '../../core/coerce.js';
import { type Cell, CellKind, type ColumnShape, type Row, type RowConsumer } from '../../core/rows.js';
import type { ByteSink } from '../../files/ByteSink.js';

/** A column to write, and the cell of the row that it comes from. */
export interface CsvOutputColumn extends ColumnShape {
  readonly index: number;
}

const LF = 0x0a;
const COMMA = 0x2c;
const QUOTE = 0x22;
const FLUSH_AT = 256 * 1024;

/** Writes the rows of one table. `finish` must follow the last one. */
export class CsvTableWriter implements RowConsumer {
  readonly #columns: readonly CsvOutputColumn[];
  readonly #sink: ByteSink;
  readonly #extras: string[];
  readonly #out = new ByteWriter(2 * FLUSH_AT, 16 * FLUSH_AT);

  /** `extras` are columns that the table does not have: they come last, each under its own name. */
  constructor(columns: readonly CsvOutputColumn[], sink: ByteSink, extras: readonly string[] = []) {
    this.#columns = columns;
    this.#sink = sink;
    this.#extras = [...extras];
    this.#out.putText(`${this.names.map(quoteHeader).join(',')}\n`);
  }

  /** The names of all columns, in order. */
  get names(): string[] {
    return [...this.#columns.map(({ name }) => name), ...this.#extras];
  }

  /** Adds a column from the next row on; earlier output then needs `padRows`. */
  addExtra(name: string): void {
    this.#extras.push(name);
  }

  row(row: Row): void {
    for (let i = 0; i < this.#columns.length; i++) {
      const column = this.#columns[i] as CsvOutputColumn;
      if (i > 0) this.#out.putByte(COMMA);
      this.#putValue(row.cell(column.index), column);
    }
    if (this.#extras.length > 0) this.#putExtras(new Map(row.extras.map(({ name, cell }) => [name, cell])));
    this.#out.putByte(LF);
  }

  #putExtras(cells: ReadonlyMap<string, Cell>): void {
    for (const name of this.#extras) {
      const cell = cells.get(name);
      this.#out.putByte(COMMA);
      if (cell !== undefined && hasValue(cell)) this.#putQuoted(textBytes(cell));
    }
  }

  async drain(): Promise<void> {
    if (this.#out.length >= FLUSH_AT) await this.finish();
  }

  /** Writes everything that is buffered. */
  async finish(): Promise<void> {
    await this.#sink.write(this.#out.written);
    this.#out.clear();
  }

  #putValue(cell: Cell, column: CsvOutputColumn): void {
    if (!hasValue(cell)) {
      // A single empty field would be an empty line.
      if (this.#columns.length + this.#extras.length === 1) this.#out.putText('\\N');
      return;
    }
    const plain = column.kind === 'integer' ? toInteger(cell) : column.kind === 'boolean' ? toBoolean(cell) : undefined;
    if (plain === undefined) this.#putQuoted(textBytes(cell));
    else this.#out.putText(String(plain));
  }

  #putQuoted(text: Buffer): void {
    this.#out.reserve(2 * text.length + 2);
    const out = this.#out.bytes;
    let to = this.#out.length;
    out[to++] = QUOTE;
    for (let i = 0; i < text.length; i++) {
      const byte = text[i] as number;
      if (byte === QUOTE) out[to++] = QUOTE;
      out[to++] = byte;
    }
    out[to++] = QUOTE;
    this.#out.length = to;
  }
}

function hasValue(cell: Cell): boolean {
  return cell.kind !== CellKind.Missing && cell.kind !== CellKind.Null;
}

export function quoteHeader(name: string): string {
  return /^\w+$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
