/** Passes the rows of one table through the steps of an upgrade and counts them. */

import { CellKind, type Row, type RowConsumer } from '../core/rows.js';
import type { RowStep } from '../gogs/stepsFor.js';
import { keyInRelease, type Table } from '../gogs/tables.js';
import type { TableReport } from '../reports/TableReport.js';
import { texts } from './texts.js';

export interface TableUpgradeParts {
  readonly table: Table;
  /** Each step changes the row or leaves it out. */
  readonly steps: readonly RowStep[];
  readonly sink: RowConsumer;
  /** The first release of the target. */
  readonly release: string;
  readonly onBytes: (bytes: number) => void;
}

export class TableUpgrade implements RowConsumer {
  readonly #parts: TableUpgradeParts;
  #rowsIn = 0;
  #rowsAdded = 0;
  rowsOut = 0;
  readonly #leftOut: Record<string, number> = {};
  #changes: string[] = [];
  #bytes = 0;

  constructor(parts: TableUpgradeParts) {
    this.#parts = parts;
  }

  row(row: Row): void {
    this.#rowsIn++;
    this.#bytes += row.size;
    if (this.#rowsIn === 1) this.#changes = this.#renamesIn(row);
    this.#pass(row);
  }

  /** Adds a row that the input does not have. */
  add(row: Row): void {
    this.#rowsAdded++;
    this.#pass(row);
  }

  #pass(row: Row): void {
    for (const step of this.#parts.steps) {
      const reason = step(row);
      if (reason !== undefined) {
        this.#leftOut[reason] = (this.#leftOut[reason] ?? 0) + 1;
        return;
      }
    }
    this.#parts.sink.row(row);
    this.rowsOut++;
  }

  async drain(): Promise<void> {
    this.#parts.onBytes(this.#bytes);
    this.#bytes = 0;
    await this.#parts.sink.drain?.();
  }

  /** All rows of a file have the same keys, so the first row is enough. */
  #renamesIn(row: Row): string[] {
    return this.#parts.table.columns.flatMap((column, index) => {
      const cell = row.cell(index);
      const key = keyInRelease(column, this.#parts.release);
      if (column.derived) return [];
      if (key === undefined)
        return cell.kind === CellKind.Missing ? [] : [texts().columnIsGone({ column: column.name })];
      if (cell.kind === CellKind.Missing) return [texts().columnIsNew({ column: column.name })];
      return cell.lead >= 0 && cell.key !== key ? [texts().keyIsNow({ before: cell.key, now: key })] : [];
    });
  }

  report(): TableReport {
    return {
      table: this.#parts.table.name,
      type: this.#parts.table.type,
      rowsIn: this.#rowsIn,
      rowsAdded: this.#rowsAdded,
      rowsOut: this.rowsOut,
      leftOut: this.#leftOut,
      changes: this.#changes,
    };
  }
}
