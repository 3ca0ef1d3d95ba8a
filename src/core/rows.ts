/**
 * The rows and cells that flow through the pipeline. A reader refills the cells of a single row, steps change some, a writer
 * reads them. Independent of formats and of Gogs.
 */

/** How to read the bytes of a cell. */
export const CellKind = {
  /** The row has no such column. */
  Missing: 0,
  Null: 1,
  False: 2,
  True: 3,
  /** The bytes are a decimal number as it was written. It is never parsed, so numbers of 64 bits and more survive. */
  Number: 4,
  /** The bytes are the text itself, usually UTF-8; other bytes of the source are kept. */
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
 * A JSON reader also sets where the member's key begins (`lead`) and which key it is (`key`), so that a JSON writer can copy
 * adjacent unchanged members in one piece.
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

/** A member that belongs to no column of the table, under its original name. */
export interface ExtraCell {
  readonly name: string;
  readonly cell: Cell;
}

/** A member whose value is ignored, and the one whose value its column takes. */
export interface RepeatedKey {
  readonly key: string;
  readonly kept: string;
}

/** One row, valid until its reader moves to the next one. */
export class Row {
  /** One cell per column, in the order of the table's column list. */
  readonly cells: Cell[];
  /** Values without a column in the table: kept if the output can hold them. */
  readonly extras: ExtraCell[] = [];
  /** Values ignored because another member of the row sets the same column. */
  readonly repeats: RepeatedKey[] = [];
  /** Indexes of the columns whose values an SQLite database holds as blobs, which equal no text or number. */
  readonly blobs: number[] = [];
  /** 1-based line (JSON Lines, CSV, SQL) at which the row begins. */
  line = 0;
  /** Bytes the row takes in its source. */
  size = 0;
  /** The row in its source, line end included, is `source[sourceStart, sourceStart + size)`. */
  source: Buffer = NO_BYTES;
  sourceStart = 0;
  /** Byte of the table's file at which the row begins; -1 if unknown, and then `source` is not valid. */
  position = -1;

  constructor(columnCount: number) {
    this.cells = Array.from({ length: columnCount }, () => new Cell());
  }

  /** The cell of a column. An index beyond the table is a bug in this program. */
  cell(index: number): Cell {
    const cell = this.cells[index];
    if (cell === undefined) throw new RangeError(`no column ${index}`);
    return cell;
  }

  /** A copy of the values that stays valid after the reader moves on. */
  copy(): Row {
    const copy = new Row(0);
    for (const cell of this.cells) copy.cells.push(cell.copy());
    for (const { name, cell } of this.extras) copy.extras.push({ name, cell: cell.copy() });
    copy.blobs.push(...this.blobs);
    copy.line = this.line;
    copy.size = this.size;
    return copy;
  }

  /** Makes every column missing and removes the extras. */
  clear(): void {
    for (const cell of this.cells) cell.kind = CellKind.Missing;
    // Setting a length is a slow call, and most lists are empty.
    if (this.extras.length > 0) this.extras.length = 0;
    if (this.repeats.length > 0) this.repeats.length = 0;
    if (this.blobs.length > 0) this.blobs.length = 0;
    this.position = -1;
  }
}

/** The kind of values in a column, independent of the engine. */
export type ColumnKind = 'integer' | 'boolean' | 'text' | 'uuid' | 'time';

/** What readers and writers need to know about a column. */
export interface ColumnShape {
  /** SQL name. */
  readonly name: string;
  readonly kind: ColumnKind;
}

/**
 * Takes the rows of one table in order. `row` is synchronous. After each batch the reader awaits `drain`, in which a consumer
 * writes the rows it has gathered; this also slows the reader down to the writer's pace.
 */
export interface RowConsumer {
  row(row: Row): void;
  drain?(): Promise<void>;
}

/** Where a reader puts the rows of a table. */
export interface RowReceiver {
  /** Filled anew for each row. */
  readonly row: Row;
  /** Returns the cell for a column; undefined for an unknown one, which becomes an extra. */
  readonly columnOf: (name: string) => number | undefined;
  /** Gets each row. */
  readonly consumer: RowConsumer;
}
