/** A table of a scratch database: inserts rows in batches, reports which ones are rejected, and reads the stored rows back. */
import { textBytes, toBoolean } from '../../core/coerce.js';
import { type Cell, CellKind, type ColumnKind, type Row } from '../../core/rows.js';
import { integerOf } from '../../core/values.js';
import type { SchemaTable } from '../../gogs/schemas/Schema.js';
import { canonicalTime } from '../digests/canonicalTime.js';
import { RefusedRow, type ScratchEngine, type ScratchTarget, type ScratchValue } from '../engines/ScratchEngine.js';

/** A column that is inserted. */
export interface TriedColumn {
  /** SQL name. */
  readonly name: string;
  readonly kind: ColumnKind;
  /** Index of its cell in a row. */
  readonly index: number;
}

/** Called with the label of a row and the engine's reason. */
export type OnRefused = (label: string, reason: string) => void;

const MAX_BATCH_BYTES = 1024 * 1024;

export class ScratchTable {
  /** Whether the engine rejected a row. */
  hasRefused = false;
  readonly #engine: ScratchEngine;
  readonly #columns: readonly TriedColumn[];
  readonly #target: ScratchTarget;
  readonly #onRefused: OnRefused;
  readonly #rowsPerStatement: number;
  #waiting: ScratchValue[][] = [];
  #waitingBytes = 0;

  private constructor(engine: ScratchEngine, table: string, columns: readonly TriedColumn[], onRefused: OnRefused) {
    this.#engine = engine;
    this.#columns = columns;
    this.#target = {
      table,
      columns: columns.map(({ name, kind }) => ({ name, isText: kind === 'text' || kind === 'uuid' })),
    };
    this.#onRefused = onRefused;
    this.#rowsPerStatement = engine.rowsPerStatement(columns.length);
  }

  /** Creates the table with all its columns and keys. `columns`: those that rows have; the schema may have more. */
  static async create(
    engine: ScratchEngine,
    schema: SchemaTable,
    columns: readonly TriedColumn[],
    onRefused: OnRefused,
  ): Promise<ScratchTable> {
    await engine.execute(schema.createTable + schema.createKeys);
    return new ScratchTable(engine, schema.name, columns, onRefused);
  }

  add(row: Row): void {
    const values = this.#columns.map((column) => this.#valueOf(row, column));
    this.#waiting.push(values);
    this.#waitingBytes += row.size;
  }

  /** Inserts the waiting rows once there are enough. Until then their bytes must not change. */
  async drain(): Promise<void> {
    if (this.#waiting.length >= this.#rowsPerStatement || this.#waitingBytes >= MAX_BATCH_BYTES)
      await this.#insert(false);
  }

  async finish(): Promise<void> {
    await this.#insert(true);
  }

  async #insert(all: boolean): Promise<void> {
    let at = 0;
    while (
      at < this.#waiting.length &&
      (all || this.#waitingBytes >= MAX_BATCH_BYTES || this.#waiting.length - at >= this.#rowsPerStatement)
    ) {
      const rows = this.#waiting.slice(at, at + this.#rowsPerStatement);
      at += rows.length;
      await this.#insertRows(rows);
    }
    this.#waiting = this.#waiting.slice(at);
    if (at > 0) this.#waitingBytes = 0;
  }

  async #insertRows(rows: readonly ScratchValue[][]): Promise<void> {
    try {
      await this.#engine.insert(this.#target, rows);
    } catch (error) {
      if (!(error instanceof RefusedRow)) throw error;
      if (rows.length > 1) {
        for (const row of rows) await this.#insertRows([row]);
      } else {
        this.hasRefused = true;
        this.#onRefused(this.#labelOf(rows[0] as ScratchValue[]), error.message);
      }
    }
  }

  #labelOf(values: readonly ScratchValue[]): string {
    const keys = this.#columns.some(({ name }) => name === 'id') ? ['id'] : ['repo_id', 'oid'];
    return keys
      .map((key) => `${key} ${String(values[this.#columns.findIndex(({ name }) => name === key)]).slice(0, 64)}`)
      .join(', ');
  }

  #valueOf(row: Row, { kind, index }: TriedColumn): ScratchValue {
    const cell = row.cell(index);
    if (cell.kind === CellKind.Missing || cell.kind === CellKind.Null) return null;
    switch (kind) {
      case 'integer':
        return numberOf(cell);
      case 'boolean':
        return toBoolean(cell) === true;
      case 'time':
        return canonicalTime(cell, this.#engine.timeDigits);
      default:
        return textBytes(cell);
    }
  }

  /** Calls back for every row of the table, in any order; the cells hold the stored values. */
  async readRows(row: Row, onRow: (row: Row) => void): Promise<void> {
    for await (const batch of this.#engine.select(this.#target)) {
      for (const values of batch) {
        row.clear();
        for (let i = 0; i < this.#columns.length; i++) this.#fill(row, i, values[i] ?? null);
        onRow(row);
      }
    }
  }

  #fill(row: Row, position: number, value: ScratchValue): void {
    const { index, kind } = this.#columns[position] as TriedColumn;
    const cell = row.cell(index);
    if (value === null) cell.set(CellKind.Null);
    else if (kind === 'boolean') cell.set(isTrue(value) ? CellKind.True : CellKind.False);
    else
      cell.set(
        kind === 'integer' ? CellKind.Number : CellKind.Text,
        Buffer.isBuffer(value) ? value : Buffer.from(String(value)),
      );
  }
}

function numberOf(cell: Cell): number | bigint {
  const number = cell.end - cell.start < 16 ? integerOf(cell) : undefined;
  if (number !== undefined) return number;
  const digits = textBytes(cell).toString('latin1');
  return digits.length < 16 ? Number(digits) : BigInt(digits);
}

/** Engines return 1, `1`, `t` or true. */
const isTrue = (value: ScratchValue): boolean => value === 1 || value === true || /^(?:1|t|true)$/.test(String(value));
