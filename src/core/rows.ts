/**
 * The rows and cells that flow through the pipeline. A reader fills the cells of one row again and again, a migration
 * changes some, a writer reads them. Independent of formats and of Gogs.
 */

/** How the bytes of a cell are to be read. */
export const CellKind = {
  /** The row has no such column. */
  Missing: 0,
  Null: 1,
  False: 2,
  True: 3,
  /** The bytes are a decimal number as it was written: never parsed, so that 64 bits and more survive. */
  Number: 4,
  /** The bytes are the text itself: UTF-8 as a rule, but whatever else the source held stays. */
  Text: 5,
  /** The bytes are a JSON string literal with its quotes: escapes are not resolved. */
  JsonText: 6,
  /** The bytes are a JSON object or array as it was written. */
  Json: 7,
} as const;
export type CellKind = (typeof CellKind)[keyof typeof CellKind];

const NO_BYTES = Buffer.alloc(0);

/**
 * One value: `bytes[start, end)` and how to read them. Readers reuse cells from row to row: copy what must outlive a row.
 *
 * A JSON reader also says where the member's key begins (`lead`) and which key it is (`key`), so that a JSON writer
 * can copy neighbours that need no change in one piece.
 */
export class Cell {
  kind: CellKind = CellKind.Missing;
  bytes: Buffer = NO_BYTES;
  start = 0;
  end = 0;
  lead = -1;
  key = '';

  set(kind: CellKind, bytes: Buffer = NO_BYTES, start = 0, end = bytes.length): void {
    this.kind = kind;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.lead = -1;
  }

  copy(): Cell {
    const copy = new Cell();
    copy.set(this.kind, Buffer.from(this.bytes.subarray(this.start, this.end)));
    return copy;
  }

  setText(text: string): void {
    this.set(CellKind.Text, Buffer.from(text));
  }
}

/** A member that no column of the table takes, under the name it came with. */
export interface ExtraCell {
  readonly name: string;
  readonly cell: Cell;
}

/** A member whose value does not count, and the one of the same column whose value does. */
export interface RepeatedKey {
  readonly key: string;
  readonly kept: string;
}

/** One row. Valid until the reader that owns it goes on to the next one. */
export class Row {
  /** By column, in the order of the table's own list of columns. */
  readonly cells: Cell[];
  /** Values without a column in the table: kept where the output can hold them. */
  readonly extras: ExtraCell[] = [];
  /** Values that were passed over because the row gives their column another one. */
  readonly repeats: RepeatedKey[] = [];
  /** 1-based line (JSON Lines, CSV, SQL) at which the row begins. */
  line = 0;
  /** Bytes the row takes in its source. */
  size = 0;
  /** The row as its source has it, line end included, is `source[sourceStart, sourceStart + size)`. */
  source: Buffer = NO_BYTES;
  sourceStart = 0;
  /** Byte of the table's file at which the row begins; -1 when nobody says, and `source` is not to be looked at. */
  position = -1;

  constructor(columnCount: number) {
    this.cells = Array.from({ length: columnCount }, () => new Cell());
  }

  /** The cell of a column; an index beyond the table is a bug of ours. */
  cell(index: number): Cell {
    const cell = this.cells[index];
    if (cell === undefined) throw new RangeError(`no column ${index}`);
    return cell;
  }

  /** A copy of the values that stays valid when the reader goes on. */
  copy(): Row {
    const copy = new Row(0);
    for (const cell of this.cells) copy.cells.push(cell.copy());
    for (const { name, cell } of this.extras) copy.extras.push({ name, cell: cell.copy() });
    copy.line = this.line;
    copy.size = this.size;
    return copy;
  }

  /** Makes every column missing and forgets the extras. */
  clear(): void {
    for (const cell of this.cells) cell.kind = CellKind.Missing;
    // Setting a length is a slow call, and mostly there are none.
    if (this.extras.length > 0) this.extras.length = 0;
    if (this.repeats.length > 0) this.repeats.length = 0;
    this.position = -1;
  }
}

/** The kind of values in a column, independent of the engine. */
export type ColumnKind = 'integer' | 'boolean' | 'text' | 'uuid' | 'time';

/** A column as readers and writers need to know it. */
export interface ColumnShape {
  /** SQL name. */
  readonly name: string;
  readonly kind: ColumnKind;
}

/**
 * Takes the rows of one table in order. `row` is synchronous; after each batch the reader awaits `drain`, which is where
 * a consumer that gathers rows flushes them, and so holds the reader back.
 */
export interface RowConsumer {
  row(row: Row): void;
  drain?(): Promise<void>;
}
